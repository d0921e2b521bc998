// Imports a file: manifests, or a plain file that becomes one namespace. One commit, or, beyond a commit's size, several in order.
// Promise: each commit is atomic; the same import again changes nothing, and goes on where one that broke off had come to.
import { type Deciding, type Failure, KonfigError, ok } from '@konfig/core'
import { inSlices } from '@konfig/journal'
import type { FileInput } from '@konfig/files'
import { type Committed, commit, deniedIntentions } from '../commit.ts'
import { actorOf, type Context, statesOf } from '../context.ts'
import { endOfPart, type Part, planPart, refusal } from './part.ts'
import { readApart } from '../threads/read-file.ts'
import { type Destination, type Reading, readingOf } from './reading.ts'
import { type Going, type ImportConflict, type OnImportConflict, weigh, type Weighed } from './weigh.ts'

/** Namespace and environment are for plain files: where the keys go, and the environment whose overrides they become. */
export interface AskedImport extends FileInput, Destination {
  readonly onConflict?: OnImportConflict | undefined
  readonly ifRevision?: number | undefined
}

export interface Imported {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** New keys and the types that their values gave them. */
  readonly inferred: readonly { readonly namespace: string; readonly key: string; readonly type: string }[]
  /** What was left as it is. */
  readonly conflicts: readonly ImportConflict[]
  /** What files of a directory were taken for, and what was read in a way that is worth knowing. */
  readonly notes: readonly string[]
  readonly revision: number
  /** How many commits it took; 0 where nothing had to change, and for a dry run. */
  readonly commits: number
}

interface Done {
  /** undefined: the request was carried out before, and only its commit is known. */
  readonly part: Part | undefined
  readonly committed: Committed
  /** Nobody else wrote since it was weighed. */
  readonly isFresh: boolean
}

/** A later part is a commit of its own, so it has a key of its own: the request's, and its place. */
const keyOf = (context: Context, index: number): string | undefined => {
  const { idempotency } = context.write
  return idempotency === undefined || index === 0 ? idempotency?.key : `${idempotency.key}.${index}`
}

const withKeyOf = (context: Context, index: number): Context => {
  const { idempotency } = context.write
  const key = keyOf(context, index)
  if (idempotency === undefined || key === undefined) return context
  return { ...context, write: { ...context.write, idempotency: { ...idempotency, key } } }
}

const wasDone = (context: Context, index: number): boolean => {
  const key = keyOf(context, index)
  return key !== undefined && context.log.state().repeated(actorOf(context), key) !== undefined
}

interface Importing {
  readonly context: Context
  readonly reading: Reading
  readonly onConflict: OnImportConflict
}

interface Step {
  readonly index: number
  readonly part: readonly Going[]
  readonly ifRevision: number | undefined
  /** The revisions of both logs that the part was weighed on, or that the part before it left. */
  readonly weighedAt: { readonly state: number; readonly platform: number } | undefined
}

const commitPart = async (
  { context, reading, onConflict }: Importing,
  { index, part, ifRevision, weighedAt }: Step,
): Promise<Done> => {
  let planned: Part | undefined
  let isFresh = false
  const committed = await commit(
    withKeyOf(context, index),
    ({ state, platform }) => {
      const deciding: Deciding = {
        side: context.side,
        state,
        platform,
        newId: context.app.ports.newId,
        ifRevision,
        requireExpectation:
          context.side === 'tenant' && state.get('settings', 'settings')?.body['requireIfMatch'] === true,
      }
      isFresh = weighedAt?.state === state.revision && weighedAt.platform === platform.revision
      const found = planPart({ reading, onConflict, deciding, part, isFresh })
      if (!found.ok) return found
      planned = found.value
      return ok({ intentions: planned.kept.map(({ proposal }) => proposal.intention), ifRevision })
    },
    { origin: 'import', ...(index === 0 ? {} : { of: `part ${index + 1}` }) },
  )
  return { part: committed.repeated ? undefined : planned, committed, isFresh }
}

/** All that was committed when the request came for the first time; nothing where it did not. */
const repeatedParts = async (importing: Importing): Promise<readonly Done[]> => {
  const parts: Done[] = []
  while (wasDone(importing.context, parts.length)) {
    const done = await commitPart(importing, {
      index: parts.length,
      part: [],
      ifRevision: undefined,
      weighedAt: undefined,
    })
    if (!done.committed.repeated) return parts
    parts.push(done)
  }
  return parts
}

const deniedIn = async (context: Context, { places }: Weighed): Promise<Failure | undefined> => {
  let denial: Failure | undefined
  await inSlices(places, (intention) => {
    const { state, platform } = statesOf(context)
    denial ??= deniedIntentions(context, [intention], state, platform)
  })
  return denial
}

/** What there is to write. Permission comes first: whoever may not write there learns nothing of what is there. */
const weighed = async ({ context, reading, onConflict }: Importing): Promise<Weighed> => {
  const found = await weigh(reading, onConflict, () => ({ side: context.side, ...statesOf(context) }))
  const denial = await deniedIn(context, found)
  if (denial !== undefined) throw new KonfigError(denial)
  if (onConflict !== 'skip' && reading.contradictions.length > 0)
    throw new KonfigError(refusal('import_contradicts', reading.contradictions).failure)
  if (onConflict === 'fail' && found.conflicts.length > 0)
    throw new KonfigError(refusal('import_conflicts', found.conflicts).failure)
  return { ...found, conflicts: [...reading.contradictions, ...found.conflicts] }
}

const revisionsOf = (context: Context): { readonly state: number; readonly platform: number } => {
  const { state, platform } = statesOf(context)
  return { state: state.revision, platform: platform.revision }
}

/**
 * Refuses `import_invalid` (the line is named), `import_contradicts`, `import_conflicts`, `changes_rejected`, `denied`, `precondition_required`,
 * `revision_moved`. A dry run tries the first commit only, and counts all.
 */
export const importFile = async (context: Context, asked: AskedImport): Promise<Imported> => {
  const { onConflict = 'fail', environment: _, ifRevision, ...input } = asked
  const content = await readApart(input)
  const reading = await readingOf(content, asked, context.side)
  const notes = content.kind === 'plain' ? content.notes : []
  const importing = { context, reading, onConflict }
  const before = await repeatedParts(importing)
  if (before.length > 0) return answerOf(before, undefined, [], notes)

  const started = revisionsOf(context)
  const found = await weighed(importing)
  const ended = revisionsOf(context)
  let isSteady = started.state === ended.state && started.platform === ended.platform
  const parts: Done[] = []
  let from = 0
  do {
    const end = endOfPart(found.going, from)
    // Whoever states a revision means the whole import: between its commits nobody else may have written.
    const last = parts.at(-1)?.committed.revision
    const done = await commitPart(importing, {
      index: parts.length,
      part: found.going.slice(from, end),
      ifRevision: ifRevision === undefined ? undefined : (last ?? ifRevision),
      weighedAt: isSteady ? { ...started, state: last ?? started.state } : undefined,
    })
    isSteady &&= done.isFresh
    parts.push(done)
    from = end
  } while (from < found.going.length && !context.write.dryRun)
  return answerOf(parts, found, context.write.dryRun ? found.going.slice(from) : [], notes)
}

/** `rest`: what a dry run would have gone on with. Counted in slices: an import has as many as its file has lines. */
const answerOf = async (
  parts: readonly Done[],
  found: Weighed | undefined,
  rest: readonly Going[],
  notes: readonly string[],
): Promise<Imported> => {
  let [created, written] = [0, 0]
  const count = (isNew: boolean): void => {
    written += 1
    if (isNew) created += 1
  }
  const inferred: Imported['inferred'][number][] = []
  for (const { part, committed } of parts) {
    if (part === undefined) await inSlices(committed.changes, ({ previous }) => count(previous === 0))
    else
      await inSlices(part.kept, ({ isNew, proposal: { intention, inferred: type } }) => {
        count(isNew)
        if (type !== undefined) inferred.push({ namespace: intention.namespace ?? '', key: intention.name, type })
      })
  }
  await inSlices(rest, ({ isNew }) => count(isNew))
  return {
    created,
    changed: written - created,
    unchanged: found?.unchanged ?? 0,
    inferred,
    conflicts: [...(found?.conflicts ?? []), ...parts.flatMap(({ part }) => part?.conflicts ?? [])],
    notes,
    revision: parts.at(-1)?.committed.revision ?? 0,
    commits: parts.filter(({ committed }) => committed.commit !== undefined).length,
  }
}

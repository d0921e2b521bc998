// Imports a file: manifests, or a plain file that becomes one namespace. One commit, or, beyond a commit's size, several in order.
// Promise: each commit is atomic; the same import again changes nothing, and goes on where one that broke off had come to.
import { addressOf, type Deciding, type Intention, ok, type State } from '@konfig/core'
import type { FileFormat } from '@konfig/files'
import { type Committed, commit, deniedIntentions } from '../commit.ts'
import type { Context } from '../context.ts'
import { type Part, planPart } from './part.ts'
import type { Proposal } from './propose.ts'
import { readApart } from './read-file.ts'
import { type Destination, readingOf } from './reading.ts'
import type { ImportConflict, OnImportConflict } from './weigh.ts'

/** Namespace and environment are for plain files: where the keys go, and the environment whose overrides they become. */
export interface AskedImport extends Destination {
  readonly text: string | Uint8Array
  /** A bare file name: its ending tells the format, the rest of it the namespace, where these are left out. */
  readonly name?: string | undefined
  readonly format?: FileFormat | undefined
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
  readonly revision: number
  /** How many commits it took; 0 where nothing had to change, and for a dry run. */
  readonly commits: number
}

interface Done {
  /** undefined: the request was carried out before, and only its commit is known. */
  readonly part: Part | undefined
  readonly committed: Committed
}

const decidingOn = (context: Context, state: State, platform: State, ifRevision: number | undefined): Deciding => ({
  side: context.side,
  state,
  platform,
  newId: context.app.ports.newId,
  ifRevision,
  requireExpectation: context.side === 'tenant' && state.get('settings', 'settings')?.body['requireIfMatch'] === true,
})

/**
 * What the caller must be allowed depends on kind and place alone: of a hundred thousand keys of one
 * namespace, one is asked for all that refer to nothing.
 */
const oneOfEach = (proposals: readonly Proposal[]): readonly Intention[] => {
  const found = new Map<string, Intention>()
  for (const { intention } of proposals) {
    const { kind, namespace, environment, name } = intention
    const value = intention.op === 'put' ? intention.body['value'] : undefined
    const refers = value !== undefined && JSON.stringify(value).includes('${')
    const place =
      namespace === undefined || refers
        ? `${kind} ${namespace ?? ''} ${name} ${environment ?? ''}`
        : `${kind} ${namespace} ${environment ?? ''}`
    if (!found.has(place)) found.set(place, intention)
  }
  return [...found.values()]
}

/** A later part is a commit of its own, so it has a key of its own: the request's, and its place. */
const withKeyOf = (context: Context, index: number): Context => {
  const { idempotency } = context.write
  if (idempotency === undefined || index === 0) return context
  return {
    ...context,
    write: { ...context.write, idempotency: { ...idempotency, key: `${idempotency.key}.${index}` } },
  }
}

/** A part of a repeated request was followed by another one if that one is there. */
const goesOn = (context: Context, { part, committed }: Done, index: number): boolean => {
  const { dryRun, idempotency } = context.write
  if (dryRun) return false
  if (!committed.repeated) return part !== undefined && part.rest.length > 0
  const actor = committed.commit?.actor
  if (actor === undefined || idempotency === undefined) return false
  return context.log.state().repeated(actor, `${idempotency.key}.${index + 1}`) !== undefined
}

/**
 * Refuses `import_invalid` (the line is named), `import_contradicts`, `import_conflicts`, `changes_rejected`, `denied`, `precondition_required`,
 * `revision_moved`. A dry run tries the first commit only, and counts all.
 */
export const importFile = async (context: Context, asked: AskedImport): Promise<Imported> => {
  const { text, name, format, namespace, onConflict = 'fail' } = asked
  const content = await readApart({
    text,
    ...(name === undefined ? {} : { name }),
    ...(format === undefined ? {} : { format }),
    ...(namespace === undefined ? {} : { namespace }),
  })
  const reading = readingOf(content, asked, context.side)
  const refused = new Set<string>()

  const commitPart = async (index: number, ifRevision: number | undefined, before: Done | undefined): Promise<Done> => {
    let part: Part | undefined
    const committed = await commit(
      withKeyOf(context, index),
      ({ state, platform }) => {
        const planned = planPart({
          reading,
          onConflict,
          left: before?.committed.revision === state.revision ? before.part?.rest : undefined,
          deciding: decidingOn(context, state, platform, ifRevision),
          refused,
          denied: (proposals) => deniedIntentions(context, oneOfEach(proposals), state, platform),
        })
        if (!planned.ok) return planned
        part = planned.value
        return ok({ intentions: part.kept.map(({ intention }) => intention), ifRevision })
      },
      { origin: 'import', ...(index === 0 ? {} : { of: `part ${index + 1}` }) },
    )
    return { part: committed.repeated ? undefined : part, committed }
  }

  const parts: Done[] = []
  for (let index = 0; ; index++) {
    // Whoever states a revision means the whole import: between its commits nobody else may have written.
    const before = parts.at(-1)
    const ifRevision = asked.ifRevision === undefined ? undefined : (before?.committed.revision ?? asked.ifRevision)
    const done = await commitPart(index, ifRevision, before)
    parts.push(done)
    for (const conflict of done.part?.conflicts ?? [])
      if (conflict.reason === 'refused') refused.add(addressOf(conflict))
    if (!goesOn(context, done, index)) return answerOf(parts, context.write.dryRun)
  }
}

/** Of a repeated part, what it made for the first time has nothing before it. */
const countOf = (
  { part, committed }: Done,
  dryRun: boolean,
): { readonly created: number; readonly written: number } => {
  if (part === undefined)
    return {
      created: committed.changes.filter(({ previous }) => previous === 0).length,
      written: committed.changes.length,
    }
  return {
    created: part.created + (dryRun ? part.restCreated : 0),
    written: part.kept.length + (dryRun ? part.rest.length : 0),
  }
}

const answerOf = (parts: readonly Done[], dryRun: boolean): Imported => {
  const counts = parts.map((done) => countOf(done, dryRun))
  const created = counts.reduce((sum, count) => sum + count.created, 0)
  const written = counts.reduce((sum, count) => sum + count.written, 0)
  return {
    created,
    changed: written - created,
    unchanged: parts[0]?.part?.unchanged ?? 0,
    inferred: parts
      .flatMap(({ part }) => part?.kept ?? [])
      .flatMap(({ intention, inferred }) =>
        inferred === undefined ? [] : [{ namespace: intention.namespace ?? '', key: intention.name, type: inferred }],
      ),
    conflicts: parts.flatMap(({ part }, index) =>
      (part?.conflicts ?? []).filter(({ reason }) => index === 0 || reason === 'refused'),
    ),
    revision: parts.at(-1)?.committed.revision ?? 0,
    commits: parts.filter(({ committed }) => committed.commit !== undefined).length,
  }
}

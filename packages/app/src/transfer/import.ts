// Imports a file: manifests, or a plain file that becomes one namespace. One commit, or, beyond a commit's size, several in order.
// Promise: each commit is atomic; the same import again changes nothing, and goes on where one that broke off had come to.
import {
  addressOf,
  type Failure,
  failure,
  type Identity,
  identityOf,
  type Issue,
  KonfigError,
  leaveOut,
  maximumChanges,
  ok,
  type Result,
  spaceOf,
  type State,
} from '@konfig/core'
import type { FileContent, FileFormat } from '@konfig/files'
import { intentionsOf } from '../changes/apply.ts'
import { type Committed, commit, deniedIntentions } from '../commit.ts'
import type { Context } from '../context.ts'
import { type Proposal, proposePlain, type Put, type Standing } from './propose.ts'
import { readApart } from './read-file.ts'
import { contradictionsIn, type ImportConflict, type OnImportConflict, weigh } from './weigh.ts'

export interface AskedImport {
  readonly text: string | Uint8Array
  /** A bare file name: its ending tells the format, the rest of it the namespace, where these are left out. */
  readonly name?: string | undefined
  readonly format?: FileFormat | undefined
  /** Plain files only: where the keys go, and the environment whose overrides they become. */
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
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

/** A part of an import is a commit; this keeps it well below what the journal takes. */
const maximumPartLength = 24 * 1024 * 1024

const invalid = (reason: string): KonfigError => new KonfigError(failure('import_invalid', { reason }))

const shown = ({ namespace, name, environment }: Identity): string =>
  `${namespace === undefined ? name : `${namespace}/${name}`}${environment === undefined ? '' : ` in ${environment}`}`

const refusal = (code: 'import_conflicts' | 'import_contradicts', conflicts: readonly ImportConflict[]): Failure => {
  const issues = conflicts
    .slice(0, 100)
    .map((conflict): Issue => ({ code, detail: `${conflict.kind} ${shown(conflict)} ${conflict.detail}.` }))
  return failure(code, { count: conflicts.length }, issues)
}

/** What the file proposes on a state; the contradictions in a plain file do not depend on any. */
interface Reading {
  readonly contradictions: readonly ImportConflict[]
  readonly environments: readonly string[]
  readonly propose: (standing: Standing) => readonly Proposal[]
}

const reading = (content: FileContent, asked: AskedImport, side: Context['side']): Reading => {
  if (content.kind === 'manifests') {
    if (asked.namespace !== undefined || asked.environment !== undefined)
      throw invalid('manifests name their own namespaces and environments; leave both out')
    const changes = content.manifests.map((resource) => ({ op: 'put', resource }) as const)
    const intentions = intentionsOf({ changes }, side)
    if (!intentions.ok) throw new KonfigError(intentions.failure)
    const proposals = intentions.value.map((intention) => ({ intention: intention as Put }))
    return { contradictions: [], environments: [], propose: () => proposals }
  }
  const { plain } = content
  const { environment } = asked
  if (environment !== undefined && plain.environments.length > 0)
    throw invalid('the file has profiles, which are environments of their own; leave the environment out')
  return {
    contradictions: contradictionsIn(plain),
    environments: environment === undefined ? plain.environments : [environment],
    propose: (standing) => proposePlain(plain, environment, standing),
  }
}

/** As many as one commit takes. */
const firstPart = (going: readonly Proposal[]): readonly Proposal[] => {
  let length = 0
  const end = going.findIndex(({ intention }, index) => {
    length += JSON.stringify(intention.body).length + 200
    return index >= maximumChanges || (length > maximumPartLength && index > 0)
  })
  return end === -1 ? going : going.slice(0, end)
}

interface Part {
  readonly kept: readonly Proposal[]
  /** What is left for later parts. */
  readonly more: number
  /** How many of `kept` are new; in a dry run, of all. */
  readonly created: number
  readonly written: number
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
}

const newIn = (state: State, proposals: readonly Proposal[]): number =>
  proposals.filter(({ intention }) => state.get(spaceOf(intention), intention.name) === undefined).length

/**
 * Refuses `import_invalid` (the line is named), `import_contradicts`, `import_conflicts`, `changes_rejected`, `denied`, `precondition_required`,
 * `revision_moved`. A dry run tries the first commit only, and counts all.
 */
export const importFile = async (context: Context, asked: AskedImport): Promise<Imported> => {
  const { text, name, format, namespace } = asked
  const content = await readApart({
    text,
    ...(name === undefined ? {} : { name }),
    ...(format === undefined ? {} : { format }),
    ...(namespace === undefined ? {} : { namespace }),
  })
  const read = reading(content, asked, context.side)
  const onConflict = asked.onConflict ?? 'fail'
  /** Refused in an earlier part: not tried again. */
  const refused = new Map<string, ImportConflict>()

  const partOn = (state: State, platform: State, ifRevision: number | undefined): Result<Part> => {
    const standing: Standing = { side: context.side, state, platform }
    const proposals = read.propose(standing)
    const denied = deniedIntentions(
      context,
      proposals.map(({ intention }) => intention),
      state,
      platform,
    )
    if (denied !== undefined) return { ok: false, failure: denied }
    if (read.contradictions.length > 0 && onConflict !== 'skip')
      return { ok: false, failure: refusal('import_contradicts', read.contradictions) }
    const weighed = weigh(proposals, read.environments, onConflict, standing)
    if (onConflict === 'fail' && weighed.conflicts.length > 0)
      return { ok: false, failure: refusal('import_conflicts', weighed.conflicts) }
    const going = weighed.going.filter(({ intention }) => !refused.has(addressOf(intention)))
    const part = firstPart(going)
    const conflicts = [...read.contradictions, ...weighed.conflicts]
    const rest = going.slice(part.length)
    const answer = (kept: readonly Proposal[], more: readonly ImportConflict[]): Result<Part> => {
      const counted = context.write.dryRun ? [...kept, ...rest] : kept
      return ok({
        kept,
        more: rest.length,
        created: newIn(state, counted),
        written: counted.length,
        unchanged: weighed.unchanged,
        conflicts: [...conflicts, ...more],
      })
    }
    if (onConflict !== 'skip') return answer(part, [])
    const requireExpectation =
      context.side === 'tenant' && state.get('settings', 'settings')?.body['requireIfMatch'] === true
    const left = leaveOut(
      { side: context.side, state, platform, newId: context.app.ports.newId, ifRevision, requireExpectation },
      part.map(({ intention }) => intention),
    )
    if (!left.ok) return left
    const staying = new Set(left.value.kept)
    return answer(
      part.filter(({ intention }) => staying.has(intention)),
      left.value.refused.map(({ intention, reason }) => ({
        ...identityOf(intention),
        reason: 'refused',
        detail: reason.detail,
      })),
    )
  }

  const parts: { readonly part: Part | undefined; readonly committed: Committed }[] = []
  for (let index = 0; ; index++) {
    const before = parts.at(-1)?.committed.revision
    // Whoever states a revision means the whole import: between its commits nobody else may have written.
    const ifRevision = asked.ifRevision === undefined ? undefined : (before ?? asked.ifRevision)
    let part: Part | undefined
    const committed = await commit(
      index === 0 ? context : continued(context, index),
      ({ state, platform }) => {
        part = undefined
        const found = partOn(state, platform, ifRevision)
        if (!found.ok) return found
        part = found.value
        return ok({ intentions: part.kept.map(({ intention }) => intention), ifRevision })
      },
      { origin: 'import', ...(index === 0 ? {} : { of: `part ${index + 1}` }) },
    )
    const done = part as Part | undefined
    parts.push({ part: done, committed })
    for (const conflict of done?.conflicts ?? [])
      if (conflict.reason === 'refused') refused.set(addressOf(conflict), conflict)
    if (!(await goesOn(context, done, committed, index))) break
  }
  return answerOf(parts)
}

/** A later part is a commit of its own, so it has a key of its own: the request's, and its place. */
const continued = (context: Context, index: number): Context => {
  const { idempotency } = context.write
  if (idempotency === undefined) return context
  return {
    ...context,
    write: { ...context.write, idempotency: { ...idempotency, key: `${idempotency.key}.${index}` } },
  }
}

/** A repeated part was followed by another one if that one is there. */
const goesOn = async (
  context: Context,
  part: Part | undefined,
  { repeated, commit: made }: Committed,
  index: number,
): Promise<boolean> => {
  if (context.write.dryRun) return false
  if (!repeated) return part !== undefined && part.more > 0
  const { idempotency } = context.write
  return (
    made !== undefined &&
    idempotency !== undefined &&
    context.log.state().repeated(made.actor, `${idempotency.key}.${index + 1}`) !== undefined
  )
}

const answerOf = (parts: readonly { readonly part: Part | undefined; readonly committed: Committed }[]): Imported => {
  const first = parts[0]?.part
  const sum = (count: (one: (typeof parts)[number]) => number): number =>
    parts.reduce((total, one) => total + count(one), 0)
  // Of a repeated part the commit alone is known: what it made for the first time has nothing before it.
  const created = sum(
    ({ part, committed }) => part?.created ?? committed.changes.filter(({ previous }) => previous === 0).length,
  )
  const written = sum(({ part, committed }) => part?.written ?? committed.changes.length)
  const conflicts = parts.flatMap(({ part }, index) =>
    (part?.conflicts ?? []).filter(({ reason }) => index === 0 || reason === 'refused'),
  )
  return {
    created,
    changed: written - created,
    unchanged: first?.unchanged ?? 0,
    inferred: parts
      .flatMap(({ part }) => part?.kept ?? [])
      .flatMap(({ intention, inferred }) =>
        inferred === undefined ? [] : [{ namespace: intention.namespace ?? '', key: intention.name, type: inferred }],
      ),
    conflicts,
    revision: parts.at(-1)?.committed.revision ?? 0,
    commits: sum(({ committed }) => (committed.commit === undefined ? 0 : 1)),
  }
}

// Weighs what a file proposes against what is there: what is new, what is the same, what differs, and what may give way. Pure.
import {
  equalJson,
  type Identity,
  identityOf,
  type Intention,
  isKindName,
  type Json,
  kindNames,
  spaceOf,
  type State,
} from '@konfig/core'
import { inSlices } from '@konfig/journal'
import type { Plain } from '@konfig/files'
import type { Proposal, Put, Standing } from './propose.ts'
import type { Item, Reading } from './reading.ts'

/** `fail`: any difference refuses the import. `skip`: what is there stays. `replace`: the file wins. */
export type OnImportConflict = 'fail' | 'skip' | 'replace'

export interface ImportConflict extends Identity {
  /** `repeated`, `types`: the file contradicts itself. `differs`, `type`: what is there is another. `refused`: a rule forbids it. */
  readonly reason: 'repeated' | 'types' | 'differs' | 'type' | 'refused'
  readonly detail: string
}

/** Something to be written, with the item that asks for it: on a newer state it is proposed again. */
export interface Going {
  readonly proposal: Proposal
  /** undefined: a namespace or an environment that others need. */
  readonly item: Item | undefined
  readonly isNew: boolean
}

export interface Weighed {
  /** In an order in which they can be stored in parts. */
  readonly going: readonly Going[]
  readonly created: number
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
  /** Of each place and kind one, and all that refer to others: what the caller must be allowed. */
  readonly places: readonly Intention[]
}

/** What one proposal comes to on a state. */
export type Verdict =
  | { readonly is: 'going'; readonly isNew: boolean }
  | { readonly is: 'unchanged' }
  | { readonly is: 'conflict'; readonly conflict: ImportConflict }

const whereOf = (lines: readonly number[], places: readonly string[] | undefined): string =>
  places === undefined ? `on lines ${lines.join(', ')}` : `at ${places.join(', ')}`

/** What a plain file says twice, and differently: nobody can tell which is meant. */
export const contradictionsIn = ({ namespace, conflicts }: Plain): readonly ImportConflict[] =>
  conflicts.map(({ key, reason, environment, lines, places }) => ({
    kind: environment === undefined ? 'config' : 'override',
    name: key,
    namespace,
    ...(environment === undefined ? {} : { environment }),
    reason,
    detail:
      reason === 'repeated'
        ? `is set to different values ${whereOf(lines, places)}`
        : `has values of different types ${whereOf(lines, places)}`,
  }))

const liveIn = (state: State, intention: Put) => state.get(spaceOf(intention), intention.name)

export const weighOne = (
  { intention, disagrees }: Proposal,
  onConflict: OnImportConflict,
  { state }: Pick<Standing, 'state'>,
): Verdict => {
  const live = isKindName(intention.kind) ? liveIn(state, intention) : undefined
  if (live !== undefined && equalJson(live.body, intention.body) && equalJson(live.labels, intention.labels))
    return { is: 'unchanged' }
  if (live === undefined || onConflict === 'replace') return { is: 'going', isNew: live === undefined }
  const reason = disagrees === undefined ? 'differs' : 'type'
  return {
    is: 'conflict',
    conflict: { ...identityOf(intention), reason, detail: disagrees ?? 'holds something else' },
  }
}

const holds = (value: Json | undefined, text: string): boolean =>
  typeof value === 'string'
    ? value.includes(text)
    : typeof value === 'object' && value !== null && JSON.stringify(value).includes(text)

/** What others need comes first; among configs those that refer to none. */
const rankOf = ({ kind, body }: Put): number =>
  (isKindName(kind) ? kindNames.indexOf(kind) : kindNames.length) * 2 + (holds(body['value'], '${CONFIG:') ? 1 : 0)

/**
 * What the caller must be allowed depends on kind and place alone: of a hundred thousand keys of one
 * namespace, one is asked for all that refer to nothing.
 */
const placeOf = ({ kind, namespace, environment, name, body }: Put): string =>
  namespace === undefined || holds(body['value'], '${')
    ? `${kind} ${namespace ?? ''} ${name} ${environment ?? ''}`
    : `${kind} ${namespace} ${environment ?? ''}`

/** The namespaces and environments that items speak of and nobody has. */
const missing = (
  kind: 'namespace' | 'environment',
  names: ReadonlySet<string>,
  { state, platform }: Standing,
): readonly Proposal[] =>
  [...names].flatMap((name) =>
    state.get(kind, name) !== undefined || platform.get(kind, name) !== undefined
      ? []
      : [{ intention: { op: 'put', kind, name, body: {} } as const }],
  )

/**
 * Weighs all items in slices, each on the state that is the newest then: what the parts are decided on may be newer still, and is weighed
 * again there. Nothing is refused here.
 */
export const weigh = async (
  reading: Reading,
  onConflict: OnImportConflict,
  newest: () => Standing,
): Promise<Weighed> => {
  const ranks = new Map<number, Going[]>()
  const conflicts: ImportConflict[] = []
  const places = new Map<string, Put>()
  const named = { namespace: new Set<string>(), environment: new Set(reading.environments) }
  const proposed = { namespace: new Set<string>(), environment: new Set<string>() }
  let created = 0
  let unchanged = 0
  const take = (proposal: Proposal, item: Item | undefined, standing: Standing): void => {
    const { intention } = proposal
    const place = placeOf(intention)
    if (!places.has(place)) places.set(place, intention)
    const verdict = weighOne(proposal, onConflict, standing)
    if (verdict.is === 'unchanged') unchanged++
    else if (verdict.is === 'conflict') conflicts.push(verdict.conflict)
    else {
      const rank = rankOf(intention)
      const going = { proposal, item, isNew: verdict.isNew }
      const there = ranks.get(rank)
      if (there === undefined) ranks.set(rank, [going])
      else there.push(going)
      if (verdict.isNew) created++
    }
  }
  let standing = newest()
  let seen = 0
  await inSlices(reading.items(), (item) => {
    if (++seen % 256 === 0) standing = newest()
    for (const proposal of reading.propose(item, standing)) {
      const { kind, name, namespace, environment } = proposal.intention
      if (kind === 'namespace' || kind === 'environment') proposed[kind].add(name)
      if (namespace !== undefined) named.namespace.add(namespace)
      if (environment !== undefined) named.environment.add(environment)
      if (kind === 'application' && item.of === 'application')
        for (const read of item.application.namespaces) named.namespace.add(read)
      take(proposal, item, standing)
    }
  })
  standing = newest()
  for (const kind of ['namespace', 'environment'] as const)
    for (const proposal of missing(kind, named[kind].difference(proposed[kind]), standing))
      take(proposal, undefined, standing)
  const going = [...ranks].sort(([a], [b]) => a - b).flatMap(([, list]) => list)
  return { going, created, unchanged, conflicts, places: [...places.values()] }
}

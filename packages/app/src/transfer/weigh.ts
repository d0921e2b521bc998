// Weighs what a file proposes against what is there: what is new, what is the same, what differs, and what may give way. Pure.
import { equalJson, type Identity, identityOf, isKindName, kindNames, spaceOf, type State } from '@konfig/core'
import type { Plain } from '@konfig/files'
import type { Proposal, Put, Standing } from './propose.ts'

/** `fail`: any difference refuses the import. `skip`: what is there stays. `replace`: the file wins. */
export type OnImportConflict = 'fail' | 'skip' | 'replace'

export interface ImportConflict extends Identity {
  /** `repeated`, `types`: the file contradicts itself. `differs`, `type`: what is there is another. `refused`: a rule forbids it. */
  readonly reason: 'repeated' | 'types' | 'differs' | 'type' | 'refused'
  readonly detail: string
}

export interface Weighed {
  /** In an order in which they can be stored in parts. */
  readonly going: readonly Proposal[]
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
}

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

const missing = (
  kind: 'namespace' | 'environment',
  names: ReadonlySet<string>,
  standing: Standing,
): readonly Proposal[] =>
  [...names].flatMap((name) =>
    standing.state.get(kind, name) !== undefined || standing.platform.get(kind, name) !== undefined
      ? []
      : [{ intention: { op: 'put', kind, name, body: {} } as const }],
  )

/** The namespaces and environments that proposals speak of and nobody has. */
const withParents = (
  proposals: readonly Proposal[],
  environments: readonly string[],
  standing: Standing,
): readonly Proposal[] => {
  const named = { namespace: new Set<string>(), environment: new Set(environments) }
  const proposed = { namespace: new Set<string>(), environment: new Set<string>() }
  for (const { intention } of proposals) {
    const { kind, name, namespace, environment } = intention
    if (kind === 'namespace' || kind === 'environment') proposed[kind].add(name)
    if (namespace !== undefined) named.namespace.add(namespace)
    if (environment !== undefined) named.environment.add(environment)
  }
  return [
    ...missing('namespace', named.namespace.difference(proposed.namespace), standing),
    ...missing('environment', named.environment.difference(proposed.environment), standing),
    ...proposals,
  ]
}

/** What others need comes first; among configs those that refer to none. */
const rank = ({ kind, body }: Put): number => {
  const order = isKindName(kind) ? kindNames.indexOf(kind) : kindNames.length
  const { value } = body
  return order * 2 + (value !== undefined && JSON.stringify(value).includes('${CONFIG:') ? 1 : 0)
}

const liveIn = (state: State, intention: Put) => state.get(spaceOf(intention), intention.name)

export const weigh = (
  proposals: readonly Proposal[],
  environments: readonly string[],
  onConflict: OnImportConflict,
  standing: Standing,
): Weighed => {
  const going: Proposal[] = []
  const conflicts: ImportConflict[] = []
  let unchanged = 0
  for (const proposal of withParents(proposals, environments, standing)) {
    const { intention, disagrees } = proposal
    const live = isKindName(intention.kind) ? liveIn(standing.state, intention) : undefined
    if (live !== undefined && equalJson(live.body, intention.body) && equalJson(live.labels, intention.labels))
      unchanged++
    else if (live === undefined || onConflict === 'replace') going.push(proposal)
    else {
      const detail = disagrees ?? 'holds something else'
      conflicts.push({ ...identityOf(intention), reason: disagrees === undefined ? 'differs' : 'type', detail })
    }
  }
  const ranked = going.map((proposal) => ({ proposal, rank: rank(proposal.intention) }))
  return { going: ranked.sort((a, b) => a.rank - b.rank).map(({ proposal }) => proposal), unchanged, conflicts }
}

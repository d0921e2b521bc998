// Whoever may hold rights in a log: members and API keys, each with where the rights come from. Pure.
import {
  allows,
  type Grant,
  grants,
  matchesPattern,
  type Requirement,
  type Resource,
  type Side,
  type State,
  whereOf,
} from '@konfig/core'
import { grantsOfRoles, keyGrants, rolesOf } from '../identity/roles.ts'

export interface Source {
  /** `role editor`. */
  readonly from: string
  readonly grants: readonly Grant[]
}

export const memberSources = (member: Resource, side: Side, state: State): readonly Source[] =>
  rolesOf(member).map((role) => ({ from: `role ${role}`, grants: grantsOfRoles([role], side, state) }))

export const keySources = (key: Resource, side: Side, state: State): readonly Source[] => {
  const role = key.body['role']
  return [
    { from: `role ${typeof role === 'string' ? role : ''} of this key`, grants: keyGrants(key.body, side, state) },
  ]
}

export interface Verdict {
  readonly allowed: boolean
  /** A sentence for people. */
  readonly because: string
}

/** ` by namespaces billing-*`: the bounds of a grant that a place falls within. */
const byOf = (grant: Grant | undefined, { place }: Requirement): string => {
  const { namespace, environments } = place
  const named = (bounds: readonly string[] | undefined, names: readonly string[]): readonly string[] =>
    (bounds ?? [])
      .filter((bound) => names.length === 0 || names.some((name) => matchesPattern(bound, name)))
      .slice(0, 5)
  const namespaces = named(grant?.namespaces, namespace === undefined ? [] : [namespace])
  const within = named(grant?.environments, environments === undefined || environments === '*' ? [] : environments)
  const parts = [
    namespaces.length === 0 ? '' : `namespaces ${namespaces.join(', ')}`,
    within.length === 0 ? '' : `environments ${within.join(', ')}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` by ${parts.join(' and ')}`
}

/** Whether all requirements are met, and what meets the first or which one nothing meets. */
export const judgeAccess = (sources: readonly Source[], requirements: readonly Requirement[]): Verdict => {
  const held = sources.flatMap((source) => source.grants)
  const missing = requirements.find((requirement) => !allows(held, requirement))
  if (missing !== undefined) {
    const { permission, place } = missing
    const elsewhere = sources.find((source) => allows(source.grants, { permission, place: {} }))
    const because =
      elsewhere !== undefined
        ? `${elsewhere.from} holds ${permission}, but not${whereOf(place)}`
        : sources.length === 0
          ? `no role is held here`
          : `${permission} is held by none of: ${sources.map(({ from }) => from).join(', ')}`
    return { allowed: false, because }
  }
  const because = requirements.map((requirement) => {
    const source = sources.find((found) => allows(found.grants, requirement))
    const grant = source?.grants.find((found) => grants(found, requirement))
    return `${source?.from ?? 'nobody'} holds ${requirement.permission}${whereOf(requirement.place)}${byOf(grant, requirement)}`
  })
  return { allowed: true, because: because.join('; ') }
}

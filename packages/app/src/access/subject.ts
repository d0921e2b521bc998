// Whoever may hold rights in a log: members and API keys, each with where the rights come from. Pure.
import { allows, type Grant, type Requirement, type Resource, type Side, type State, whereOf } from '@konfig/core'
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

/** Whether all requirements are met, and what meets the first or which one nothing meets. */
export const judgeAccess = (sources: readonly Source[], requirements: readonly Requirement[]): Verdict => {
  const grants = sources.flatMap((source) => source.grants)
  const missing = requirements.find((requirement) => !allows(grants, requirement))
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
    return `${source?.from ?? 'nobody'} holds ${requirement.permission}${whereOf(requirement.place)}`
  })
  return { allowed: true, because: because.join('; ') }
}

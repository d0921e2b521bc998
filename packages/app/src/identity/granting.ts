// Nobody grants more than they hold, and nobody but an owner touches owners: judged for every write of a member, a key or a role,
// whichever route it comes by. Pure.
import {
  allows,
  exceeding,
  type Failure,
  failure,
  type Grant,
  grantsOfRole,
  type Intention,
  type Side,
  type State,
  whereOf,
} from '@konfig/core'
import { grantsOfRoles, keyGrants, rolesOf } from './roles.ts'

const isOwner = (held: readonly Grant[]): boolean => allows(held, { permission: 'tenant:own', place: {} })

const exceeded = (held: readonly Grant[], given: readonly Grant[]): Failure | undefined => {
  const missing = exceeding(held, given)
  if (missing === undefined) return undefined
  return failure('grant_exceeds', { permission: missing.permission, where: whereOf(missing.place) })
}

const memberFailure = (held: readonly Grant[], intention: Intention, side: Side, state: State): Failure | undefined => {
  const before = rolesOf(state.get('member', intention.name))
  const after = intention.op === 'put' ? rolesOf(intention) : []
  if (before.includes('owner') && !isOwner(held)) return failure('owner_only')
  // What somebody else gave may stay as it is.
  const added = after.filter((role) => !before.includes(role))
  return exceeded(held, grantsOfRoles(added, side, state))
}

/** Why these grants do not suffice to give what the intention gives; undefined where they do, and for kinds that give nothing. */
export const grantFailure = (
  held: readonly Grant[],
  intention: Intention,
  side: Side,
  state: State,
): Failure | undefined => {
  if (intention.kind === 'member') return memberFailure(held, intention, side, state)
  if (intention.op === 'delete') return undefined
  if (intention.kind === 'apiKey') return exceeded(held, keyGrants(intention.body, side, state))
  if (intention.kind !== 'role') return undefined
  // What the role holds already, somebody else gave; all that is more must be the giver's own.
  return exceeded([...held, ...grantsOfRoles([intention.name], side, state)], grantsOfRole(intention.body))
}

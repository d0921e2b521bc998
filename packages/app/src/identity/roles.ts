// What roles add up to, on either side: grants of members and of API keys. Knows nothing of credentials.
import {
  fixedRoles,
  type Grant,
  grantsOfRole,
  isRoleName,
  matchesAny,
  narrowable,
  type Permission,
  platformPermissions,
  type Resource,
  type Side,
  type State,
} from '@konfig/core'

const strings = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : [])

const fixedOf = (role: string, side: Side): readonly Permission[] =>
  isRoleName(role) ? (side === 'platform' ? platformPermissions(role) : fixedRoles[role]) : []

/** What all these roles hold: the fixed ones as one grant, everywhere; of those that a tenant adds each with its own bounds. None for no roles. */
export const grantsOfRoles = (roles: readonly string[], side: Side, state: State): readonly Grant[] => {
  const permissions = new Set(roles.flatMap((role) => fixedOf(role, side)))
  const fixed: readonly Grant[] =
    permissions.size === 0 ? [] : [{ permissions: [...permissions], namespaces: undefined, environments: undefined }]
  if (side === 'platform') return fixed
  return [
    ...fixed,
    ...roles.flatMap((role) => (isRoleName(role) ? [] : grantsOfRole(state.get('role', role)?.body ?? {}))),
  ]
}

export const rolesOf = (member: Pick<Resource, 'body'> | undefined): readonly string[] => strings(member?.body['roles'])

export const memberGrants = (state: State, side: Side, userId: string): readonly Grant[] =>
  grantsOfRoles(rolesOf(state.get('member', userId)), side, state)

/** A key's names within a role's bounds: both narrow. Undefined: all; none left: nothing. */
const within = (bounds: readonly string[] | undefined, names: readonly string[]): readonly string[] | undefined =>
  names.length === 0 ? bounds : bounds === undefined ? names : names.filter((name) => matchesAny(bounds, name))

/** What an API key's body grants: its role, narrowed; an empty list narrows nothing. Narrowed, it holds only what has a place. */
export const keyGrants = (body: Resource['body'], side: Side, state: State): readonly Grant[] => {
  const keyNamespaces = strings(body['namespaces'])
  const keyEnvironments = strings(body['environments'])
  const narrowed = keyNamespaces.length > 0 || keyEnvironments.length > 0
  return grantsOfRoles(strings([body['role']]), side, state).flatMap((grant) => {
    const permissions = narrowed ? grant.permissions.filter(narrowable) : grant.permissions
    const namespaces = within(grant.namespaces, keyNamespaces)
    const environments = within(grant.environments, keyEnvironments)
    return permissions.length === 0 || namespaces?.length === 0 || environments?.length === 0
      ? []
      : [{ permissions, namespaces, environments }]
  })
}

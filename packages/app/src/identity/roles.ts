// What roles add up to, on either side: grants of members and of API keys. Knows nothing of credentials.
import {
  fixedRoles,
  type Grant,
  isRoleName,
  narrowable,
  type Permission,
  platformPermissions,
  type Resource,
  type Side,
  type State,
  tenantPermissions,
} from '@konfig/core'

const permissionsOf = (role: string, side: Side, state: State): readonly Permission[] => {
  if (isRoleName(role)) return side === 'platform' ? platformPermissions(role) : fixedRoles[role]
  return side === 'tenant' ? tenantPermissions(strings(state.get('role', role)?.body['permissions'])) : []
}

const strings = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : [])

/** One grant that holds what all these roles hold, everywhere; none for no roles. */
export const grantsOfRoles = (roles: readonly string[], side: Side, state: State): readonly Grant[] => {
  const permissions = new Set(roles.flatMap((role) => permissionsOf(role, side, state)))
  return permissions.size === 0
    ? []
    : [{ permissions: [...permissions], namespaces: undefined, environments: undefined }]
}

export const rolesOf = (member: Pick<Resource, 'body'> | undefined): readonly string[] => strings(member?.body['roles'])

export const memberGrants = (state: State, side: Side, userId: string): readonly Grant[] =>
  grantsOfRoles(rolesOf(state.get('member', userId)), side, state)

/** What an API key's body grants: its role, narrowed; an empty list narrows nothing. Narrowed, it holds only what has a place. */
export const keyGrants = (body: Resource['body'], side: Side, state: State): readonly Grant[] => {
  const namespaces = strings(body['namespaces'])
  const environments = strings(body['environments'])
  const narrowed = namespaces.length > 0 || environments.length > 0
  return grantsOfRoles(strings([body['role']]), side, state).map(({ permissions }) => ({
    permissions: narrowed ? permissions.filter(narrowable) : permissions,
    namespaces: namespaces.length === 0 ? undefined : namespaces,
    environments: environments.length === 0 ? undefined : environments,
  }))
}

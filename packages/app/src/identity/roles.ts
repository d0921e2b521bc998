// What roles add up to, on either side. Owns the meaning of fixed roles on the platform's side; knows nothing of credentials.
import {
  fixedRoles,
  type Grant,
  isRoleName,
  type Permission,
  type Resource,
  type RoleName,
  type Side,
  type State,
} from '@konfig/core'

/** Members of `platform` also look after tenants: owners and admins change them, editors and viewers see them. */
const platformExtra: Readonly<Record<RoleName, readonly Permission[]>> = {
  owner: ['platform:read', 'platform:write'],
  admin: ['platform:read', 'platform:write'],
  editor: ['platform:read'],
  viewer: ['platform:read'],
  reader: [],
}

const permissionsOf = (role: string, side: Side, state: State): readonly Permission[] => {
  if (isRoleName(role)) return side === 'platform' ? [...fixedRoles[role], ...platformExtra[role]] : fixedRoles[role]
  const own = side === 'tenant' ? state.get('role', role)?.body['permissions'] : undefined
  return Array.isArray(own) ? (own as readonly Permission[]) : []
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

/** What an API key's body grants: its role, narrowed; an empty list narrows nothing. */
export const keyGrants = (body: Resource['body'], side: Side, state: State): readonly Grant[] => {
  const namespaces = strings(body['namespaces'])
  const environments = strings(body['environments'])
  return grantsOfRoles([String(body['role'])], side, state).map(({ permissions }) => ({
    permissions,
    namespaces: namespaces.length === 0 ? undefined : namespaces,
    environments: environments.length === 0 ? undefined : environments,
  }))
}

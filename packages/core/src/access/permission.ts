// The permissions, and which of the five fixed roles hold them (api.md). Knows nothing of requests.

export const permissions = [
  'value:read',
  'config:read',
  'config:write',
  'environment:write',
  'protected:write',
  'settings:write',
  'key:write',
  'member:write',
  'role:write',
  'audit:read',
  'tenant:own',
  'platform:write',
  'platform:read',
] as const

export type Permission = (typeof permissions)[number]

export const roleNames = ['owner', 'admin', 'editor', 'viewer', 'reader'] as const
export type RoleName = (typeof roleNames)[number]

/**
 * What can be held in some namespaces or environments only. All others are about a log as a whole (its audit, members, keys, settings): a
 * grant that is narrowed does not hold them, else it would reach beyond its bounds through them.
 */
const placed: readonly Permission[] = ['value:read', 'config:read', 'config:write', 'protected:write']

export const narrowable = (permission: Permission): boolean => placed.includes(permission)

const reader: readonly Permission[] = ['value:read']
const viewer: readonly Permission[] = [...reader, 'config:read', 'audit:read']
const editor: readonly Permission[] = [...reader, 'config:read', 'config:write']
const admin: readonly Permission[] = [
  ...editor,
  'environment:write',
  'protected:write',
  'settings:write',
  'key:write',
  'member:write',
  'role:write',
  'audit:read',
]

/** `tenant:own` is what an owner alone holds: owners themselves, closing the tenant. */
export const fixedRoles: Readonly<Record<RoleName, readonly Permission[]>> = {
  owner: [...admin, 'tenant:own'],
  admin,
  editor,
  viewer,
  reader,
}

export const isRoleName = (name: string): name is RoleName => Object.hasOwn(fixedRoles, name)

/** What the same role holds beyond it where it is given in the platform's own log; `reader` is for machines and gets nothing more. */
const onPlatform: Readonly<Record<RoleName, readonly Permission[]>> = {
  owner: ['platform:read', 'platform:write'],
  admin: ['platform:read', 'platform:write'],
  editor: ['platform:read'],
  viewer: ['platform:read'],
  reader: [],
}

/** All that a member of the platform's log holds by one of the fixed roles. */
export const platformPermissions = (role: RoleName): readonly Permission[] => [...fixedRoles[role], ...onPlatform[role]]

const ofPlatform: readonly Permission[] = ['platform:write', 'platform:read']

/** What a role that a tenant adds may hold at all, whatever its body says: nothing of the platform's, and not what makes an owner. */
export const tenantPermissions = (held: readonly string[]): readonly Permission[] =>
  permissions.filter(
    (permission) => held.includes(permission) && permission !== 'tenant:own' && !ofPlatform.includes(permission),
  )

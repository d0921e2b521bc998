// A role: a named set of permissions. Five are fixed (access/permission.ts); these are what a tenant adds.
import Type from 'typebox'
import { isRoleName, permissions, tenantPermissions } from '../access/permission.ts'
import { closed, DisplayName, kind, slugRule, Text } from './kind.ts'

export const role = kind({
  kind: 'role',
  group: 'governance',
  sides: ['tenant'],
  permission: 'role:write',
  name: (name) => slugRule(name) ?? (isRoleName(name) ? 'this role is fixed' : undefined),
  body: Type.Object(
    {
      displayName: Type.Optional(DisplayName),
      description: Type.Optional(Text),
      permissions: Type.Array(
        Type.Union(tenantPermissions(permissions).map((permission) => Type.Literal(permission))),
        { maxItems: 50, uniqueItems: true },
      ),
    },
    closed,
  ),
})

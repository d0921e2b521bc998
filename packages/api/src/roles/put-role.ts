// Replaces a role, or creates it.
import { putRole } from '@konfig/app'
import Type from 'typebox'
import { closed, sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { roleFields, RolePath, RoleShape } from './shapes.ts'

export const putOneRole = operation({
  route: 'PUT /roles/{name}',
  summary: 'Replace or create a role',
  description:
    'In force on the next request of whoever holds it. Nobody makes a role hold more than they hold; the five fixed ones stay.',
  tag: 'Roles',
  guard: 'role:write',
  side: 'tenant',
  writes: true,
  path: RolePath,
  body: Type.Object(roleFields, closed),
  bodyLimit: 65_536,
  answer: RoleShape,
  refuses: ['denied', 'grant_exceeds', 'name_invalid', 'body_invalid', 'pattern_refused', 'precondition_failed'],
  example: {
    path: { name: 'deployer' },
    body: { permissions: ['value:read', { permission: 'config:write', namespaces: ['billing*'] }] },
  },
  run: async (context, { path, body }) => sendViewed(await putRole(context, path.name, body), `/roles/${path.name}`),
})

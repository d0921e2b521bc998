// Reads one role.
import { readRole } from '@konfig/app'
import { sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { RolePath, RoleShape } from './shapes.ts'

export const getRole = operation({
  route: 'GET /roles/{name}',
  summary: 'Read a role',
  tag: 'Roles',
  guard: 'role:write',
  side: 'tenant',
  path: RolePath,
  answer: RoleShape,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { name: 'editor' } },
  run: async (context, { path }) => sendViewed(await readRole(context, path.name)),
})

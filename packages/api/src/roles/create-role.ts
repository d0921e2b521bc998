// Creates a role.
import { createRole } from '@konfig/app'
import Type from 'typebox'
import { closed, NewName, sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { roleFields, RoleShape } from './shapes.ts'

export const postRole = operation({
  route: 'POST /roles',
  summary: 'Create a role',
  description: 'Nobody makes a role that holds more than they hold.',
  tag: 'Roles',
  guard: 'role:write',
  side: 'tenant',
  writes: true,
  body: Type.Object({ name: NewName, ...roleFields }, closed),
  bodyLimit: 65_536,
  answer: RoleShape,
  status: 201,
  refuses: [
    'denied',
    'grant_exceeds',
    'already_exists',
    'name_invalid',
    'body_invalid',
    'pattern_refused',
    'precondition_failed',
  ],
  example: {
    body: {
      name: 'tester',
      description: 'Reads all, and writes what is tried out.',
      permissions: ['value:read', 'config:read', { permission: 'config:write', environments: ['dev', 'test-*'] }],
    },
  },
  run: async (context, { body }) => {
    const made = await createRole(context, body)
    return sendViewed(made, `/roles/${made.view.name}`)
  },
})

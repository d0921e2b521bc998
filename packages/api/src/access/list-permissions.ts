// Lists the permissions that there are, and which of the fixed roles hold them.
import { permissions, platformPermissions, roleNames } from '@konfig/core'
import Type from 'typebox'
import { closed, pageOf } from '../identity/shapes.ts'
import { operation } from '../operation.ts'

export const getPermissions = operation({
  route: 'GET /permissions',
  summary: 'List permissions',
  description: 'Permissions that begin with `platform:` are held on the platform side only.',
  tag: 'Access',
  guard: 'signed-in',
  side: 'platform',
  answer: pageOf(Type.Object({ permission: Type.String(), roles: Type.Array(Type.String()) }, closed)),
  refuses: ['unauthenticated'],
  example: {},
  run: async () => ({
    body: {
      items: permissions.map((permission) => ({
        permission,
        roles: roleNames.filter((role) => platformPermissions(role).includes(permission)),
      })),
      next: null,
    },
  }),
})

// Answers whether somebody may do something somewhere.
import { checkAccess } from '@konfig/app'
import { permissions } from '@konfig/core'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'
import { operation } from '../operation.ts'

export const PermissionName = Type.Union(permissions.map((permission) => Type.Literal(permission)))

export const postAccessCheck = operation({
  route: 'POST /access/check',
  summary: 'Check access',
  description: 'For oneself, or, with member:write, for a `subject`: `user:<id or email>` or `key:<id or name>`.',
  tag: 'Access',
  guard: 'signed-in',
  side: 'tenant',
  body: Type.Object(
    {
      subject: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
      permission: PermissionName,
      namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
      environment: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
    },
    closed,
  ),
  answer: Type.Object({ allowed: Type.Boolean(), because: Type.String() }, closed),
  refuses: ['denied', 'resource_not_found', 'body_invalid'],
  example: { body: { permission: 'config:write', namespace: 'billing', environment: 'production' } },
  run: async (context, { body }) => ({ body: await checkAccess(context, body) }),
})

// Says who the caller is.
import { me } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, orNull } from './shapes.ts'

const Texts = Type.Array(Type.String())

export const getMe = operation({
  route: 'GET /auth/me',
  summary: 'Who am I',
  tag: 'Authentication',
  guard: 'signed-in',
  side: 'platform',
  answer: Type.Object(
    {
      type: Type.Union([Type.Literal('user'), Type.Literal('key')]),
      actor: Type.String(),
      email: orNull(Type.String()),
      displayName: orNull(Type.String()),
      name: orNull(Type.String({ description: 'The name of an API key.' })),
      tenant: orNull(Type.String()),
      acting: Type.Boolean(),
      grants: Type.Array(
        Type.Object(
          {
            permissions: Texts,
            namespaces: orNull(Type.Array(Type.String(), { description: 'null: all.' })),
            environments: orNull(Texts),
          },
          closed,
        ),
      ),
      platformPermissions: Texts,
      memberships: Type.Array(Type.Object({ tenant: Type.String(), roles: Texts }, closed)),
      platformRoles: Texts,
    },
    closed,
  ),
  refuses: ['unauthenticated'],
  example: {},
  run: async (context) => ({ body: await me(context) }),
})

// Gives a platform administrator an acting token for a tenant.
import { actIn } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, shownOnce } from './shapes.ts'

export const postToken = operation({
  route: 'POST /auth/token',
  summary: 'Act in a tenant',
  description:
    'Fifteen minutes with the rights of an admin there, without a refresh token; recorded in both access logs.',
  tag: 'Authentication',
  guard: 'platform:write',
  side: 'platform',
  body: Type.Object({ tenant: Type.String({ minLength: 1, maxLength: 63 }) }, closed),
  bodyLimit: 16_384,
  answer: Type.Object({ accessToken: Type.String(), expiresIn: Type.Integer(), tenant: Type.String() }, closed),
  refuses: ['denied', 'resource_not_found', 'unavailable'],
  example: { body: { tenant: 'acme' } },
  run: async (context, { body }) => ({ body: await actIn(context, body.tenant), headers: shownOnce }),
})

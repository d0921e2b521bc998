// Gives the next tokens for a refresh token.
import { refresh } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, shownOnce, Tokens } from './shapes.ts'

export const postRefresh = operation({
  route: 'POST /auth/refresh',
  summary: 'Refresh',
  description:
    'A refresh token is good once. The same one again within ten seconds answers the same successor; later it ends the session.',
  tag: 'Authentication',
  guard: 'public',
  side: 'platform',
  body: Type.Object({ refreshToken: Type.String({ minLength: 1, maxLength: 1000 }) }, closed),
  bodyLimit: 16_384,
  answer: Tokens,
  refuses: ['token_expired'],
  example: { body: { refreshToken: '{{refreshToken:owner}}' } },
  run: async (context, { body }) => ({ body: await refresh(context, body.refreshToken), headers: shownOnce }),
})

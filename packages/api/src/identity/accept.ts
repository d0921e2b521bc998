// Accepts an invitation, or uses a reset link.
import { accept } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Password, shownOnce, Tokens } from './shapes.ts'

export const postAccept = operation({
  route: 'POST /auth/accept',
  summary: 'Accept an invitation',
  description:
    'A new user sets a password; an existing one is logged in or sends theirs. A reset link is used here too, with the new password.',
  tag: 'Authentication',
  guard: 'public',
  side: 'platform',
  body: Type.Object(
    { invitation: Type.String({ minLength: 1, maxLength: 200 }), password: Type.Optional(Password) },
    closed,
  ),
  bodyLimit: 16_384,
  answer: Tokens,
  refuses: [
    'invitation_invalid',
    'unauthenticated',
    'login_failed',
    'password_invalid',
    'limit_reached',
    'rate_limited',
  ],
  example: { body: { invitation: '{{invitation}}', password: 'chosen-by-the-invited' } },
  run: async (context, { body }) => ({ body: await accept(context, body), headers: shownOnce }),
})

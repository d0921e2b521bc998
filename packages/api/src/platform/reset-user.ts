// Makes a one-time link for a user who lost the password.
import { resetUser } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, shownOnce } from '../identity/shapes.ts'

export const postReset = operation({
  route: 'POST /platform/users/{user}/reset',
  summary: 'Issue a reset link',
  description:
    'One-time, shown once, for a day. Only the user sets the new password: send it as `invitation` to the accept route.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  path: Type.Object({ user: Type.String({ minLength: 1, maxLength: 254, description: 'An id or an email.' }) }, closed),
  answer: Type.Object({ invitation: Type.String(), expiresAt: Type.String() }, closed),
  status: 201,
  refuses: ['denied', 'resource_not_found', 'owner_only', 'unavailable'],
  example: { path: { user: '{{user:viewer}}' } },
  run: async (context, { path }) => ({ status: 201, body: await resetUser(context, path.user), headers: shownOnce }),
})

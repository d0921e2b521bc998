// Changes the caller's password.
import { changePassword } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Nothing, Password } from './shapes.ts'

export const putPassword = operation({
  route: 'PUT /auth/password',
  summary: 'Change the password',
  description: 'Ends all other sessions of the user.',
  tag: 'Authentication',
  guard: 'signed-in',
  side: 'platform',
  body: Type.Object({ old: Password, new: Password }, closed),
  bodyLimit: 16_384,
  answer: Nothing,
  status: 204,
  refuses: ['login_failed', 'password_invalid', 'rate_limited', 'denied'],
  example: { body: { old: '{{password:owner}}', new: 'another-one-to-remember' } },
  run: async (context, { body }) => {
    await changePassword(context, body)
    return { body: null }
  },
})

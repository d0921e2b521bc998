// Logs a user in.
import { login } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Email, Password, shownOnce, Tokens } from './shapes.ts'

export const postLogin = operation({
  route: 'POST /auth/login',
  summary: 'Log in',
  description:
    'In the tenant that is named, else in the first that the user is a member of; `platform` names the platform itself.',
  tag: 'Authentication',
  guard: 'public',
  side: 'platform',
  body: Type.Object(
    { email: Email, password: Password, tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })) },
    closed,
  ),
  bodyLimit: 16_384,
  answer: Tokens,
  refuses: ['login_failed', 'rate_limited', 'body_invalid'],
  example: { body: { email: '{{email:owner}}', password: '{{password:owner}}', tenant: 'acme' } },
  run: async (context, { body }) => ({ body: await login(context, body), headers: shownOnce }),
})

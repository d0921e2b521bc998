// Registers a tenant with its owner.
import { register } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Email, Password, shownOnce, Tokens } from './shapes.ts'

export const postRegister = operation({
  route: 'POST /auth/register',
  summary: 'Register',
  description:
    'Makes a tenant and its owner, where registration is open. An email that is known already needs its password.',
  tag: 'Authentication',
  guard: 'public',
  side: 'platform',
  body: Type.Object(
    {
      tenant: Type.String({ minLength: 1, maxLength: 63 }),
      email: Email,
      password: Password,
      displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    },
    closed,
  ),
  bodyLimit: 16_384,
  answer: Tokens,
  status: 201,
  refuses: [
    'registration_closed',
    'already_exists',
    'login_failed',
    'password_invalid',
    'body_invalid',
    'name_invalid',
    'rate_limited',
  ],
  example: { body: { tenant: 'initech', email: 'peter@initech.example', password: 'a-stapler-of-my-own' } },
  run: async (context, { body }) => ({ body: await register(context, body), headers: shownOnce }),
})

// Lists the caller's sessions.
import { listSessions } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, orNull, pageOf, Time } from './shapes.ts'

export const getSessions = operation({
  route: 'GET /auth/sessions',
  summary: 'List own sessions',
  tag: 'Authentication',
  guard: 'signed-in',
  side: 'platform',
  answer: pageOf(
    Type.Object(
      {
        id: Type.String(),
        tenant: orNull(Type.String()),
        createdAt: Time,
        usedAt: Time,
        current: Type.Boolean(),
      },
      closed,
    ),
  ),
  refuses: ['denied'],
  example: {},
  run: async (context) => ({ body: { items: await listSessions(context), next: null } }),
})

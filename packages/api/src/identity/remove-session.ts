// Ends one of the caller's sessions.
import { removeSession } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Id, Nothing } from './shapes.ts'

export const deleteSession = operation({
  route: 'DELETE /auth/sessions/{id}',
  summary: 'End a session',
  tag: 'Authentication',
  guard: 'signed-in',
  side: 'platform',
  path: Type.Object({ id: Id }, closed),
  answer: Nothing,
  status: 204,
  refuses: ['resource_not_found', 'denied'],
  example: { path: { id: '{{session:owner}}' } },
  run: async (context, { path }) => {
    await removeSession(context, path.id)
    return { body: null }
  },
})

// Revokes an API key.
import { revokeApiKey } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Id, Nothing } from './shapes.ts'

export const deleteApiKey = operation({
  route: 'DELETE /api-keys/{id}',
  summary: 'Revoke an API key',
  description: 'The key is refused from the next request on.',
  tag: 'API keys',
  guard: 'key:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ id: Id }, closed),
  answer: Nothing,
  status: 204,
  refuses: ['denied', 'resource_not_found', 'precondition_failed'],
  example: { path: { id: '{{key}}' } },
  run: async (context, { path, expect }) => {
    await revokeApiKey(context, path.id, expect)
    return { body: null }
  },
})

// Shows an API key, never its text.
import { readApiKey } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { ApiKeyView } from './api-key.ts'
import { closed, Id } from './shapes.ts'

export const getApiKey = operation({
  route: 'GET /api-keys/{id}',
  summary: 'Show an API key',
  tag: 'API keys',
  guard: 'key:write',
  side: 'tenant',
  path: Type.Object({ id: Id }, closed),
  answer: ApiKeyView,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { id: '{{key}}' } },
  run: async (context, { path }) => {
    const { view, etag } = readApiKey(context, path.id)
    return { body: view, headers: { etag } }
  },
})

// Lists API keys.
import { listApiKeys } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { ApiKeyView } from './api-key.ts'
import { closed, nextLink, pageOf, pageQuery } from './shapes.ts'

export const getApiKeys = operation({
  route: 'GET /api-keys',
  summary: 'List API keys',
  tag: 'API keys',
  guard: 'key:write',
  side: 'tenant',
  query: Type.Object(
    {
      ...pageQuery,
      q: Type.Optional(Type.String({ maxLength: 200 })),
      role: Type.Optional(Type.String({ maxLength: 63 })),
      sort: Type.Optional(Type.String({ maxLength: 50 })),
    },
    closed,
  ),
  answer: pageOf(ApiKeyView),
  refuses: ['denied', 'malformed_request'],
  example: {},
  run: async (context, { query }) => {
    const found = await listApiKeys(context, query)
    return { body: found, headers: nextLink('/api-keys', query, found.next) }
  },
})

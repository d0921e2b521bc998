// Lists configs across namespaces.
import { listAllConfigs } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, ConfigShape, Name, pageOf, pageQuery, pageShape, sendPage } from './shapes.ts'

export const getAllConfigs = operation({
  route: 'GET /configs',
  summary: 'List configs across namespaces',
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ query }) => placeOf(query.namespace, undefined),
  query: Type.Object(
    {
      ...pageQuery,
      namespace: Type.Optional(Name),
      type: Type.Optional(Type.String({ maxLength: 20 })),
      definedBy: Type.Optional(Type.String({ maxLength: 20 })),
      combine: Type.Optional(Type.String({ maxLength: 20 })),
    },
    closed,
  ),
  answer: pageShape(ConfigShape),
  refuses: ['denied', 'resource_not_found', 'malformed_request'],
  example: { query: { q: 're' } },
  run: async (context, { query }) => {
    const { namespace, type, definedBy, combine } = query
    return sendPage(
      await listAllConfigs(context, { ...pageOf(query, { type, definedBy, combine }), namespace }),
      '/configs',
      query,
    )
  },
})

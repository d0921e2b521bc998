// Lists the configs of a namespace.
import { listConfigs } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, ConfigShape, NamespacePath, pageOf, pageQuery, pageShape, sendPage } from './shapes.ts'

export const getConfigs = operation({
  route: 'GET /namespaces/{ns}/configs',
  summary: 'List the configs of a namespace',
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ path }) => placeOf(path.ns, undefined),
  path: NamespacePath,
  query: Type.Object(
    {
      ...pageQuery,
      type: Type.Optional(Type.String({ maxLength: 20 })),
      definedBy: Type.Optional(Type.String({ maxLength: 20 })),
      combine: Type.Optional(Type.String({ maxLength: 20 })),
    },
    closed,
  ),
  answer: pageShape(ConfigShape),
  refuses: ['denied', 'resource_not_found', 'malformed_request'],
  example: { path: { ns: 'billing' } },
  run: async (context, { path, query }) => {
    const { type, definedBy, combine } = query
    return sendPage(
      await listConfigs(context, path.ns, pageOf(query, { type, definedBy, combine })),
      `/namespaces/${path.ns}/configs`,
      query,
    )
  },
})

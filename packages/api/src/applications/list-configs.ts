// Lists the definitions that an application reads.
import { listApplicationConfigs } from '@konfig/app'
import Type from 'typebox'
import { closed, pageOf, pageQuery, pageShape, sendPage } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { ApplicationConfigShape, ApplicationPath } from './shapes.ts'

export const getApplicationConfigs = operation({
  route: 'GET /applications/{id}/configs',
  summary: 'List the configs of an application',
  description:
    'The definitions of its namespaces, in their order. Of a key that several have, `wins` marks the one whose value is read wherever it has one.',
  tag: 'Applications',
  guard: 'config:read',
  side: 'tenant',
  path: ApplicationPath,
  query: Type.Object(
    {
      ...pageQuery,
      namespace: Type.Optional(Type.String({ maxLength: 63 })),
      type: Type.Optional(Type.String({ maxLength: 20 })),
      definedBy: Type.Optional(Type.String({ maxLength: 20 })),
      combine: Type.Optional(Type.String({ maxLength: 20 })),
      wins: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  answer: pageShape(ApplicationConfigShape),
  refuses: ['denied', 'resource_not_found', 'malformed_request'],
  example: { path: { id: 'shop' }, query: { wins: 'true' } },
  run: async (context, { path, query }) => {
    const { namespace, type, definedBy, combine, wins } = query
    return sendPage(
      await listApplicationConfigs(context, path.id, {
        ...pageOf(query, { type, definedBy, combine }),
        namespace,
        wins,
      }),
      `/applications/${path.id}/configs`,
      query,
    )
  },
})

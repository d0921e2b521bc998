// Lists applications.
import { listApplications } from '@konfig/app'
import Type from 'typebox'
import { closed, pageOf, pageQuery, pageShape, sendPage } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { ApplicationShape } from './shapes.ts'

export const getApplications = operation({
  route: 'GET /applications',
  summary: 'List applications',
  tag: 'Applications',
  guard: 'config:read',
  side: 'tenant',
  query: Type.Object(
    {
      ...pageQuery,
      owner: Type.Optional(Type.String({ maxLength: 200 })),
      contactEmail: Type.Optional(Type.String({ maxLength: 254 })),
      namespace: Type.Optional(Type.String({ maxLength: 63, description: 'Those that read this namespace.' })),
    },
    closed,
  ),
  answer: pageShape(ApplicationShape),
  refuses: ['denied', 'malformed_request'],
  example: { query: { namespace: 'billing' } },
  run: async (context, { query }) => {
    const { owner, contactEmail, namespace } = query
    return sendPage(
      await listApplications(context, { ...pageOf(query, { owner, contactEmail }), namespace }),
      '/applications',
      query,
    )
  },
})

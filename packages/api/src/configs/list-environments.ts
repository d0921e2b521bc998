// Lists environments, the platform's and one's own.
import { listEnvironments } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, EnvironmentShape, pageOf, pageQuery, pageShape, sendPage } from './shapes.ts'

export const getEnvironments = operation({
  route: 'GET /environments',
  summary: 'List environments',
  tag: 'Environments',
  guard: 'config:read',
  side: 'tenant',
  query: Type.Object(
    {
      ...pageQuery,
      definedBy: Type.Optional(Type.String({ maxLength: 20 })),
      parent: Type.Optional(Type.String({ maxLength: 63 })),
      protected: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  answer: pageShape(EnvironmentShape),
  refuses: ['denied', 'malformed_request'],
  example: { query: { sort: 'order' } },
  run: async (context, { query }) => {
    const { definedBy, parent, protected: isProtected } = query
    return sendPage(
      await listEnvironments(context, pageOf(query, { definedBy, parent, protected: isProtected })),
      '/environments',
      query,
    )
  },
})

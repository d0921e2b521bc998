// Lists namespaces, the platform's among them.
import { listNamespaces } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { NamespaceShape, closed, pageOf, pageQuery, pageShape, sendPage } from './shapes.ts'

export const getNamespaces = operation({
  route: 'GET /namespaces',
  summary: 'List namespaces',
  tag: 'Namespaces',
  guard: 'config:read',
  side: 'tenant',
  query: Type.Object(
    { ...pageQuery, definedBy: Type.Optional(Type.String({ maxLength: 20 })), closed: Type.Optional(Type.Boolean()) },
    closed,
  ),
  answer: pageShape(NamespaceShape),
  refuses: ['denied', 'malformed_request'],
  example: {},
  run: async (context, { query }) => {
    const { definedBy, closed: isClosed } = query
    return sendPage(await listNamespaces(context, pageOf(query, { definedBy, closed: isClosed })), '/namespaces', query)
  },
})

// Lists who may do something somewhere.
import { whoCan } from '@konfig/app'
import Type from 'typebox'
import { closed, nextLink, orNull, pageOf, pageQuery } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { PermissionName } from './check-access.ts'

export const getAccess = operation({
  route: 'GET /access',
  summary: 'List who may do something',
  tag: 'Access',
  guard: 'member:write',
  side: 'tenant',
  query: Type.Object(
    {
      permission: PermissionName,
      namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
      environment: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
      ...pageQuery,
    },
    closed,
  ),
  answer: pageOf(
    Type.Object(
      {
        subject: Type.String(),
        type: Type.Union([Type.Literal('user'), Type.Literal('key')]),
        name: orNull(Type.String()),
        because: Type.String(),
      },
      closed,
    ),
  ),
  refuses: ['denied', 'malformed_request'],
  example: { query: { permission: 'config:write', environment: 'production' } },
  run: async (context, { query }) => {
    const found = await whoCan(context, query)
    return { body: found, headers: nextLink('/access', query, found.next) }
  },
})

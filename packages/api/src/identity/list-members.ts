// Lists members.
import { listMembers } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { MemberView } from './member.ts'
import { closed, nextLink, pageOf, pageQuery } from './shapes.ts'

export const getMembers = operation({
  route: 'GET /members',
  summary: 'List members',
  tag: 'Members',
  guard: 'member:write',
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
  answer: pageOf(MemberView),
  refuses: ['denied', 'malformed_request'],
  example: { query: { role: 'viewer' } },
  run: async (context, { query }) => {
    const found = await listMembers(context, query)
    return { body: found, headers: nextLink('/members', query, found.next) }
  },
})

// Lists commits, newest first.
import { listCommits } from '@konfig/app'
import { isKindName } from '@konfig/core'
import Type from 'typebox'
import { nextLink } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { commitFields } from './shapes.ts'

const Kind = Type.Refine(Type.String({ maxLength: 50 }), isKindName, () => 'is not a kind')

export const getCommits = operation({
  route: 'GET /commits',
  summary: 'List commits',
  description: 'Newest first. With a filter a page may be short though `next` is there: follow it.',
  tag: 'Changes',
  guard: 'config:read',
  side: 'tenant',
  query: Type.Object(
    {
      kind: Type.Optional(Kind),
      resource: Type.Optional(Type.String({ maxLength: 400, description: 'An id, a name, or namespace/key.' })),
      actor: Type.Optional(Type.String({ maxLength: 100 })),
      from: Type.Optional(
        Type.String({ maxLength: 40, description: 'A revision or an RFC 3339 time, the oldest to list.' }),
      ),
      to: Type.Optional(
        Type.String({ maxLength: 40, description: 'A revision or an RFC 3339 time, the newest to list.' }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object(
    {
      items: Type.Array(Type.Object({ ...commitFields, changes: Type.Integer() }, { additionalProperties: false })),
      next: Type.Union([Type.String(), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  refuses: ['denied', 'malformed_request'],
  example: { query: { kind: 'config' } },
  run: async (context, { query }) => {
    const body = await listCommits(context, query)
    const path = context.side === 'platform' ? '/platform/commits' : '/commits'
    return { body, headers: nextLink(path, query, body.next) }
  },
})

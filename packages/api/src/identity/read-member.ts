// Shows a member.
import { readMember } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { MemberView } from './member.ts'
import { closed, Id } from './shapes.ts'

export const getMember = operation({
  route: 'GET /members/{id}',
  summary: 'Show a member',
  tag: 'Members',
  guard: 'member:write',
  side: 'tenant',
  path: Type.Object({ id: Id }, closed),
  answer: MemberView,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { id: '{{user:viewer}}' } },
  run: async (context, { path }) => {
    const { view, etag } = await readMember(context, path.id)
    return { body: view, headers: { etag } }
  },
})

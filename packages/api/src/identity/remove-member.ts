// Removes a member.
import { removeMember } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Id, Nothing } from './shapes.ts'

export const deleteMember = operation({
  route: 'DELETE /members/{id}',
  summary: 'Remove a member',
  description: 'The member is refused from the next request on.',
  tag: 'Members',
  guard: 'member:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ id: Id }, closed),
  answer: Nothing,
  status: 204,
  refuses: ['denied', 'resource_not_found', 'owner_only', 'last_owner', 'precondition_failed'],
  example: { path: { id: '{{user:reader}}' } },
  run: async (context, { path, expect }) => {
    await removeMember(context, path.id, expect)
    return { body: null }
  },
})

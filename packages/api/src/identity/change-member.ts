// Changes a member's roles.
import { changeMember } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { MemberView } from './member.ts'
import { closed, Id, RoleNames } from './shapes.ts'

export const patchMember = operation({
  route: 'PATCH /members/{id}',
  summary: "Change a member's roles",
  description: 'Nobody gives more than they hold, and only owners touch owners.',
  tag: 'Members',
  guard: 'member:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ id: Id }, closed),
  body: Type.Object({ roles: RoleNames }, closed),
  accepts: ['application/json', 'application/merge-patch+json'],
  answer: MemberView,
  refuses: [
    'denied',
    'resource_not_found',
    'grant_exceeds',
    'owner_only',
    'last_owner',
    'target_unknown',
    'precondition_failed',
  ],
  example: { path: { id: '{{user:viewer}}' }, body: { roles: ['viewer', 'editor'] } },
  run: async (context, { path, body, expect }) => {
    const { view, etag } = await changeMember(context, path.id, body, expect)
    return { body: view, headers: { etag } }
  },
})

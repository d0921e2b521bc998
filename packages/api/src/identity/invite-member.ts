// Invites somebody to be a member.
import { inviteMember } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Email, RoleNames, shownOnce, Time } from './shapes.ts'

export const postMember = operation({
  route: 'POST /members',
  summary: 'Invite a member',
  description: 'Answers an invitation, shown once and good for seven days; it is for you to send. Never a password.',
  tag: 'Members',
  guard: 'member:write',
  side: 'tenant',
  writes: true,
  body: Type.Object({ email: Email, roles: RoleNames }, closed),
  bodyLimit: 16_384,
  answer: Type.Object(
    {
      id: Type.String({ description: 'Of the invitation.' }),
      email: Type.String(),
      roles: Type.Array(Type.String()),
      invitation: Type.Optional(Type.String({ description: 'Left out of a dry run.' })),
      expiresAt: Time,
    },
    closed,
  ),
  status: 201,
  refuses: [
    'denied',
    'grant_exceeds',
    'target_unknown',
    'already_exists',
    'limit_reached',
    'already_created',
    'body_invalid',
  ],
  example: { body: { email: 'new@acme.example', roles: ['viewer'] } },
  run: async (context, { body }) => ({ body: await inviteMember(context, body), headers: shownOnce }),
})

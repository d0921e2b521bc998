// Invites the first owner of a tenant that has none.
import { inviteOwner } from '@konfig/app'
import Type from 'typebox'
import { closed, Email, shownOnce } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { OwnerInvitation, tenantPath } from './tenant-shapes.ts'

export const postOwner = operation({
  route: 'POST /platform/tenants/{tenant}/owner',
  summary: "Invite a tenant's first owner",
  description:
    'Only while the tenant has none. The invitation is shown once and good for seven days; it is for you to send.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  writes: true,
  path: tenantPath,
  body: Type.Object({ email: Email }, closed),
  answer: OwnerInvitation,
  status: 201,
  refuses: ['denied', 'resource_not_found', 'already_exists', 'malformed_request'],
  example: { path: { tenant: 'closing' }, body: { email: 'owner@closing.example' } },
  run: async (context, { path, body }) => ({
    status: 201,
    body: await inviteOwner(context, path.tenant, body.email),
    headers: shownOnce,
  }),
})

// A one-time link for a user who lost the password: made by the platform, used by the user alone.
import { failure, isUuid, KonfigError } from '@konfig/core'
import { actorOf, check, type Context, notFound } from '../context.ts'
import { normalEmail } from './email.ts'
import { issueInvitation } from './invitation.ts'
import { rolesOf } from './roles.ts'
import { findUser, readUser } from './user.ts'

const dayMillis = 24 * 3_600_000

export interface ResetLink {
  /** To be sent as `invitation` to the accept route, with the new password. */
  readonly invitation: string
  readonly expiresAt: string
}

/** By id or email. Rejects with `denied`, `resource_not_found`, `owner_only` for an owner of the platform, `unavailable` where it cannot be recorded. */
export const resetUser = async (context: Context, idOrEmail: string): Promise<ResetLink> => {
  const { app, caller, request } = context
  check({ caller, side: 'platform' }, 'platform:write')
  const found = isUuid(idOrEmail)
    ? await readUser(app, idOrEmail.toLowerCase())
    : await findUser(app, normalEmail(idOrEmail, '/path/user'))
  if (found === undefined) throw notFound('user', isUuid(idOrEmail) ? idOrEmail : 'with this email')
  const { id, epoch } = found.value
  const owner = rolesOf(app.platform.state().get('member', id)).includes('owner')
  const isOwner =
    caller.type !== 'anonymous' && caller.platformGrants.some(({ permissions }) => permissions.includes('tenant:own'))
  if (owner && !isOwner) throw new KonfigError(failure('owner_only'))
  // Whoever holds the link can become the user, so it is recorded before it is shown.
  await app.recordAccess(app.platformAccess, {
    type: 'reset_issued',
    actor: actorOf(context),
    resource: `user/${id}`,
    request: request.id,
  })
  const issued = await issueInvitation(app, { type: 'reset', userId: id, epoch }, dayMillis)
  return { invitation: issued.text, expiresAt: new Date(issued.expiresAt).toISOString() }
}

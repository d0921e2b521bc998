// Inviting somebody by email to be a member with some roles. Makes a one-time text, never a password; nothing is a member's until it is accepted.
import { failure, type Intention, KonfigError } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import { accessLogOf } from '../audit/log.ts'
import { actorOf, check, type Context, grantsOf, statesOf } from '../context.ts'
import { normalEmail } from './email.ts'
import { grantFailure } from './granting.ts'
import { claimKey, issueInvitation } from './invitation.ts'
import { roomFor } from './limit.ts'
import { findUser } from './user.ts'
import { unknownRole } from './member.ts'

const weekMillis = 7 * 24 * 3_600_000

export interface Invited {
  /** Of the invitation. */
  readonly id: string
  readonly email: string
  readonly roles: readonly string[]
  /** Absent for a dry run. */
  readonly invitation?: string
  readonly expiresAt: string
}

/** Rejects with `denied`, `grant_exceeds`, `target_unknown`, `already_exists` for somebody who is a member, `limit_reached`, `already_created`. */
export const inviteMember = async (
  context: Context,
  input: { readonly email: string; readonly roles: readonly string[] },
): Promise<Invited> => {
  const { app, side, request, tenant } = context
  check(context, 'member:write')
  const email = normalEmail(input.email)
  const { state, platform } = statesOf(context)
  const unknown = unknownRole(input.roles, side, state)
  if (unknown !== undefined) throw new KonfigError(unknown)
  const intention: Intention = { op: 'put', kind: 'member', name: app.ports.newId(), body: { roles: input.roles } }
  const exceeding = grantFailure(grantsOf(context), intention, side, state)
  if (exceeding !== undefined) throw new KonfigError(exceeding)
  const known = await findUser(app, email)
  if (known !== undefined && state.get('member', known.id) !== undefined)
    throw new KonfigError(failure('already_exists', { kind: 'member', name: 'with this email' }))
  const room = roomFor(context, 'members', state, platform)
  if (!room.ok) throw new KonfigError(room.failure)
  const { roles } = input
  const { dryRun, idempotency } = context.write
  const id = app.ports.newId()
  if (dryRun) return { id, email, roles, expiresAt: new Date(app.ports.now() + weekMillis).toISOString() }
  const invitedBy = actorOf(context)
  const giveBack = idempotency === undefined ? undefined : await claimKey(app, invitedBy, idempotency, id)
  try {
    // On the platform's side the caller's own tenant, if there is one, is not what is meant.
    const name = side === 'tenant' ? tenant?.name : undefined
    const issued = await issueInvitation(
      app,
      { type: 'member', side, tenant: name, email, roles, invitedBy, since: state.revision },
      weekMillis,
    )
    noteSoon(app, accessLogOf(context), {
      type: 'member_invited',
      actor: invitedBy,
      resource: `invitation/${id}`,
      request: request.id,
      data: { email: app.keyedHash(`email ${email}`), roles },
    })
    return { id, email, roles, invitation: issued.text, expiresAt: new Date(issued.expiresAt).toISOString() }
  } catch (reason) {
    await giveBack?.().catch(app.onError)
    throw reason
  }
}

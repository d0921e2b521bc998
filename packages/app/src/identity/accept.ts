// Accepting an invitation or using a reset link. An existing user proves to be that user; a new one sets a password.
// Promise: what was invited is judged by what the inviter may give today, so a dismissed inviter's invitations are void; and so are those from
// before somebody was removed, so nobody comes back by a second one that was never used.
import { failure, type Grant, KonfigError, ok, refuse, type Side, type State } from '@konfig/core'
import type { SealedRecord } from '@konfig/journal'
import { noteSoon } from '../audit/note.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { grantFailure } from './granting.ts'
import { type Invitation, readInvitation, spendInvitation } from './invitation.ts'
import { roomFor } from './limit.ts'
import { recordMembership } from './membership.ts'
import { provePassword } from './prove.ts'
import { grantsOfRoles, keyGrants, memberGrants, rolesOf } from './roles.ts'
import { endSessionsOf } from './session.ts'
import { openTokens, type Tokens } from './tokens.ts'
import { createUser, findUser, readUser, replacePassword, type User } from './user.ts'
import { actingGrants, mayAct } from './authenticate-token.ts'

type MemberInvitation = Extract<Invitation, { readonly type: 'member' }>
type Reset = Extract<Invitation, { readonly type: 'reset' }>

const invalid = (): KonfigError => new KonfigError(failure('invitation_invalid'))
const passwordNeeded = (): KonfigError =>
  new KonfigError(failure('password_invalid', { rule: 'send one with this link' }))

const inviterGrants = (actor: string, side: Side, state: State, platform: State, now: number): readonly Grant[] => {
  const [type, id = ''] = actor.split(':')
  if (type === 'user') {
    const own = memberGrants(state, side, id)
    if (own.length > 0 || side === 'platform' || !mayAct(memberGrants(platform, 'platform', id))) return own
    // The platform names a tenant's first owner, and no other.
    return hasOwner(state) ? actingGrants : grantsOfRoles(['owner'], side, state)
  }
  const key = type === 'key' ? state.byId(id) : undefined
  const expiresAt = key?.body['expiresAt']
  return key === undefined || key.deleted || (typeof expiresAt === 'number' && expiresAt <= now)
    ? []
    : keyGrants(key.body, side, state)
}

const hasOwner = (state: State): boolean => {
  for (const member of state.entries('member')) if (rolesOf(member).includes('owner')) return true
  return false
}

const proveUser = async (context: Context, email: string, password: string | undefined): Promise<User> => {
  const { app, caller } = context
  const found = await findUser(app, email)
  if (found !== undefined) {
    if (caller.type === 'user' && caller.userId === found.id && !caller.acting) return found.value
    if (password === undefined) throw new KonfigError(failure('unauthenticated'))
    return provePassword(context, email, password, found)
  }
  if (password === undefined) throw passwordNeeded()
  return createUser(app, { email, password })
}

const acceptMember = async (
  context: Context,
  found: SealedRecord<Invitation>,
  invitation: MemberInvitation,
  password: string | undefined,
): Promise<Tokens> => {
  const { app, request } = context
  const { side, roles, invitedBy } = invitation
  const tenant =
    side === 'platform' || invitation.tenant === undefined ? undefined : await app.directory.find(invitation.tenant)
  if (side === 'tenant' && tenant === undefined) throw invalid()
  const log = tenant === undefined ? app.platform : await app.logs.hold(tenant.config)
  const user = await proveUser(context, invitation.email, password)
  const caller = {
    type: 'user',
    actor: `user:${user.id}`,
    userId: user.id,
    sessionId: '',
    tenant,
    grants: [],
    platformGrants: [],
    acting: false,
  } as const
  const inside: Context = { app, caller, side, log, tenant, request, write: { dryRun: false } }
  const committed = await commit(
    inside,
    ({ state, platform }) => {
      // Somebody who is a member already keeps what they have.
      const before = state.record('member', user.id)
      if (before?.deleted === false) return ok({ intentions: [] })
      if (before !== undefined && before.revision > (invitation.since ?? 0)) return refuse('invitation_invalid')
      const held = inviterGrants(invitedBy, side, state, platform, app.ports.now())
      const put = { op: 'put', kind: 'member', name: user.id, body: { roles } } as const
      const mayInvite = held.some(({ permissions }) => permissions.includes('member:write'))
      if (!mayInvite || grantFailure(held, put, side, state) !== undefined) return refuse('invitation_invalid')
      const room = roomFor(inside, 'members', state, platform)
      return room.ok ? ok({ intentions: [put] }) : room
    },
    { trusted: 'an invitation' },
  )
  await spendInvitation(app, found)
  if (tenant !== undefined) await recordMembership(app, user.id, tenant.name)
  if (committed.commit !== undefined)
    noteSoon(app, tenant?.access ?? app.platformAccess, {
      type: 'rights_granted',
      actor: invitedBy,
      resource: `member/${user.id}`,
      request: request.id,
      data: { roles, accepted: true },
    })
  return openTokens(app, user, tenant?.name)
}

const acceptReset = async (
  context: Context,
  found: SealedRecord<Invitation>,
  reset: Reset,
  password: string | undefined,
): Promise<Tokens> => {
  const { app, request } = context
  const user = await readUser(app, reset.userId)
  if (user === undefined || user.value.epoch !== reset.epoch) throw invalid()
  if (password === undefined) throw passwordNeeded()
  if (!(await replacePassword(app, user, password))) throw invalid()
  await spendInvitation(app, found)
  await endSessionsOf(app, reset.userId)
  noteSoon(app, app.platformAccess, { type: 'password_reset', actor: `user:${reset.userId}`, request: request.id })
  const now = await readUser(app, reset.userId)
  if (now === undefined) throw invalid()
  return openTokens(app, now.value, undefined)
}

/**
 * Rejects with `invitation_invalid`, `unauthenticated` where an existing user must log in or send the password, `login_failed`,
 * `password_invalid`, `limit_reached`.
 */
export const accept = async (
  context: Context,
  input: { readonly invitation: string; readonly password?: string | undefined },
): Promise<Tokens> => {
  const found = await readInvitation(context.app, input.invitation)
  if (found === undefined) throw invalid()
  return found.value.type === 'member'
    ? acceptMember(context, found, found.value, input.password)
    : acceptReset(context, found, found.value, input.password)
}

// Inviting a tenant's first owner: the one member that the platform names. Who owns a tenant already is asked for everybody else.
import { failure, KonfigError, type State } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import { actorOf, check, type Context } from '../context.ts'
import { normalEmail } from '../identity/email.ts'
import { issueInvitation } from '../identity/invitation.ts'
import { rolesOf } from '../identity/roles.ts'
import { findTenant } from './read.ts'

export interface OwnerInvitation {
  readonly email: string
  /** One-time, shown once: whoever owns the email becomes the owner by accepting it. Absent for a dry run. */
  readonly invitation?: string
  readonly expiresAt: string
}

const weekMillis = 7 * 24 * 3_600_000

const hasOwner = (state: State): boolean => {
  for (const member of state.entries('member')) if (rolesOf(member).includes('owner')) return true
  return false
}

/** Refusals: `denied`, `resource_not_found`, `already_exists` where the tenant has an owner. An earlier invitation stays good until one is accepted. */
export const inviteOwner = async (context: Context, nameOrId: string, address: string): Promise<OwnerInvitation> => {
  check(context, 'platform:write')
  const { app, request, write } = context
  const email = normalEmail(address)
  const { entry, held } = await findTenant(context, nameOrId)
  const state = held.state()
  if (hasOwner(state)) throw new KonfigError(failure('already_exists', { kind: 'owner', name: 'of this tenant' }))
  if (write.dryRun) return { email, expiresAt: new Date(app.ports.now() + weekMillis).toISOString() }
  const invitedBy = actorOf(context)
  const issued = await issueInvitation(
    app,
    { type: 'member', side: 'tenant', tenant: entry.name, email, roles: ['owner'], invitedBy, since: state.revision },
    weekMillis,
  )
  const event = {
    type: 'member_invited',
    actor: invitedBy,
    request: request.id,
    data: { email: app.keyedHash(`email ${email}`), roles: ['owner'] },
  }
  noteSoon(app, entry.access, event)
  noteSoon(app, app.platformAccess, { ...event, resource: `tenant/${entry.name}` })
  return { email, invitation: issued.text, expiresAt: new Date(issued.expiresAt).toISOString() }
}

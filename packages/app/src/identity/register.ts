// Registration: a new tenant with its owner, who may be known already and then proves it. Open only where the installation says so.
import { failure, KonfigError } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import type { Context } from '../context.ts'
import { checkNewTenant, createTenant } from '../tenants/create.ts'
import { normalEmail } from './email.ts'
import { recordMembership } from './membership.ts'
import { provePassword } from './prove.ts'
import { openTokens, type Tokens } from './tokens.ts'
import { createUser, findUser, removeUser } from './user.ts'

export interface Registration {
  readonly tenant: string
  readonly email: string
  readonly password: string
  readonly displayName?: string | undefined
}

/** Rejects with `registration_closed`, `already_exists` (the tenant), `login_failed` for a known email with another password, `password_invalid`, `rate_limited`. */
export const register = async (context: Context, input: Registration): Promise<Tokens> => {
  const { app, request } = context
  if (app.options.registration !== 'open') throw new KonfigError(failure('registration_closed'))
  const email = normalEmail(input.email)
  const asked = { name: input.tenant, displayName: input.displayName, actor: 'system', request: request.id }
  checkNewTenant(app, asked)
  const taken = await app.directory.entry(input.tenant)
  if (taken !== undefined) throw new KonfigError(failure('already_exists', { kind: 'tenant', name: input.tenant }))
  const known = await findUser(app, email)
  const user =
    known === undefined
      ? await createUser(app, { email, password: input.password })
      : await provePassword(context, email, input.password, known)
  try {
    const actor = `user:${user.id}`
    const tenant = await createTenant(app, { ...asked, owner: { userId: user.id }, actor })
    await recordMembership(app, user.id, tenant.name)
    noteSoon(app, tenant.access, { type: 'registered', actor, request: request.id })
    return await openTokens(app, user, tenant.name)
  } catch (reason) {
    // Somebody else took the name meanwhile: a user made for nothing is taken back.
    const lost = reason instanceof KonfigError && reason.failure.code === 'already_exists'
    if (known === undefined && lost) await removeUser(app, user.id).catch(app.onError)
    throw reason
  }
}

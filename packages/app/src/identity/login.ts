// Login: a password for a session, in the tenant that was chosen or the first that the user is a member of.
import { failure, KonfigError } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import type { TenantRef } from '../caller.ts'
import type { Context } from '../context.ts'
import { normalEmail } from './email.ts'
import { membershipsOf, rolesIn } from './membership.ts'
import { provePassword } from './prove.ts'
import { memberGrants } from './roles.ts'
import { openTokens, type Tokens } from './tokens.ts'
import { findUser, type User } from './user.ts'

const platformName = 'platform'

const chosenTenant = async (
  { app }: Context,
  user: User,
  wanted: string | undefined,
): Promise<TenantRef | undefined> => {
  if (wanted === undefined) {
    for await (const { tenant } of membershipsOf(app, user.id)) return tenant
    return undefined
  }
  if (wanted === platformName && memberGrants(app.platform.state(), 'platform', user.id).length > 0) return undefined
  const tenant = await app.directory.find(wanted)
  // To whoever is no member a tenant does not exist, and a login to it fails like any other.
  if (tenant === undefined || (await rolesIn(app, tenant, user.id)).length === 0)
    throw new KonfigError(failure('login_failed'))
  return tenant
}

/** Rejects with `login_failed`, `rate_limited`. */
export const login = async (
  context: Context,
  input: { readonly email: string; readonly password: string; readonly tenant?: string | undefined },
): Promise<Tokens> => {
  const { app, request } = context
  const email = normalEmail(input.email)
  const user = await provePassword(context, email, input.password, await findUser(app, email), input.tenant)
  const tenant = await chosenTenant(context, user, input.tenant)
  const tokens = await openTokens(app, user, tenant?.name)
  noteSoon(app, tenant?.access ?? app.platformAccess, {
    type: 'login',
    actor: `user:${user.id}`,
    request: request.id,
    data: { address: app.keyedHash(`address ${request.address}`) },
  })
  return tokens
}

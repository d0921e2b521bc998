// From an access token to a caller: the session must live, and what the user may do is read from state, today.
import { failure, fixedRoles, type Grant, KonfigError, type Permission } from '@konfig/core'
import type { App } from '../app.ts'
import type { Caller } from '../caller.ts'
import { holdTenant } from './hold-tenant.ts'
import { memberGrants } from './roles.ts'
import { readSession } from './session.ts'
import { readToken } from './token.ts'

/** What a platform administrator may do while acting in a tenant: an admin's rights, never an owner's. */
export const actingGrants: readonly Grant[] = [
  { permissions: fixedRoles.admin, namespaces: undefined, environments: undefined },
]

export const mayAct = (platformGrants: readonly Grant[]): boolean =>
  platformGrants.some(({ permissions }: { readonly permissions: readonly Permission[] }) =>
    permissions.includes('platform:write'),
  )

/** Rejects with `unauthenticated` or `token_expired`. */
export const authenticateToken = async (app: App, token: string): Promise<Caller> => {
  const claims = await readToken(app, token)
  const session = await readSession(app, claims.userId, claims.sessionId)
  if (session === undefined) throw new KonfigError(failure('token_expired'))
  const platformGrants = memberGrants(app.platform.state(), 'platform', claims.userId)
  const user = {
    type: 'user',
    actor: `user:${claims.userId}`,
    userId: claims.userId,
    sessionId: claims.sessionId,
  } as const
  if (claims.tenant === undefined) return { ...user, tenant: undefined, grants: [], platformGrants, acting: false }

  const tenant = await app.directory.find(claims.tenant)
  if (tenant === undefined) throw new KonfigError(failure('token_expired'))
  if (claims.acting) {
    if (!mayAct(platformGrants)) throw new KonfigError(failure('token_expired'))
    // In the tenant's name only: the platform's side is not reached with this token.
    const { tenant: present } = await holdTenant(app, tenant)
    return { ...user, tenant: present, grants: actingGrants, platformGrants: [], acting: true }
  }
  const found = await holdTenant(app, tenant)
  const grants = memberGrants(found.held.state(), 'tenant', claims.userId)
  if (grants.length === 0) throw new KonfigError(failure('token_expired'))
  return { ...user, tenant: found.tenant, grants, platformGrants, acting: false }
}

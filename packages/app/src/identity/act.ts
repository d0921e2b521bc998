// Acting tokens: a platform administrator in a tenant, for fifteen minutes, seen in both access logs before it can be used.
import { failure, KonfigError } from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
import { userOf } from './signed-in.ts'
import { signToken } from './token.ts'

const actingSeconds = 900

export interface ActingToken {
  readonly accessToken: string
  readonly expiresIn: number
  readonly tenant: string
}

/** Rejects with `denied`, `resource_not_found`, `unavailable` where it cannot be recorded. There is no refresh token. */
export const actIn = async (context: Context, tenantName: string): Promise<ActingToken> => {
  const { app, caller, request } = context
  check({ caller, side: 'platform' }, 'platform:write')
  const { userId, sessionId, actor, acting } = userOf(caller)
  if (acting) throw new KonfigError(failure('denied', { permission: 'a token that is not an acting one', where: '' }))
  const tenant = await app.directory.find(tenantName)
  if (tenant === undefined) throw notFound('tenant', tenantName)
  const event = {
    type: 'acting_token',
    actor,
    resource: `tenant/${tenant.name}`,
    request: request.id,
    data: { seconds: actingSeconds },
  }
  await app.recordAccess(app.platformAccess, event)
  await app.recordAccess(tenant.access, event)
  const claims = { userId, sessionId, tenant: tenant.name, acting: true }
  return { accessToken: await signToken(app, claims, actingSeconds), expiresIn: actingSeconds, tenant: tenant.name }
}

// The index of a user's tenants, for choosing one at login. The truth is the member resource in each tenant's log.
import type { App } from '../app.ts'
import type { TenantRef } from '../caller.ts'
import { rolesOf } from './roles.ts'

const collection = 'memberships'

export interface Membership {
  readonly tenant: TenantRef
  readonly roles: readonly string[]
}

/** To be called once the member is committed. May be repeated. */
export const recordMembership = async (app: App, userId: string, tenant: string): Promise<void> => {
  await app.records.put(collection, `${userId}/${tenant}`, undefined, { tenant })
}

export const dropMembership = async (app: App, userId: string, tenant: string): Promise<void> => {
  const found = await app.records.get(collection, `${userId}/${tenant}`)
  if (found !== undefined) await app.records.delete(collection, found.id, found.version)
}

/** The user's roles in a tenant, none if there is no membership. */
export const rolesIn = async (app: App, tenant: TenantRef, userId: string): Promise<readonly string[]> => {
  const held = await app.logs.hold(tenant.config)
  return rolesOf(held.state().get('member', userId))
}

/** The tenants that the user is a member of today, by name; what the index still names and the log no longer has is left out. */
export async function* membershipsOf(app: App, userId: string): AsyncIterable<Membership> {
  let after: string | undefined
  for (;;) {
    const found = await app.records.list<{ readonly tenant: string }>(collection, {
      prefix: `${userId}/`,
      limit: 100,
      ...(after === undefined ? {} : { after }),
    })
    for (const { value } of found) {
      const tenant = await app.directory.find(value.tenant)
      const roles = tenant === undefined ? [] : await rolesIn(app, tenant, userId)
      if (tenant !== undefined && roles.length > 0) yield { tenant, roles }
    }
    after = found.at(-1)?.id
    if (found.length === 0) return
  }
}

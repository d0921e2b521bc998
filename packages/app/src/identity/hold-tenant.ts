// The log of a tenant that somebody claims to belong to. Owns what happens where that log was erased: the tenant is gone, or it was restored from a
// backup, and then it has other logs than this node remembers.
import { failure, KonfigError } from '@konfig/core'
import type { App } from '../app.ts'
import type { TenantRef } from '../caller.ts'
import { isErased } from '../logs/erased.ts'
import type { HeldLog } from '../logs/held-log.ts'

export interface HeldTenant {
  readonly tenant: TenantRef
  readonly held: HeldLog
}

/** Rejects with `unauthenticated` where there is no such tenant any more, `unavailable`. */
export const holdTenant = async (app: App, tenant: TenantRef): Promise<HeldTenant> => {
  try {
    return { tenant, held: await app.logs.hold(tenant.config) }
  } catch (reason) {
    if (!isErased(reason)) throw reason
    const now = await app.directory.renew(tenant)
    if (now === undefined || now.config === tenant.config) throw new KonfigError(failure('unauthenticated'))
    return { tenant: now, held: await app.logs.hold(now.config) }
  }
}

// Finding one tenant for the platform's side, by name or id. Who is reserved or closed is not there.
import type { Resource, State } from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
import type { DirectoryEntry } from '../directory.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { indexedEntry, tenantIn } from './entry.ts'
import { type TenantDetail, viewTenant } from './view.ts'

export interface FoundTenant {
  readonly entry: DirectoryEntry
  readonly held: HeldLog
}

/** Rejects with `resource_not_found`. */
export const findTenant = async ({ app }: Pick<Context, 'app'>, nameOrId: string): Promise<FoundTenant> => {
  const ref = await app.directory.find(nameOrId)
  const entry = ref === undefined ? undefined : (await app.directory.entry(ref.name))?.value
  if (ref === undefined || entry?.id !== ref.id || entry.standing !== 'active') throw notFound('tenant', nameOrId)
  return { entry, held: await app.logs.hold(entry.config) }
}

/** The same request, of the tenant's log. What the caller may do there is still what the platform gave: grants of a tenant are not lent. */
export const inTenant = (context: Context, { entry, held }: FoundTenant): Context => ({
  ...context,
  side: 'tenant',
  log: held,
  tenant: { id: entry.id, name: entry.name, config: entry.config, access: entry.access },
})

/** A tenant as a state of its log has it. */
export const detailOf = (entry: DirectoryEntry, state: State): TenantDetail => {
  const resource: Resource | undefined = tenantIn(state, entry.name)
  if (resource === undefined) throw notFound('tenant', entry.name)
  const { indexed: _, ...fresh } = entry
  return viewTenant(indexedEntry(fresh, state), resource)
}

export const readTenant = async (context: Context, nameOrId: string): Promise<TenantDetail> => {
  check(context, 'platform:read')
  const { entry, held } = await findTenant(context, nameOrId)
  return detailOf(entry, held.state())
}

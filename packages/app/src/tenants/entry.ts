// What the directory says of a tenant, read off the tenant's own log. An index: the log is the truth, and may be read again at any time.
import type { Labels, Resource, State } from '@konfig/core'
import type { App } from '../app.ts'
import type { TenantRef } from '../caller.ts'
import type { DirectoryEntry } from '../directory.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const statusOf = (value: unknown): DirectoryEntry['status'] =>
  value === 'suspended' || value === 'closed' ? value : 'active'

/** The tenant's own resource in its own log. */
export const tenantIn = (state: State, name: string): Resource | undefined => state.get('tenant', name)

/** The entry as the log's state makes it. An entry read off a newer revision stays as it is, so that the slower of two writers cannot undo it. */
export const indexedEntry = (entry: DirectoryEntry, state: State): DirectoryEntry => {
  if (entry.indexed !== undefined && entry.indexed >= state.revision) return entry
  const resource = tenantIn(state, entry.name)
  if (resource === undefined) return entry
  const { body } = resource
  const fields: { displayName?: string; plan?: string; brand?: string; region?: string; labels?: Labels } = {}
  for (const field of ['displayName', 'plan', 'brand', 'region'] as const) {
    const value = text(body[field])
    if (value !== undefined) fields[field] = value
  }
  if (resource.labels !== undefined) fields.labels = resource.labels
  const { id, name, config, access, journal, lived, standing, reservedAt } = entry
  return {
    id,
    name,
    config,
    access,
    ...(journal === undefined ? {} : { journal }),
    ...(lived === undefined ? {} : { lived }),
    standing,
    reservedAt,
    ...fields,
    status: statusOf(body['status']),
    indexed: state.revision,
  }
}

/** Brings the directory up to the newest state of the tenant's log. May be repeated after any failure. */
export const indexTenant = async (app: App, tenant: TenantRef): Promise<void> => {
  const held = await app.logs.hold(tenant.config)
  await app.directory.update(tenant.name, (entry) =>
    entry.id === tenant.id && entry.standing === 'active' ? indexedEntry(entry, held.state()) : entry,
  )
}

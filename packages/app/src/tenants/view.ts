// How a tenant looks from the platform's side: what the directory knows, and, where the log was read, its version and times.
import type { Labels, Resource } from '@konfig/core'
import type { DirectoryEntry } from '../directory.ts'

export interface TenantView {
  readonly id: string
  readonly name: string
  readonly displayName?: string
  readonly plan?: string
  readonly brand?: string
  readonly region?: string
  /** The journal that its logs are in, where that is not the main one. */
  readonly journal?: string
  readonly status: 'active' | 'suspended' | 'closed'
  readonly labels: Labels
  /** RFC 3339, UTC, as all times in answers. */
  readonly createdAt: string
}

export interface TenantDetail extends TenantView {
  readonly version: number
  /** The tenant's log's. */
  readonly revision: number
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

const timeOf = (millis: number): string => new Date(millis).toISOString()

export const viewEntry = ({
  id,
  name,
  displayName,
  plan,
  brand,
  region,
  journal,
  status,
  labels,
  reservedAt,
}: DirectoryEntry): TenantView => ({
  id,
  name,
  ...(displayName === undefined ? {} : { displayName }),
  ...(plan === undefined ? {} : { plan }),
  ...(brand === undefined ? {} : { brand }),
  ...(region === undefined ? {} : { region }),
  ...(journal === undefined ? {} : { journal }),
  status,
  labels: labels ?? {},
  createdAt: timeOf(reservedAt),
})

/** The entry must be the one that this state of the log makes. */
export const viewTenant = (entry: DirectoryEntry, resource: Resource): TenantDetail => ({
  ...viewEntry(entry),
  version: resource.version,
  revision: resource.revision,
  createdBy: resource.createdBy,
  updatedAt: timeOf(resource.updatedAt),
  updatedBy: resource.updatedBy,
})

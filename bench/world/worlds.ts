// The worlds that cases share. Names are folders of the cache.
import type { WorldToSeed } from './seed.ts'

/** One namespace of a tenant in all worlds but the large one. */
export const namespaceName = 'billing'

export const single: WorldToSeed = {
  name: 'single',
  tenants: 1,
  namespaces: [{ name: namespaceName, keys: 1000 }],
  snapshots: false,
}
/** 1,000 keys in all. */
export const few: WorldToSeed = {
  name: 'few',
  tenants: 10,
  namespaces: [{ name: namespaceName, keys: 100 }],
  snapshots: false,
}
/** 1,000,000 keys in all. */
export const many: WorldToSeed = { ...few, name: 'many', tenants: 10_000 }
/** 1,000,000 keys in one tenant. */
export const large: WorldToSeed = {
  name: 'large',
  tenants: 1,
  namespaces: Array.from({ length: 100 }, (_, index) => ({ name: `namespace-${index}`, keys: 10_000 })),
  snapshots: true,
  bystander: true,
}
/** A tenant that is written to, with a bystander. */
export const transfer: WorldToSeed = { ...single, name: 'transfer', bystander: true, role: 'editor' }

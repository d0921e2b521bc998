// What `apply` writes on each resource that it owns: which directory it came from, and a fingerprint of what was applied. A
// resource whose fingerprint no longer fits was changed by somebody else since. Pure but for the hash.
import type { Manifest } from '@konfig/files'
import { createHash } from 'node:crypto'

export const directoryLabel = 'konfig/directory'
export const appliedLabel = 'konfig/applied'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The same text for the same JSON, in whatever order its fields come. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .toSorted(([a], [b]) => compare(a, b))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join()}}`
}

export type Labels = NonNullable<Manifest['metadata']['labels']>

/** Labels that are people's own. */
export const ownLabels = (labels: Labels | undefined): Labels =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => name !== directoryLabel && name !== appliedLabel))

export const fingerprint = ({ metadata, spec }: Manifest): string =>
  createHash('sha256')
    .update(canonical([spec, ownLabels(metadata.labels)]))
    .digest('hex')
    .slice(0, 32)

/** The manifest as `apply` sends it. */
export const owned = (manifest: Manifest, directory: string): Manifest => ({
  ...manifest,
  metadata: {
    ...manifest.metadata,
    labels: {
      ...ownLabels(manifest.metadata.labels),
      [directoryLabel]: directory,
      [appliedLabel]: fingerprint(manifest),
    },
  },
})

/** What `apply --prune` deletes: the tombstone says whose it was, and without a fingerprint that no other hand deleted it. */
export const pruned = ({ kind, metadata }: Manifest, directory: string): Omit<Manifest, 'spec'> => ({
  kind,
  metadata: { ...metadata, labels: { [directoryLabel]: directory } },
})

/** The manifest as people keep it. */
export const disowned = ({ kind, metadata: { labels, ...metadata }, spec }: Manifest): Manifest => {
  const own = ownLabels(labels)
  return { kind, metadata: { ...metadata, ...(Object.keys(own).length === 0 ? {} : { labels: own }) }, spec }
}

export const ownerOf = ({ metadata }: Manifest): string | undefined => metadata.labels?.[directoryLabel]

/** Whether somebody else changed it since it was applied; false where it never was. */
export const isDrifted = (manifest: Manifest): boolean => {
  const applied = manifest.metadata.labels?.[appliedLabel]
  return applied !== undefined && applied !== fingerprint(manifest)
}

export const sameManifest = (a: Manifest, b: Manifest): boolean =>
  canonical([a.spec, a.metadata.labels ?? {}]) === canonical([b.spec, b.metadata.labels ?? {}])

// The records that counts of requests are kept in: the tenants of a month share 1,024 of them. Owns which is a tenant's, adding to one by
// compare-and-set, and taking a tenant out; knows nothing of when that is done.
import type { Millis } from '@konfig/core'
import type { SealedRecords } from '@konfig/journal'

/** Records that the tenants of a month share. At 50,000 tenants one holds 49; five million still fit. */
const groups = 1024

/** What a node knows of a record that it wrote: while nobody else wrote it, it needs not be read. */
interface Known {
  readonly version: string | undefined
  readonly counts: StoredCounts
}

export type StoredCounts = Readonly<Record<string, number>>

interface StoredGroup {
  readonly counts: StoredCounts
}

/** As versions before groups wrote it, one record a tenant and month. */
interface StoredCount {
  readonly requests: number
}

const collection = 'usage'
const attempts = 20

/** Two months after the month began nobody asks for its count any more than for an invoice's; a year keeps it for both. */
const keptFor = 400 * 24 * 3600 * 1000

/** Spread evenly, and the same on every node of every version: where a tenant's counts are depends on it. */
export const groupOf = (tenantId: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < tenantId.length; at++) hash = Math.imul(hash ^ tenantId.charCodeAt(at), 0x01000193) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) % groups
}

const groupPrefix = (group: number): string => `group-${group}.`

/** Of a group in a month. */
export const recordOf = (group: number, month: string): string => `${groupPrefix(group)}${month}`

export interface UsageRecords {
  /** Answers the counts of the whole group; undefined where others were faster each time. Rejects with `unavailable`. */
  readonly add: (at: string, adds: ReadonlyMap<string, number>) => Promise<StoredCounts | undefined>
  /** What is counted in the tenant's group, and alone, by versions before groups. */
  readonly load: (tenantId: string, month: string) => Promise<{ readonly alone: number; readonly grouped: number }>
  /** Takes a tenant out of all months. */
  readonly drop: (tenantId: string) => Promise<void>
  /** Every record is read before it is written again. */
  readonly forgetKnown: () => void
}

export const openUsageRecords = (records: SealedRecords, now: () => Millis): UsageRecords => {
  const known = new Map<string, Known>()

  const add: UsageRecords['add'] = async (at, adds) => {
    let before = known.get(at)
    known.delete(at)
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (before === undefined) {
        const found = await records.get<StoredGroup>(collection, at)
        before = { version: found?.version, counts: found?.value.counts ?? {} }
      }
      const counts: Record<string, number> = { ...before.counts }
      for (const [id, requests] of adds) counts[id] = (counts[id] ?? 0) + requests
      const version = await records.put(collection, at, before.version, { counts }, now() + keptFor)
      if (version !== undefined) {
        known.set(at, { version, counts })
        return counts
      }
      before = undefined
    }
    return undefined
  }

  const dropFromGroup = async (tenantId: string, at: string): Promise<void> => {
    known.delete(at)
    for (;;) {
      const found = await records.get<StoredGroup>(collection, at)
      if (found?.value.counts[tenantId] === undefined) return
      const { [tenantId]: _, ...counts } = found.value.counts
      const empty = Object.keys(counts).length === 0
      const done = empty
        ? await records.delete(collection, at, found.version)
        : (await records.put(collection, at, found.version, { counts }, found.expiresAt)) !== undefined
      if (done) return
    }
  }

  const drop = async (tenantId: string): Promise<void> => {
    for (let after: string | undefined; ; ) {
      const prefix = groupPrefix(groupOf(tenantId))
      const page = await records.list(collection, { prefix, limit: 100, ...(after === undefined ? {} : { after }) })
      for (const { id } of page) await dropFromGroup(tenantId, id)
      after = page.at(-1)?.id
      if (after === undefined) break
    }
    for (;;) {
      const found = await records.list(collection, { prefix: `${tenantId}.`, limit: 100 })
      for (const { id, version } of found) await records.delete(collection, id, version)
      if (found.length === 0) return
    }
  }

  return {
    add,
    drop,
    load: async (tenantId, month) => {
      const alone = await records.get<StoredCount>(collection, `${tenantId}.${month}`)
      const grouped = await records.get<StoredGroup>(collection, recordOf(groupOf(tenantId), month))
      return { alone: alone?.value.requests ?? 0, grouped: grouped?.value.counts[tenantId] ?? 0 }
    },
    forgetKnown: () => known.clear(),
  }
}

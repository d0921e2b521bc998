// What the memory adapters keep, so that several openings can share it. Owns the shape only.
import type { LogId, Revision } from '@konfig/core'
import type { StoredBatch } from '../journal.ts'
import type { StoredRecord } from '../records.ts'

export interface MemoryLog {
  /** In order, dense. */
  readonly batches: StoredBatch[]
  readonly snapshots: Map<Revision, readonly Uint8Array[]>
  erased: boolean
  /** The store's sequence number when this log last changed. */
  changed: number
}

export interface MemoryStore {
  readonly id: string
  readonly logs: Map<LogId, MemoryLog>
  /** collection, then id. */
  readonly records: Map<string, Map<string, StoredRecord>>
  readonly listeners: Set<() => void>
  sequence: number
}

export const createMemoryStore = (): MemoryStore => ({
  id: crypto.randomUUID(),
  logs: new Map(),
  records: new Map(),
  listeners: new Set(),
  sequence: 0,
})

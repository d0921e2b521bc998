// Both ports in memory, over one store; open a store again to see what another opening wrote.
import type { Clock, Journal } from '../journal.ts'
import type { Records } from '../records.ts'
import { createMemoryJournal } from './journal.ts'
import { createMemoryRecords } from './records.ts'
import { createMemoryStore, type MemoryStore } from './store.ts'

export { openMemoryAir } from './channel.ts'
export { createMemoryStore, type MemoryStore } from './store.ts'

export const openMemory = (options: {
  readonly clock: Clock
  readonly store?: MemoryStore
}): { readonly journal: Journal; readonly records: Records; readonly store: MemoryStore } => {
  const store = options.store ?? createMemoryStore()
  return { journal: createMemoryJournal(store), records: createMemoryRecords(store, options.clock), store }
}

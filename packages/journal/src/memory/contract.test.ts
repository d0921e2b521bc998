// The memory adapters against both contract suites; the levers are a gate before the port and a thief behind it.
import type { Journal } from '../journal.ts'
import { journalContract, recordsContract } from '../contract/index.ts'
import type { Records } from '../records.ts'
import { unavailable } from '../unavailable.ts'
import { createMemoryStore, openMemory } from './index.ts'

let store = createMemoryStore()
let frozen = false
let thief: 'away' | 'waiting' | 'done' = 'away'

const levers = {
  reset: async () => {
    store = createMemoryStore()
    frozen = false
    thief = 'away'
  },
  freeze: async () => {
    frozen = true
    return async () => {
      frozen = false
    }
  },
  cut: async () => {
    thief = 'waiting'
    return () => thief === 'done'
  },
}

const faulty = async <T>(write: () => Promise<T>, unknown: (answer: T) => T): Promise<T> => {
  if (frozen) throw unavailable()
  const answer = await write()
  if (thief !== 'waiting') return answer
  thief = 'done'
  return unknown(answer)
}

const gatedJournal = (journal: Journal): Journal => ({
  ...journal,
  append: (batches) =>
    faulty(
      () => journal.append(batches),
      (landings) => landings.map(() => 'unknown'),
    ),
})

const gatedRecords = (records: Records): Records => ({
  ...records,
  put: (write) =>
    faulty(
      () => records.put(write),
      () => 'unknown',
    ),
  delete: (key, expected) =>
    faulty(
      () => records.delete(key, expected),
      () => 'unknown',
    ),
})

journalContract('memory', {
  ...levers,
  open: async () => gatedJournal(openMemory({ clock: { now: Date.now }, store }).journal),
})
recordsContract('memory', { ...levers, open: async (clock) => gatedRecords(openMemory({ clock, store }).records) })

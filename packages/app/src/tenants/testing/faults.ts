// A process that stops at a chosen write: counts what the journal and the records are asked to store, and from one of them on nothing gets through.
import { failure, KonfigError } from '@konfig/core'
import type { Journal, Records } from '@konfig/journal'

export interface Faults {
  readonly journal: (journal: Journal) => Journal
  readonly records: (records: Records) => Records
  /** Writes so far since the last `arm`. */
  readonly count: () => number
  /** `before`: the write never happens. `after`: it happens, and nobody is told. `dead`: nothing works from then on, else that write alone fails. */
  readonly arm: (at: number, when: 'before' | 'after', dead: boolean) => void
}

export const faults = (): Faults => {
  let count = 0
  let at = Number.POSITIVE_INFINITY
  let when: 'before' | 'after' = 'before'
  let dead = false
  let gone = false

  const away = (): never => {
    throw new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 }))
  }
  const read = async <T>(work: () => Promise<T>): Promise<T> => (gone ? away() : work())
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (gone) return away()
    count += 1
    if (count !== at) return work()
    gone = dead
    if (when === 'after') await work()
    return away()
  }

  return {
    journal: (journal) => ({
      ...journal,
      append: (batches) => write(() => journal.append(batches)),
      erase: (log) => write(() => journal.erase(log)),
      read: (log, after, limit) => read(() => journal.read(log, after, limit)),
      head: (log) => read(() => journal.head(log)),
    }),
    records: (records) => ({
      ...records,
      get: (key) => read(() => records.get(key)),
      list: (collection, options) => read(() => records.list(collection, options)),
      put: (given) => write(() => records.put(given)),
      delete: (key, expected) => write(() => records.delete(key, expected)),
    }),
    count: () => count,
    arm: (...given) => {
      count = 0
      gone = false
      ;[at, when, dead] = given
    },
  }
}

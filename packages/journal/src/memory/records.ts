// Records in memory: exactly what the port says, for tests and trials. Time comes from the clock that is passed in.
import type { Clock } from '../journal.ts'
import { checkKey, checkWrite } from '../limits.ts'
import type { RecordKey, Records, StoredRecord } from '../records.ts'
import { unavailable } from '../unavailable.ts'
import type { MemoryStore } from './store.ts'

const byId = (a: StoredRecord, b: StoredRecord): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export const createMemoryRecords = (store: MemoryStore, clock: Clock): Records => {
  let closed = false

  const use = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (closed) throw unavailable()
      resolve(work())
    })

  const collectionOf = (name: string): Map<string, StoredRecord> => {
    const known = store.records.get(name)
    if (known !== undefined) return known
    const collection = new Map<string, StoredRecord>()
    store.records.set(name, collection)
    return collection
  }

  const expired = ({ expiresAt }: StoredRecord): boolean => expiresAt !== undefined && expiresAt <= clock.now()
  const copy = (record: StoredRecord): StoredRecord => ({ ...record, value: new Uint8Array(record.value) })
  const live = ({ collection, id }: RecordKey): StoredRecord | undefined => {
    const record = store.records.get(collection)?.get(id)
    return record === undefined || expired(record) ? undefined : record
  }

  return {
    get: (key) =>
      use(() => {
        checkKey(key)
        const record = live(key)
        return record && copy(record)
      }),

    put: (write) =>
      use(() => {
        checkWrite(write)
        const current = live(write)
        if (current?.version === write.version) return 'landed'
        if (current?.version !== write.expected) return 'conflict'
        const { expected: _expected, ...record } = write
        collectionOf(write.collection).set(write.id, copy(record))
        return 'landed'
      }),

    delete: (key, expected) =>
      use(() => {
        checkKey(key)
        if (live(key)?.version !== expected) return 'conflict'
        store.records.get(key.collection)?.delete(key.id)
        return 'landed'
      }),

    list: (collection, { prefix = '', after, limit }) =>
      use(() =>
        [...(store.records.get(collection)?.values() ?? [])]
          .filter(
            (record) => record.id.startsWith(prefix) && (after === undefined || record.id > after) && !expired(record),
          )
          .sort(byId)
          .slice(0, limit)
          .map(copy),
      ),

    sweep: () =>
      use(() => {
        let swept = 0
        for (const collection of store.records.values())
          for (const [id, record] of collection) if (expired(record) && collection.delete(id)) swept += 1
        return swept
      }),

    close: async () => {
      closed = true
    },
  }
}

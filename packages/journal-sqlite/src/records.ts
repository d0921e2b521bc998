// The records port over the SQLite thread. Time goes along with each call, so that the thread needs no clock.
import type { Clock, RecordOutcome, Records } from '@konfig/journal'
import { checkKey, checkWrite } from '@konfig/journal'
import { type Client, Unknown } from './client.ts'
import { again } from './journal.ts'

const outcome = (asked: Promise<RecordOutcome>): Promise<RecordOutcome> =>
  asked.catch((error: unknown) => {
    if (error instanceof Unknown) return 'unknown'
    throw error
  })

export const sqliteRecords = (client: Client, clock: Clock): Records => ({
  get: async (key) => {
    checkKey(key)
    return client.ask('getRecord', { key: { collection: key.collection, id: key.id }, now: clock.now() }).catch(again)
  },

  put: async (write) => {
    checkWrite(write)
    return outcome(
      client.ask('putRecord', { write: { ...write, value: new Uint8Array(write.value) }, now: clock.now() }),
    )
  },

  delete: async (key, expected) => {
    checkKey(key)
    return outcome(
      client.ask('deleteRecord', { key: { collection: key.collection, id: key.id }, expected, now: clock.now() }),
    )
  },

  list: (collection, { prefix = '', after = '', limit }) =>
    client.ask('listRecords', { collection, prefix, after, limit, now: clock.now() }).catch(again),

  sweep: () => client.ask('sweepRecords', clock.now()).catch(again),

  close: client.close,
})

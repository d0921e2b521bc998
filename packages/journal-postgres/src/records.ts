// The records port: compare-and-set by version, expiry by the clock that is passed in. Each write is one statement.
import {
  askAgain,
  type Clock,
  checkKey,
  checkWrite,
  type RecordKey,
  type RecordOutcome,
  type Records,
  type StoredRecord,
  Unknown,
} from '@konfig/journal'
import type { Database, Statement } from './database.ts'

const live = (now: string): string => `(expires_at IS NULL OR expires_at > ${now})`
const fields = 'collection, id, version, value, expires_at'

const get: Statement = {
  name: 'get-record',
  text: `SELECT ${fields} FROM konfig.records WHERE collection = $1 AND id = $2 AND ${live('$3')}`,
}
const create: Statement = {
  name: 'create-record',
  text: `
INSERT INTO konfig.records AS r (${fields}) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version, value = excluded.value, expires_at = excluded.expires_at
WHERE r.expires_at <= $6`,
}
const replace: Statement = {
  name: 'replace-record',
  text: `
UPDATE konfig.records SET version = $3, value = $4, expires_at = $5
WHERE collection = $1 AND id = $2 AND version = $7 AND ${live('$6')}`,
}
// As durable as the write that it finds: see the same in appending.
const settle: Statement = {
  name: 'settle-record',
  text: `
SELECT pg_logical_emit_message(true, 'konfig', '')::text FROM konfig.records
WHERE collection = $1 AND id = $2 AND version = $3 AND ${live('$4')}`,
}
const remove: Statement = {
  name: 'delete-record',
  text: `DELETE FROM konfig.records WHERE collection = $1 AND id = $2 AND version = $3 AND ${live('$4')}`,
}
// Ids are printable ASCII, so \x7f ends every prefix.
const list: Statement = {
  name: 'list-records',
  text: `
SELECT ${fields} FROM konfig.records
WHERE collection = $1 AND id > $2 AND id >= $3 AND id < $3 || E'\\x7f' AND ${live('$4')} ORDER BY id LIMIT $5`,
}
const sweep: Statement = { name: 'sweep-records', text: 'DELETE FROM konfig.records WHERE expires_at <= $1' }

interface Row extends RecordKey {
  readonly version: string
  readonly value: Uint8Array
  readonly expires_at: number | null
}

const stored = ({ collection, id, version, value, expires_at }: Row): StoredRecord =>
  expires_at === null ? { collection, id, version, value } : { collection, id, version, value, expiresAt: expires_at }

const outcome = (asked: Promise<RecordOutcome>): Promise<RecordOutcome> =>
  asked.catch((error: unknown) => {
    if (error instanceof Unknown) return 'unknown'
    throw error
  })

export const postgresRecords = (database: Database, clock: Clock, close: () => Promise<void>): Records => ({
  get: async (key) => {
    checkKey(key)
    const { rows } = await database.run<Row>(get, [key.collection, key.id, clock.now()]).catch(askAgain)
    return rows[0] && stored(rows[0])
  },

  put: async (write) => {
    checkWrite(write)
    const { collection, id, expected, version, value, expiresAt } = write
    const now = clock.now()
    const values = [collection, id, version, Buffer.from(value), expiresAt ?? null, now]
    return outcome(
      (async () => {
        const { count } =
          expected === undefined
            ? await database.run(create, values)
            : await database.run(replace, [...values, expected])
        if (count === 1) return 'landed'
        return (await database.run(settle, [collection, id, version, now])).count === 1 ? 'landed' : 'conflict'
      })(),
    )
  },

  delete: async (key, expected) => {
    checkKey(key)
    return outcome(
      database
        .run(remove, [key.collection, key.id, expected, clock.now()])
        .then(({ count }) => (count === 1 ? 'landed' : 'conflict')),
    )
  },

  list: async (collection, { prefix = '', after = '', limit }) => {
    const { rows } = await database.run<Row>(list, [collection, after, prefix, clock.now(), limit]).catch(askAgain)
    return rows.map(stored)
  },

  sweep: async () => (await database.run(sweep, [clock.now()]).catch(askAgain)).count,

  close,
})

// The records port: compare-and-set by version, expiry by the clock that is passed in. Each write is one statement.
import {
  askAgain,
  type Clock,
  checkKey,
  checkWrite,
  type RecordOutcome,
  type Records,
  type StoredRecord,
  Unknown,
} from '@konfig/journal'
import type { Database, Statement } from './database.ts'
import { makeSure } from './log/settle.ts'

const live = '(expires_at IS NULL OR expires_at > ?)'
const fields = 'collection, id, version, value, expires_at'

const get: Statement = { text: `SELECT ${fields} FROM konfig_records WHERE collection = ? AND id = ? AND ${live}` }
// In this order: each assignment sees what the ones before it have made of the row.
const overExpired = (field: string): string => `${field} = IF(expires_at <= ?, VALUES(${field}), ${field})`
const create: Statement = {
  text: `
INSERT INTO konfig_records (${fields}) VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE ${['version', 'value', 'expires_at'].map(overExpired).join(', ')}`,
}
const replace: Statement = {
  text: `UPDATE konfig_records SET version = ?, value = ?, expires_at = ? WHERE collection = ? AND id = ? AND version = ? AND ${live}`,
}
const settle: Statement = {
  text: `SELECT 1 AS there FROM konfig_records WHERE collection = ? AND id = ? AND version = ? AND ${live}`,
}
const remove: Statement = {
  text: `DELETE FROM konfig_records WHERE collection = ? AND id = ? AND version = ? AND ${live}`,
}
// Ids are printable ASCII, so \x7f ends every prefix.
const list: Statement = {
  text: `
SELECT ${fields} FROM konfig_records
WHERE collection = ? AND id > ? AND id >= ? AND id < ? AND ${live} ORDER BY id LIMIT ?`,
}
const sweep: Statement = { text: 'DELETE FROM konfig_records WHERE expires_at <= ?' }

interface Row {
  readonly collection: Buffer
  readonly id: Buffer
  readonly version: Buffer
  readonly value: Uint8Array
  readonly expires_at: number | null
}

const stored = ({ collection, id, version, value, expires_at }: Row): StoredRecord => ({
  collection: collection.toString('latin1'),
  id: id.toString('latin1'),
  version: version.toString('latin1'),
  value,
  ...(expires_at === null ? {} : { expiresAt: expires_at }),
})

const outcome = (asked: Promise<RecordOutcome>): Promise<RecordOutcome> =>
  asked.catch((error: unknown) => {
    if (error instanceof Unknown) return 'unknown'
    throw error
  })

export const mysqlRecords = (database: Database, clock: Clock, close: () => Promise<void>): Records => ({
  get: async (key) => {
    checkKey(key)
    const { rows } = await database.run<Row>(get, [key.collection, key.id, clock.now()]).catch(askAgain)
    return rows[0] && stored(rows[0])
  },

  put: async (write) => {
    checkWrite(write)
    const { collection, id, expected, version, value, expiresAt } = write
    const now = clock.now()
    const bytes = Buffer.from(value)
    const until = expiresAt ?? null
    return outcome(
      (async () => {
        const { count } =
          expected === undefined
            ? await database.run(create, [collection, id, version, bytes, until, now, now, now])
            : await database.run(replace, [version, bytes, until, collection, id, expected, now])
        if (count > 0) return 'landed'
        if ((await database.run(settle, [collection, id, version, now])).count === 0) return 'conflict'
        await makeSure(database)
        return 'landed'
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
    const { rows } = await database
      .run<Row>(list, [collection, after, prefix, `${prefix}\x7f`, clock.now(), limit])
      .catch(askAgain)
    return rows.map(stored)
  },

  sweep: async () => (await database.run(sweep, [clock.now()]).catch(askAgain)).count,

  close,
})

// Records in SQLite: compare-and-set by version, expiry by the time that comes with each call.
import type { StoredRecord } from '@konfig/journal'
import type { Handlers } from '../protocol.ts'
import type { Store } from './schema.ts'

interface Row {
  readonly collection: string
  readonly id: string
  readonly version: string
  readonly value: Uint8Array
  readonly expires_at: number | null
}

const stored = ({ collection, id, version, value, expires_at }: Row): StoredRecord =>
  expires_at === null ? { collection, id, version, value } : { collection, id, version, value, expiresAt: expires_at }

export const recordHandlers = ({
  database,
}: Store): Handlers<'getRecord' | 'putRecord' | 'deleteRecord' | 'listRecords' | 'sweepRecords'> => {
  const live = '(expires_at IS NULL OR expires_at > ?)'
  const get = database.prepare(
    `SELECT collection, id, version, value, expires_at FROM records WHERE collection = ? AND id = ? AND ${live}`,
  )
  const current = database.prepare(`SELECT version FROM records WHERE collection = ? AND id = ? AND ${live}`)
  const write = database.prepare(`
    INSERT INTO records (collection, id, version, value, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version, value = excluded.value, expires_at = excluded.expires_at`)
  const remove = database.prepare('DELETE FROM records WHERE collection = ? AND id = ?')
  // Ids are printable ASCII, so \x7f ends every prefix.
  const list = database.prepare(`
    SELECT collection, id, version, value, expires_at FROM records
    WHERE collection = ? AND id > ? AND id >= ? AND id < ? AND ${live} ORDER BY id LIMIT ?`)
  const sweep = database.prepare('DELETE FROM records WHERE expires_at <= ?')
  const settled = database.prepare('UPDATE format SET settled = 1 - settled')

  const versionOf = (collection: string, id: string, now: number): string | undefined =>
    (current.get(collection, id, now) as { version: string } | undefined)?.version

  return {
    getRecord: ({ key, now }) => {
      const row = get.get(key.collection, key.id, now) as Row | undefined
      return row === undefined ? undefined : stored(row)
    },

    putRecord: ({ write: { collection, id, expected, version, value, expiresAt }, now }) => {
      const found = versionOf(collection, id, now)
      if (found === version) {
        settled.run()
        return 'landed'
      }
      if (found !== expected) return 'conflict'
      write.run(collection, id, version, value, expiresAt ?? null)
      return 'landed'
    },

    deleteRecord: ({ key: { collection, id }, expected, now }) => {
      if (versionOf(collection, id, now) !== expected) return 'conflict'
      remove.run(collection, id)
      return 'landed'
    },

    listRecords: ({ collection, prefix, after, limit, now }) =>
      (list.all(collection, after, prefix, `${prefix}\x7f`, now, limit) as unknown as readonly Row[]).map(stored),

    sweepRecords: (now) => Number(sweep.run(now).changes),
  }
}

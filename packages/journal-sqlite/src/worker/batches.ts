// Batches in SQLite: the unique key (log, first) decides. Knows nothing of threads; runs inside whatever transaction is open.
import type { Batch, Landing, StoredBatch } from '@konfig/journal'
import type { Handlers } from '../protocol.ts'
import type { Store } from './schema.ts'

const maxRead = 16 * 1024 * 1024

interface Row {
  readonly first: number
  readonly last: number
  readonly checkpoint: number
  readonly payload: Uint8Array
}

export const batchHandlers = ({
  database,
  id,
}: Store): Handlers<'append' | 'read' | 'head' | 'changedSince' | 'trim' | 'erase' | 'health'> => {
  // The row before decides: it must end where this one begins. A gravestone ends at -1, where nothing begins.
  const insert = database.prepare(`
    INSERT INTO batches (log, first, last, payload)
    SELECT ?1, ?2, ?3, ?4
    WHERE coalesce((SELECT last FROM batches WHERE log = ?1 AND first < ?2 ORDER BY first DESC LIMIT 1), 0) = ?2 - 1
    ON CONFLICT (log, first) DO NOTHING`)
  const same = database.prepare(
    'SELECT 1 FROM batches WHERE log = ? AND first = ? AND last = ? AND checkpoint = 0 AND payload = ?',
  )
  const grave = database.prepare('SELECT 1 FROM batches WHERE log = ? AND first = 0')
  // Makes the answer to a repeat wait for a sync of its own: what is visible after a crash may never have been synced.
  const settled = database.prepare('UPDATE format SET settled = 1 - settled')
  const end = database.prepare('SELECT first, last FROM batches WHERE log = ? ORDER BY first DESC LIMIT 1')
  const page = database.prepare(`
    SELECT first, last, checkpoint, payload FROM batches
    WHERE log = ?1 AND first >= coalesce((SELECT first FROM batches WHERE log = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1), 0)
      AND last > ?2 ORDER BY first LIMIT ?3`)
  const newest = database.prepare('SELECT coalesce(max(number), 0) AS number FROM batches')
  const changed = database.prepare(
    'SELECT log, max(number) AS number, first, last FROM batches WHERE number > ? GROUP BY log',
  )
  const begins = database.prepare('SELECT 1 FROM batches WHERE log = ? AND first = ? AND first > 1')
  const standIn = database.prepare(
    'UPDATE batches SET last = ?, checkpoint = 1, payload = ? WHERE log = ? AND first = 1',
  )
  const cut = database.prepare('DELETE FROM batches WHERE log = ? AND first > 1 AND first < ?')
  const bury = database.prepare(
    "INSERT INTO batches (log, first, last, payload) VALUES (?, 0, -1, x'') ON CONFLICT (log, first) DO NOTHING",
  )
  const clear = database.prepare('DELETE FROM batches WHERE log = ? AND first > 0')
  const forget = database.prepare("UPDATE snapshots SET state = 'gone' WHERE log = ?")

  const land = ({ log, first, last, payload }: Batch): Landing => {
    if (Number(insert.run(log, first, last, payload).changes) === 1) return 'landed'
    if (grave.get(log) !== undefined) return 'erased'
    if (same.get(log, first, last, payload) === undefined) return 'conflict'
    settled.run()
    return 'landed'
  }

  const erased = (log: string): boolean => grave.get(log) !== undefined

  return {
    append: (batches) => batches.map(land),

    read: ({ log, after, limit }) => {
      if (erased(log)) return 'erased'
      const batches: StoredBatch[] = []
      let bytes = 0
      for (const row of page.iterate(log, after, limit) as Iterable<unknown> as Iterable<Row>) {
        bytes += row.payload.byteLength
        if (batches.length > 0 && bytes > maxRead) break
        batches.push({ log, first: row.first, last: row.last, payload: row.payload, checkpoint: row.checkpoint === 1 })
      }
      return batches
    },

    head: (log) => {
      const row = end.get(log) as { first: number; last: number } | undefined
      return row === undefined ? 0 : row.first === 0 ? 'erased' : row.last
    },

    changedSince: (cursor) => {
      const { number } = newest.get() as { number: number }
      const now = `${id}.${number}`
      if (cursor === undefined) return { changed: [], cursor: now }
      const [from, since] = cursor.split('.')
      const rows = changed.all(from === id ? Number(since) : 0) as unknown as readonly {
        log: string
        first: number
        last: number
      }[]
      // The cursor was taken first: what lands in between is answered again.
      return {
        changed: rows.map(({ log, first, last }) => ({ log, head: first === 0 ? ('erased' as const) : last })),
        cursor: now,
      }
    },

    trim: ({ log, before, checkpoint }) => {
      if (begins.get(log, before) === undefined) return false
      standIn.run(before - 1, checkpoint, log)
      cut.run(log, before)
      return true
    },

    erase: (log) => {
      bury.run(log)
      // Not even in free pages of the file.
      database.exec('PRAGMA secure_delete = ON')
      clear.run(log)
      database.exec('PRAGMA secure_delete = FAST')
      forget.run(log)
      return undefined
    },

    health: () => {
      newest.get()
      return undefined
    },
  }
}

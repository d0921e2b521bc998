// Which logs changed since a cursor. Numbers from a sequence would miss what commits late, so the cursor is the oldest transaction
// that was still open: everything before it had been seen, and whatever it and later ones write is answered, some of it twice.
import type { ChangedLog } from '@konfig/journal'
import type { Database, Statement } from '../database.ts'

const open = 'pg_snapshot_xmin(pg_current_snapshot())::text AS open'

const now: Statement = { name: 'now', text: `SELECT ${open}` }

const since: Statement = {
  name: 'since',
  text: `
SELECT ${open}, c.log, c.head, c.erased FROM (SELECT 1) always LEFT JOIN (
  SELECT log, max(last) AS head, bool_or(first = 0) AS erased FROM konfig.batches WHERE changed >= $1::text::xid8 GROUP BY log) c ON true`,
}

interface Row {
  readonly open: string
  readonly log: string | null
  readonly head: number
  readonly erased: boolean
}

export const changedSince = async (
  database: Database,
  installation: string,
  cursor: string | undefined,
): Promise<{ readonly changed: readonly ChangedLog[]; readonly cursor: string }> => {
  if (cursor === undefined) {
    const { rows } = await database.run<Row>(now, [])
    return { changed: [], cursor: `${installation}.${rows[0]?.open ?? 0}` }
  }
  const [from, oldest = ''] = cursor.split('.')
  const known = from === installation && /^\d{1,20}$/.test(oldest)
  const { rows } = await database.run<Row>(since, [known ? oldest : '0'])
  return {
    changed: rows.flatMap(({ log, head, erased }) =>
      log === null ? [] : [{ log, head: erased ? ('erased' as const) : head }],
    ),
    cursor: `${installation}.${rows[0]?.open ?? 0}`,
  }
}

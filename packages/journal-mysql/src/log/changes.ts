// Which logs changed since a cursor. Commits do not become visible in the order of any number that is given at their start, so the cursor
// is the server's time, and the last 60 seconds before it are answered again: no transaction takes that long.
import type { ChangedLog } from '@konfig/journal'
import type { Database, Statement } from '../database.ts'

const again = 60
const clock = "DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%d %H:%i:%s.%f') AS now"

const now: Statement = { text: `SELECT ${clock}` }

const since: Statement = {
  text: `
SELECT ${clock}, c.log, c.head, c.erased FROM (SELECT 1) always LEFT JOIN (
  SELECT log, MAX(last) AS head, MIN(first) = 0 AS erased FROM konfig_batches
  WHERE changed >= CAST(? AS DATETIME(6)) - INTERVAL ${again} SECOND GROUP BY log) c ON 1 = 1`,
}

const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/
const beginning = '1971-01-01 00:00:00.000000'

interface Row {
  readonly now: string
  readonly log: Buffer | null
  readonly head: number
  readonly erased: number
}

export const changedSince = async (
  database: Database,
  installation: string,
  cursor: string | undefined,
): Promise<{ readonly changed: readonly ChangedLog[]; readonly cursor: string }> => {
  const next = (rows: readonly Row[]): string => `${installation}/${rows[0]?.now ?? beginning}`
  if (cursor === undefined) return { changed: [], cursor: next((await database.run<Row>(now)).rows) }
  const [from, then = ''] = cursor.split('/')
  const known = from === installation && time.test(then)
  const { rows } = await database.run<Row>(since, [known ? then : beginning])
  return {
    changed: rows.flatMap(({ log, head, erased }) =>
      log === null ? [] : [{ log: log.toString('latin1'), head: erased === 1 ? ('erased' as const) : head }],
    ),
    cursor: next(rows),
  }
}

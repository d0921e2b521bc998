// Reads a log: whole batches in order, and its head.
import type { LogId, Revision } from '@konfig/core'
import { maxRead, type StoredBatch } from '@konfig/journal'
import type { Database, Statement } from '../database.ts'

const grave: Statement = { name: 'grave', text: 'SELECT 1 FROM konfig.batches WHERE log = $1 AND first = 0' }

// Sizes are known without loading what they belong to, so a page is cut before anything large is touched.
const page: Statement = {
  name: 'page',
  text: `
SELECT first, last, checkpoint, payload FROM (
  SELECT b.first, b.last, b.checkpoint, p.payload,
    row_number() OVER (ORDER BY b.first) AS place, sum(octet_length(p.payload)) OVER (ORDER BY b.first) AS bytes
  FROM konfig.batches b JOIN konfig.payloads p ON p.log = b.log AND p.first = b.first
  WHERE b.log = $1 AND p.log = $1 AND b.last > $2
    AND b.first >= coalesce((SELECT c.first FROM konfig.batches c WHERE c.log = $1 AND c.first <= $2 ORDER BY c.first DESC LIMIT 1), 0)
  ORDER BY b.first LIMIT $3) cut
WHERE place = 1 OR bytes <= ${maxRead} ORDER BY first`,
}

const end: Statement = {
  name: 'end',
  text: `
SELECT last, EXISTS (SELECT FROM konfig.batches WHERE log = $1 AND first = 0) AS erased
FROM konfig.batches WHERE log = $1 ORDER BY first DESC LIMIT 1`,
}

export const readLog = async (
  database: Database,
  log: LogId,
  after: Revision,
  limit: number,
): Promise<readonly StoredBatch[] | 'erased'> =>
  database.within([log], async (run) => {
    // In this order: a log that is erased in between answers erased, not an end.
    const [batches, graves] = await Promise.all([
      run<Omit<StoredBatch, 'log'>>(page, [log, after, Math.min(limit, 100_000)]),
      run(grave, [log]),
    ])
    if (graves.count > 0) return 'erased'
    return batches.rows.map(({ first, last, checkpoint, payload }) => ({ log, first, last, checkpoint, payload }))
  })

export const headOf = async (database: Database, log: LogId): Promise<Revision | 'erased'> => {
  const { rows } = await database.run<{ last: number; erased: boolean }>(end, [log])
  const [row] = rows
  return row === undefined ? 0 : row.erased ? 'erased' : row.last
}

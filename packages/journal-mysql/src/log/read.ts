// Reads a log: whole batches in order, none that a crash of the server could still take back, and its head.
import type { LogId, Revision } from '@konfig/core'
import { maxRead, type StoredBatch } from '@konfig/journal'
import type { Database, Statement } from '../database.ts'
import { makeSure } from './settle.ts'

/** What is older was acknowledged, or given up, long ago: the server writes its log to the disk every second. */
const youngSeconds = 60

// In one statement, which sees one state: a log that is erased or trimmed in between must not look as if it had ended.
// Sizes are known without loading what they belong to, so a page is cut before anything large is touched. Rows come in no order:
// sorting them there would copy their bytes into files.
const page: Statement = {
  text: `
SELECT e.erased, b.first, b.last, b.checkpoint, b.payload, b.parts, p.position, p.bytes AS part,
  b.changed > UTC_TIMESTAMP(6) - INTERVAL ${youngSeconds} SECOND AS young
FROM (SELECT EXISTS (SELECT 1 FROM konfig_batches g WHERE g.log = ? AND g.first = 0) AS erased) e
LEFT JOIN (
  SELECT first FROM (
    SELECT first, ROW_NUMBER() OVER (ORDER BY first) AS place, SUM(bytes) OVER (ORDER BY first) AS total FROM (
      SELECT s.first, s.bytes FROM konfig_batches s WHERE s.log = ? AND s.last > ?
        AND s.first >= coalesce((SELECT c.first FROM konfig_batches c WHERE c.log = ? AND c.first <= ? ORDER BY c.first DESC LIMIT 1), 0)
      ORDER BY s.first LIMIT ?) page) sized
  WHERE place = 1 OR total <= ${maxRead}) cut ON 1 = 1
LEFT JOIN konfig_batches b ON b.log = ? AND b.first = cut.first
LEFT JOIN konfig_parts p ON b.parts > 0 AND p.log = ? AND p.first = b.first`,
}

const end: Statement = {
  text: `
SELECT last, EXISTS (SELECT 1 FROM konfig_batches g WHERE g.log = ? AND g.first = 0) AS erased
FROM konfig_batches WHERE log = ? ORDER BY first DESC LIMIT 1`,
}

interface Row {
  readonly erased: number
  readonly first: Revision | null
  readonly last: Revision
  readonly checkpoint: number
  readonly payload: Buffer
  readonly position: number
  readonly part: Buffer | null
  readonly young: number | null
}

const payloadOf = (rows: readonly Row[]): Uint8Array => {
  const [only] = rows
  if (only?.part === null) return only.payload
  const parts = rows.toSorted((a, b) => a.position - b.position).flatMap(({ part }) => part ?? [])
  return Buffer.concat(parts)
}

export const readLog = async (
  database: Database,
  log: LogId,
  after: Revision,
  limit: number,
): Promise<readonly StoredBatch[] | 'erased'> => {
  const { rows } = await database.run<Row>(
    page,
    [log, log, after, log, after, Math.min(limit, 100_000), log, log],
    maxRead,
  )
  if (rows[0]?.erased === 1) return 'erased'
  // The server shows a row before it is on its disk. Whoever went on from one that a crash then took would stand where no log goes on.
  if (rows.some(({ young }) => young === 1)) await makeSure(database)
  const batches = Map.groupBy(
    rows.filter(({ first }) => first !== null),
    ({ first }) => first ?? 0,
  )
  return [...batches]
    .toSorted(([a], [b]) => a - b)
    .map(([first, of]) => ({
      log,
      first,
      last: of[0]?.last ?? 0,
      checkpoint: of[0]?.checkpoint === 1,
      payload: payloadOf(of),
    }))
}

export const headOf = async (database: Database, log: LogId): Promise<Revision | 'erased'> => {
  const { rows } = await database.run<{ last: number; erased: number }>(end, [log, log])
  const [row] = rows
  return row === undefined ? 0 : row.erased === 1 ? 'erased' : row.last
}

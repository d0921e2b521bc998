// Appends batches of different logs in one statement, durable when it answers. The unique key (log, first) decides.
import { hash } from 'node:crypto'
import { type Batch, type KnownEnds, type Landing, Unknown } from '@konfig/journal'
import type { Answer, Database, Run, Statement } from '../database.ts'
import { partBytes } from '../schema/tables.ts'
import { makeSure } from './settle.ts'

interface Given extends Batch {
  readonly digest: Buffer
}

const bytesOf = (payload: Uint8Array): Buffer => Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
const keyOf = (log: string): Buffer => Buffer.from(log, 'latin1')
export const digestOf = (payload: Uint8Array): Buffer => hash('sha256', payload, 'buffer')

const columns = 'log, first, last, digest, changed, bytes, parts, payload'
/** A row that is there stays as it is, and is not counted. */
const unlessThere = 'ON DUPLICATE KEY UPDATE log = konfig_batches.log'

// The row before must end where this one begins; rows do not change, so looking for it cannot race. Without one the answer is 0,
// and a gravestone answers -1, where nothing begins. What stands behind a gravestone was left by an append that raced with it.
const grave = (log: string): string => `SELECT 1 FROM konfig_batches g WHERE g.log = ${log} AND g.first = 0`
const before = (log: string, first: string): string =>
  `coalesce((SELECT b.last FROM konfig_batches b WHERE b.log = ${log} AND b.first < ${first} ORDER BY b.first DESC LIMIT 1), 0)`

/**
 * MySQL takes the type of a parameter that is selected from nowhere, so it is told; MariaDB takes that of the value, and would pay for the
 * cast with a temporary file. It skips comments of the versions 5.7.
 */
const typed = (type: string): string => `/*!50701 CAST( */ ? /*!50701 AS ${type}) */`
const [binary, number] = [typed('BINARY'), typed('SIGNED')]

const insertWhere = (condition: string): Statement => ({
  text: `
INSERT INTO konfig_batches (${columns})
SELECT ${binary}, ${number}, ${number}, ${binary}, UTC_TIMESTAMP(6), ${number}, ${number}, ${binary}
FROM ${condition} AND NOT EXISTS (${grave('?')})
${unlessThere}`,
})
const one = insertWhere(`DUAL WHERE ${before('?', '?')} = ? - 1`)
// Where the batch before is known from having landed here, a look at its row takes the place of the search: trims leave the last row of a log.
// Where that finds nothing, what was known is out of date, and the search decides.
const after = insertWhere('konfig_batches b WHERE b.log = ? AND b.first = ? AND b.last = ? - 1')

const insertOne = async (run: Run, ends: KnownEnds, batch: Given, parts: number): Promise<boolean> => {
  const { log, first, last, digest, payload } = batch
  const key = keyOf(log)
  const inline = parts === 0 ? bytesOf(payload) : Buffer.alloc(0)
  const insert = (statement: Statement, from: number): Promise<Answer<never>> =>
    run(statement, [key, first, last, digest, payload.byteLength, parts, inline, key, from, first, key])
  const known = ends.before(batch)
  return (known !== undefined && (await insert(after, known)).count === 1) || (await insert(one, first)).count === 1
}

const part: Statement = { text: 'INSERT INTO konfig_parts (log, first, position, bytes) VALUES (?, ?, ?, ?)' }

/** What does not fit into one packet: the row first, which decides, then its parts, all in one transaction. */
const insertLarge = (database: Database, ends: KnownEnds, batch: Given): Promise<boolean> =>
  database.within(async (run) => {
    const parts = Math.ceil(batch.payload.byteLength / partBytes)
    if (!(await insertOne(run, ends, batch, parts))) return false
    for (let at = 0; at < parts; at += 1) {
      const bytes = bytesOf(batch.payload.subarray(at * partBytes, (at + 1) * partBytes))
      await run(part, [keyOf(batch.log), batch.first, at, bytes])
    }
    return true
  })

/** Those of the batches that may be inserted. */
const fitting = async (database: Database, batches: readonly Given[]): Promise<readonly Given[]> => {
  const given = batches.map(() => 'SELECT ? AS log, ? AS first').join(' UNION ALL ')
  const { rows } = await database.run<{ log: Buffer; first: number }>(
    {
      text: `SELECT u.log, u.first FROM (${given}) u WHERE NOT EXISTS (${grave('u.log')}) AND ${before('u.log', 'u.first')} = u.first - 1`,
      whole: true,
    },
    batches.flatMap(({ log, first }) => [keyOf(log), first]),
  )
  const allowed = new Set(rows.map(({ log }) => log.toString('latin1')))
  return batches.filter(({ log }) => allowed.has(log))
}

/** All at once; whether every one of them was new. In one order, so that two calls never wait for each other in a circle. */
const insertMany = async (database: Database, batches: readonly Given[]): Promise<boolean> => {
  const fit = [...(await fitting(database, batches))].sort((a, b) => (a.log < b.log ? -1 : 1))
  if (fit.length === 0) return false
  const rows = fit.map(() => '(?, ?, ?, ?, UTC_TIMESTAMP(6), ?, 0, ?)').join(', ')
  const { count } = await database.run(
    { text: `INSERT INTO konfig_batches (${columns}) VALUES ${rows} ${unlessThere}`, whole: true },
    fit.flatMap(({ log, first, last, digest, payload }) => [
      keyOf(log),
      first,
      last,
      digest,
      payload.byteLength,
      bytesOf(payload),
    ]),
    fit.reduce((sum, { payload }) => sum + payload.byteLength, 0),
  )
  return count === batches.length
}

interface Found {
  readonly log: Buffer
  readonly first: number
  readonly last: number
  readonly checkpoint: number
  readonly digest: Buffer
}

/** What was not inserted may be there already, from an attempt whose answer was lost: the digests tell. */
const settle = async (database: Database, batches: readonly Given[]): Promise<readonly Landing[]> => {
  const { rows } = await database.run<Found>(
    {
      text: `SELECT log, first, last, checkpoint, digest FROM konfig_batches WHERE ${batches.map(() => '(log = ? AND first IN (0, ?))').join(' OR ')}`,
      whole: true,
    },
    batches.flatMap(({ log, first }) => [keyOf(log), first]),
  )
  const found = new Map(
    rows.map((row) => [`${row.first === 0 ? 'grave' : 'batch'} ${row.log.toString('latin1')}`, row]),
  )
  const landings = batches.map(({ log, last, digest }): Landing => {
    if (found.has(`grave ${log}`)) return 'erased'
    const row = found.get(`batch ${log}`)
    return row?.last === last && row.checkpoint === 0 && row.digest.equals(digest) ? 'landed' : 'conflict'
  })
  if (landings.includes('landed')) await makeSure(database)
  return landings
}

const insert = (database: Database, ends: KnownEnds, batches: readonly Given[]): Promise<boolean> => {
  const [only] = batches
  if (only === undefined || batches.length > 1) return insertMany(database, batches)
  if (only.payload.byteLength > partBytes) return insertLarge(database, ends, only)
  return insertOne((statement, values) => database.run(statement, values, only.payload.byteLength), ends, only, 0)
}

/** At most one batch of a log. All of them share one outcome where it is not known, or where nothing was stored. */
export const appendGroup = async (
  database: Database,
  ends: KnownEnds,
  batches: readonly Batch[],
): Promise<readonly Landing[]> => {
  const given = batches.map((batch) => ({ ...batch, digest: digestOf(batch.payload) }))
  if (await insert(database, ends, given)) {
    for (const batch of batches) ends.note(batch)
    return batches.map(() => 'landed')
  }
  // From here on some may have landed, now or in an attempt before: a failure to look says nothing of that.
  return settle(database, given).catch((error: unknown) => {
    throw new Unknown('what landed could not be read', { cause: error })
  })
}

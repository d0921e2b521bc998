// Appends batches of different logs in one statement, durable when it answers. The unique key (log, first) decides.
import { hash } from 'node:crypto'
import type { Batch, KnownEnds, Landing } from '@konfig/journal'
import { type Database, listed, type Statement } from '../database.ts'

const standing = (log: string): string =>
  `NOT EXISTS (SELECT FROM konfig.batches g WHERE g.log = ${log} AND g.first = 0)`
// The row before must end where this one begins; rows do not change, so looking for it cannot race. Without one the answer is 0,
// and a gravestone answers -1, where nothing begins. What stands behind a gravestone was left by an append that raced with it.
const follows = (from: string): string => `
  ${standing(`${from}.log`)}
  AND coalesce((SELECT b.last FROM konfig.batches b WHERE b.log = ${from}.log AND b.first < ${from}.first
                ORDER BY b.first DESC LIMIT 1), 0) = ${from}.first - 1`

// The logs are named inside the statement, which saves three trips. That is sound for an insert alone: its guard looks at rows that
// have come through `allowed`, while what a statement reads could be guarded before the name was set.
const one: Statement = {
  name: 'append-one',
  text: `
WITH given AS (SELECT $1::text AS log, $2::bigint AS first, $3::bigint AS last, $4::bytea AS digest),
  allowed AS MATERIALIZED (SELECT set_config('konfig.logs', $6, true)),
  landed AS (
    INSERT INTO konfig.batches (log, first, last, digest)
    SELECT log, first, last, digest FROM given WHERE ${follows('given')}
    ON CONFLICT (log, first) DO NOTHING RETURNING log, first)
INSERT INTO konfig.payloads (log, first, payload) SELECT landed.log, landed.first, $5::bytea FROM landed, allowed`,
}

// Where the batch before is known from having landed here, a look at its row takes the place of the search: trims leave the last row of a log.
// Where that finds nothing, what was known is out of date, and the search decides.
const after: Statement = {
  name: 'append-after',
  text: `
WITH landed AS (
    INSERT INTO konfig.batches (log, first, last, digest)
    SELECT $1, $2::bigint, $3::bigint, $4::bytea FROM konfig.batches b WHERE b.log = $1 AND b.first = $7 AND b.last = $2::bigint - 1 AND ${standing('$1')}
    ON CONFLICT (log, first) DO NOTHING RETURNING log, first)
INSERT INTO konfig.payloads (log, first, payload)
SELECT landed.log, landed.first, $5::bytea FROM landed WHERE set_config('konfig.logs', $6, true) IS NOT NULL`,
}

// Sorted, so that two calls that name the same logs never wait for each other in a circle.
const many: Statement = {
  name: 'append-many',
  text: `
WITH given AS MATERIALIZED (
    SELECT log, first, last, digest, payload
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[]) AS u (log, first, last, digest, payload)),
  allowed AS MATERIALIZED (SELECT set_config('konfig.logs', $6, true)),
  landed AS (
    INSERT INTO konfig.batches (log, first, last, digest)
    SELECT log, first, last, digest FROM given WHERE ${follows('given')}
    ORDER BY given.log COLLATE "C"
    ON CONFLICT (log, first) DO NOTHING RETURNING log, first)
INSERT INTO konfig.payloads (log, first, payload)
SELECT given.log, given.first, given.payload FROM landed JOIN given USING (log, first) CROSS JOIN allowed
RETURNING log`,
}

// What was not inserted may be there already, from an attempt whose answer was lost. Telling so must be as durable as writing it: the
// message makes this transaction wait for what a commit waits for, a standby too.
const settle: Statement = {
  name: 'settle',
  text: `
SELECT u.log, EXISTS (SELECT FROM konfig.batches g WHERE g.log = u.log AND g.first = 0) AS erased, b.log IS NOT NULL AS same,
  CASE WHEN b.log IS NOT NULL THEN pg_logical_emit_message(true, 'konfig', '')::text END AS written
FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[]) AS u (log, first, last, digest)
LEFT JOIN konfig.batches b ON b.log = u.log AND b.first = u.first AND b.last = u.last AND b.digest = u.digest AND NOT b.checkpoint`,
}

interface Settled {
  readonly log: string
  readonly erased: boolean
  readonly same: boolean
}

const digestOf = (payload: Uint8Array): Buffer => hash('sha256', payload, 'buffer')
const bytesOf = (payload: Uint8Array): Buffer => Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)

interface Given extends Batch {
  readonly digest: Buffer
}

/** As the statements take them. */
const columnsOf = (given: readonly Given[]): readonly (readonly unknown[])[] => [
  given.map(({ log }) => log),
  given.map(({ first }) => first),
  given.map(({ last }) => last),
  given.map(({ digest }) => digest),
]

const insertOne = async (database: Database, ends: KnownEnds, given: Given): Promise<boolean> => {
  const { log, first, last, digest, payload } = given
  const values = [log, first, last, digest, bytesOf(payload), log]
  const before = ends.before(given)
  return (
    (before !== undefined && (await database.run(after, [...values, before], payload.byteLength)).count === 1) ||
    (await database.run(one, values, payload.byteLength)).count === 1
  )
}

/** The logs of those that were inserted. */
const insert = async (database: Database, ends: KnownEnds, given: readonly Given[]): Promise<ReadonlySet<string>> => {
  const [only] = given
  if (only !== undefined && given.length === 1)
    return new Set((await insertOne(database, ends, only)) ? [only.log] : [])
  const payloads = given.map(({ payload }) => bytesOf(payload))
  const bytes = given.reduce((sum, { payload }) => sum + payload.byteLength, 0)
  const values = [...columnsOf(given), payloads, listed(given.map(({ log }) => log))]
  const { rows } = await database.run<{ log: string }>(many, values, bytes)
  return new Set(rows.map(({ log }) => log))
}

/** At most one batch of a log. All of them share one outcome where it is not known, or where nothing was stored. */
export const appendGroup = async (
  database: Database,
  ends: KnownEnds,
  batches: readonly Batch[],
): Promise<readonly Landing[]> => {
  const given = batches.map((batch) => ({ ...batch, digest: digestOf(batch.payload) }))
  const landed = await insert(database, ends, given)
  for (const batch of given) if (landed.has(batch.log)) ends.note(batch)
  if (landed.size === batches.length) return batches.map(() => 'landed')

  const asked = columnsOf(given.filter(({ log }) => !landed.has(log)))
  const settled = await database.run<Settled>(settle, asked).then(
    ({ rows }) => new Map(rows.map((row) => [row.log, row])),
    (reason: unknown) => {
      // Nothing at all was stored by this call only where none of it landed before.
      if (landed.size === 0) throw reason
      return undefined
    },
  )
  return batches.map(({ log }) => {
    if (landed.has(log)) return 'landed'
    if (settled === undefined) return 'unknown'
    const found = settled.get(log)
    return found?.erased === true ? 'erased' : found?.same === true ? 'landed' : 'conflict'
  })
}

// Snapshots of a log: parts first, and whole only once all are there.
import type { LogId, Millis, Revision } from '@konfig/core'
import { askAgain, checkPart, type Snapshot, type SnapshotToSave, superseded, unavailable } from '@konfig/journal'
import type { Database, Run, Statement } from '../database.ts'

const day = 24 * 60 * 60 * 1000
const partsPerRead = 4

const start: Statement = {
  name: 'start-snapshot',
  text: 'INSERT INTO konfig.snapshots (log, revision, started) VALUES ($1, $2, $3) RETURNING number',
}
const add: Statement = {
  name: 'add-part',
  text: 'INSERT INTO konfig.snapshot_parts (log, snapshot, position, bytes) VALUES ($1, $2, $3, $4)',
}
const finish: Statement = {
  name: 'finish-snapshot',
  text: `
UPDATE konfig.snapshots SET whole = true, parts = $3 WHERE log = $1 AND number = $2
  AND NOT EXISTS (SELECT FROM konfig.batches g WHERE g.log = $1 AND g.first = 0)`,
}
const list: Statement = {
  name: 'list-snapshots',
  text: 'SELECT number, revision, whole, started FROM konfig.snapshots WHERE log = $1 ORDER BY revision, number',
}
const dropParts: Statement = {
  name: 'drop-parts',
  text: 'DELETE FROM konfig.snapshot_parts WHERE log = $1 AND snapshot = ANY ($2::bigint[])',
}
const drop: Statement = {
  name: 'drop-snapshots',
  text: 'DELETE FROM konfig.snapshots WHERE log = $1 AND number = ANY ($2::bigint[])',
}
const find: Statement = {
  name: 'find-snapshot',
  text: `
SELECT number, revision, parts FROM konfig.snapshots WHERE log = $1 AND whole AND revision <= $2
  AND NOT EXISTS (SELECT FROM konfig.batches g WHERE g.log = $1 AND g.first = 0)
ORDER BY revision DESC, number DESC LIMIT 1`,
}
const readParts: Statement = {
  name: 'read-parts',
  text: `SELECT bytes FROM konfig.snapshot_parts WHERE log = $1 AND snapshot = $2 AND position >= $3 ORDER BY position LIMIT ${partsPerRead}`,
}

interface Row {
  readonly number: number
  readonly revision: Revision
  readonly whole: boolean
  readonly started: Millis
}

/** What a newer one of the same revision replaces, what is too close to others, and what a writer that died left unfinished. */
const old = (rows: readonly Row[], now: Millis): readonly number[] => {
  const whole = rows.filter((row) => row.whole)
  const gone = new Set(superseded(whole.map(({ revision }) => revision)))
  const kept = new Map(whole.map(({ revision, number }) => [revision, number]))
  return rows
    .filter(({ number, revision, whole: isWhole, started }) =>
      isWhole ? gone.has(revision) || kept.get(revision) !== number : started < now - day,
    )
    .map(({ number }) => number)
}

const remove = (run: Run, log: LogId, numbers: readonly number[]): Promise<unknown> =>
  Promise.all([run(dropParts, [log, numbers]), run(drop, [log, numbers])])

export const saveSnapshot = async (
  database: Database,
  { log, revision, parts }: SnapshotToSave,
  now: Millis,
): Promise<void> => {
  const number = await database.within([log], async (run) => {
    const { rows } = await run<{ number: number }>(start, [log, revision, now])
    return rows[0]?.number ?? 0
  })
  try {
    let position = 0
    for await (const part of parts) {
      checkPart(part)
      const at = position
      await database.within([log], (run) => run(add, [log, number, at, Buffer.from(part)]))
      position += 1
    }
    await database.within([log], async (run) => {
      await run(finish, [log, number, position])
      const { rows } = await run<Row>(list, [log])
      const numbers = old(rows, now)
      if (numbers.length > 0) await remove(run, log, numbers)
    })
  } catch (error) {
    await database.within([log], (run) => remove(run, log, [number])).catch(() => undefined)
    throw error
  }
}

async function* partsOf(database: Database, log: LogId, number: number, count: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < count; ) {
    const at = from
    const { rows } = await database
      .within([log], (run) => run<{ bytes: Uint8Array }>(readParts, [log, number, at]))
      .catch(askAgain)
    if (rows.length === 0) throw unavailable(new Error('the snapshot went while it was read'))
    for (const { bytes } of rows) yield bytes
    from += rows.length
  }
}

export const loadSnapshot = async (
  database: Database,
  log: LogId,
  notAfter: Revision,
): Promise<Snapshot | undefined> => {
  const { rows } = await database.within([log], (run) =>
    run<{ number: number; revision: Revision; parts: number }>(find, [log, notAfter]),
  )
  const [found] = rows
  return found && { log, revision: found.revision, parts: partsOf(database, log, found.number, found.parts) }
}

// Snapshots of a log: parts first, and whole only once all are there.
import type { LogId, Millis, Revision } from '@konfig/core'
import { askAgain, checkPart, type Snapshot, type SnapshotToSave, superseded, unavailable } from '@konfig/journal'
import type { Database, Run, Statement } from '../database.ts'

const day = 24 * 60 * 60 * 1000
const partsPerRead = 4

const start: Statement = { text: 'INSERT INTO konfig_snapshots (log, revision, started) VALUES (?, ?, ?)' }
const add: Statement = {
  text: 'INSERT INTO konfig_snapshot_parts (log, snapshot, position, bytes) VALUES (?, ?, ?, ?)',
}
const alive = 'NOT EXISTS (SELECT 1 FROM konfig_batches g WHERE g.log = ? AND g.first = 0)'
const finish: Statement = {
  text: `UPDATE konfig_snapshots SET whole = TRUE, parts = ? WHERE log = ? AND number = ? AND ${alive}`,
}
const list: Statement = {
  text: 'SELECT number, revision, whole, started FROM konfig_snapshots WHERE log = ? ORDER BY revision, number',
}
const dropParts: Statement = { text: 'DELETE FROM konfig_snapshot_parts WHERE log = ? AND snapshot = ?' }
const drop: Statement = { text: 'DELETE FROM konfig_snapshots WHERE log = ? AND number = ?' }
const find: Statement = {
  text: `
SELECT number, revision, parts FROM konfig_snapshots WHERE log = ? AND whole AND revision <= ? AND ${alive}
ORDER BY revision DESC, number DESC LIMIT 1`,
}
const readParts: Statement = {
  text: `SELECT bytes FROM konfig_snapshot_parts WHERE log = ? AND snapshot = ? AND position >= ? AND position < ? + ${partsPerRead} ORDER BY position`,
}

interface Row {
  readonly number: number
  readonly revision: Revision
  readonly whole: number
  readonly started: Millis
}

/** What a newer one of the same revision replaces, what is too close to others, and what a writer that died left unfinished. */
const old = (rows: readonly Row[], now: Millis): readonly number[] => {
  const whole = rows.filter(({ whole }) => whole === 1)
  const gone = new Set(superseded(whole.map(({ revision }) => revision)))
  const kept = new Map(whole.map(({ revision, number }) => [revision, number]))
  return rows
    .filter(({ number, revision, whole: isWhole, started }) =>
      isWhole === 1 ? gone.has(revision) || kept.get(revision) !== number : started < now - day,
    )
    .map(({ number }) => number)
}

const remove = async (run: Run, log: LogId, numbers: readonly number[]): Promise<void> => {
  for (const number of numbers) {
    await run(dropParts, [log, number])
    await run(drop, [log, number])
  }
}

export const saveSnapshot = async (
  database: Database,
  { log, revision, parts }: SnapshotToSave,
  now: Millis,
): Promise<void> => {
  const { inserted: number } = await database.run(start, [log, revision, now])
  try {
    let position = 0
    for await (const part of parts) {
      checkPart(part)
      await database.run(add, [log, number, position, Buffer.from(part)], part.byteLength)
      position += 1
    }
    await database.run(finish, [position, log, number, log])
    const { rows } = await database.run<Row>(list, [log])
    const numbers = old(rows, now)
    if (numbers.length > 0) await database.within((run) => remove(run, log, numbers))
  } catch (error) {
    await database.within((run) => remove(run, log, [number])).catch(() => undefined)
    throw error
  }
}

async function* partsOf(database: Database, log: LogId, number: number, count: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < count; ) {
    const { rows } = await database.run<{ bytes: Uint8Array }>(readParts, [log, number, from, from]).catch(askAgain)
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
  const { rows } = await database.run<{ number: number; revision: Revision; parts: number }>(find, [log, notAfter, log])
  const [found] = rows
  return found && { log, revision: found.revision, parts: partsOf(database, log, found.number, found.parts) }
}

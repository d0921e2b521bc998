// Erases a log. A stone is put where the next batch would stand, so that none can follow; then everything goes, and the item at 1 says so for good.
import type { LogId, Millis } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import { type Database, unlessThere } from '../database.ts'
import { eachOf } from '../gate.ts'
import { asChange, batchKey, logPart, snapshotPiecesPart, snapshotsPart } from '../schema/items.ts'
import { goneFor, takeAll } from './gone.ts'
import { dropPieces } from './pieces.ts'

const atOnce = 16
/** Each time, a batch landed where the stone was to stand. */
const tries = 1000

export const newestOf = async (database: Database, log: LogId) => {
  const keys = { text: '#p = :p', values: { p: logPart(log) } }
  const { items } = await database.query({ keys, backwards: true, limit: 1, only: ['last', 'gone'] })
  return items[0]
}

const blocked = async (database: Database, log: LogId, now: Millis): Promise<boolean> => {
  const newest = await newestOf(database, log)
  if (newest?.gone === 'erased') return true
  // Nothing is there yet: the gravestone itself is in the way.
  if (newest === undefined) return (await bury(database, log, now, true)).stored
  const next = batchKey(log, (newest.last ?? 0) + 1)
  return (await database.put({ ...next, ...goneFor('erased', now) }, unlessThere)).stored
}

const bury = (database: Database, log: LogId, now: Millis, ifNew: boolean) =>
  database.put({ ...batchKey(log, 1), gone: 'erased', last: -1, ...asChange(now) }, ifNew ? unlessThere : undefined)

const empty = async (database: Database, p: string): Promise<void> => {
  await eachOf(database.all({ keys: { text: '#p = :p', values: { p } }, only: [] }), atOnce, (key) =>
    database.remove(key),
  )
}

export const eraseLog = async (database: Database, log: LogId, now: Millis): Promise<void> => {
  let left = tries
  while (!(await blocked(database, log, now))) {
    left -= 1
    if (left === 0) throw unavailable(new Error('the log was appended to without a pause'))
  }
  await bury(database, log, now, false)
  await takeAll(database, log, 'erased', now)
  await dropPieces(database, log, { before: Number.MAX_SAFE_INTEGER })
  await empty(database, snapshotsPart(log))
  await empty(database, snapshotPiecesPart(log))
}

// Snapshots of a log: pieces first, and whole only once all are there.
import { randomUUID } from 'node:crypto'
import type { LogId, Millis, Revision } from '@konfig/core'
import { askAgain, checkPart, type Snapshot, type SnapshotToSave, superseded, unavailable } from '@konfig/journal'
import type { Database } from '../database.ts'
import { eachOf } from '../gate.ts'
import { batchKey, type Item, type Key, pieceBytes, place, snapshotPiecesPart, snapshotsPart } from '../schema/items.ts'
import { cutFrames, joinFrames } from './frames.ts'

const day = 24 * 60 * 60 * 1000
const atOnce = 8
const ahead = 4

const keyOf = (log: LogId, revision: Revision, token: string): Key => ({
  p: snapshotsPart(log),
  s: `${place(revision)}/${token}`,
})
const pieceOf = (log: LogId, token: string, at: number): Key => ({
  p: snapshotPiecesPart(log),
  s: `${token}/${String(at).padStart(6, '0')}`,
})
const revisionOf = ({ s }: Key): Revision => Number(s.slice(0, s.indexOf('/')))
const tokenOf = ({ s }: Key): string => s.slice(s.indexOf('/') + 1)

const isErased = async (database: Database, log: LogId): Promise<boolean> =>
  (await database.get(batchKey(log, 1), ['gone']))?.gone === 'erased'

/** What another one of the same revision replaces, what is too close to others, and what a writer that died left unfinished. */
const old = (items: readonly Item[], now: Millis): readonly Item[] => {
  const whole = items.filter((item) => item.whole === true)
  const gone = new Set(superseded(whole.map(revisionOf)))
  const kept = new Map(whole.map((item) => [revisionOf(item), item]))
  for (const item of whole)
    if ((item.started ?? 0) > (kept.get(revisionOf(item))?.started ?? 0)) kept.set(revisionOf(item), item)
  return items.filter((item) =>
    item.whole === true
      ? gone.has(revisionOf(item)) || kept.get(revisionOf(item)) !== item
      : (item.started ?? 0) < now - day,
  )
}

/** The pieces first: while the item is there, the next snapshot of the log finds what is left. */
const remove = async (database: Database, log: LogId, key: Key): Promise<void> => {
  const keys = {
    text: '#p = :p AND begins_with(#s, :s)',
    values: { p: snapshotPiecesPart(log), s: `${tokenOf(key)}/` },
  }
  await eachOf(database.all({ keys, only: [] }), atOnce, (piece) => database.remove(piece))
  await database.remove(key)
}

const checked = async function* (parts: SnapshotToSave['parts']): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    checkPart(part)
    yield part
  }
}

const itemsOf = (
  database: Database,
  log: LogId,
  from: Partial<Pick<Parameters<Database['query']>[0], 'backwards'>>,
  upTo: Revision,
) =>
  database.all({
    keys: { text: '#p = :p AND #s <= :s', values: { p: snapshotsPart(log), s: `${place(upTo)}/~` } },
    ...from,
  })

export const saveSnapshot = async (
  database: Database,
  { log, revision, parts }: SnapshotToSave,
  now: Millis,
): Promise<void> => {
  const token = randomUUID()
  const key = keyOf(log, revision, token)
  await database.put({ ...key, whole: false, started: now })
  try {
    const count = await eachOf(cutFrames(checked(parts), pieceBytes), atOnce, (payload, at) =>
      database.put({ ...pieceOf(log, token, at), payload }),
    )
    const finished = await database.update(
      key,
      { text: 'SET #whole = :whole, #parts = :parts', values: { whole: true, parts: count } },
      { text: 'attribute_exists(#p)' },
    )
    // Else it was taken for the remains of a writer that died.
    if (!finished.stored) throw unavailable(new Error('the snapshot took too long'))
    const all: Item[] = []
    for await (const item of itemsOf(database, log, {}, Number.MAX_SAFE_INTEGER)) all.push(item)
    const gone = (await isErased(database, log)) ? all : old(all, now)
    for (const item of gone) await remove(database, log, item)
  } catch (error) {
    await remove(database, log, key).catch(() => undefined)
    throw error
  }
}

/** Some pieces are asked for before they are needed, so that the way to the service is not waited for each time. */
async function* piecesOf(database: Database, log: LogId, token: string, count: number): AsyncGenerator<Uint8Array> {
  const asked: Promise<Item | undefined>[] = []
  const ask = (at: number): void => {
    const piece = database.get(pieceOf(log, token, at))
    piece.catch(() => undefined)
    asked.push(piece)
  }
  for (let at = 0; at < Math.min(ahead, count); at += 1) ask(at)
  for (let at = 0; at < count; at += 1) {
    const piece = await asked.shift()?.catch(askAgain)
    if (piece?.payload === undefined) throw unavailable(new Error('the snapshot went while it was read'))
    if (at + ahead < count) ask(at + ahead)
    yield piece.payload
  }
}

export const loadSnapshot = async (
  database: Database,
  log: LogId,
  notAfter: Revision,
): Promise<Snapshot | undefined> => {
  let found: Item | undefined
  for await (const item of itemsOf(database, log, { backwards: true }, notAfter)) {
    if (item.whole !== true) continue
    if (found !== undefined && revisionOf(found) !== revisionOf(item)) break
    if (found === undefined || (item.started ?? 0) > (found.started ?? 0)) found = item
  }
  if (found === undefined || (await isErased(database, log))) return undefined
  return {
    log,
    revision: revisionOf(found),
    parts: joinFrames(piecesOf(database, log, tokenOf(found), found.parts ?? 0)),
  }
}

// The bytes of a batch that is too large for one item: pieces of their own beside it. A mark is written before them and removed once the
// batch is there, so that the sweep finds what a writer left that ended in between.
import { failure, KonfigError, type LogId, type Millis, type Revision } from '@konfig/core'
import { askAgain } from '@konfig/journal'
import type { Database } from '../database.ts'
import { eachOf } from '../gate.ts'
import { asExpiring, type Item, type Key, pieceBytes, pieceKey, piecesPart, place } from '../schema/items.ts'

const atOnce = 8
const unfinishedMillis = 60 * 60 * 1000

export const piecesOf = (bytes: number): number => (bytes > pieceBytes ? Math.ceil(bytes / pieceBytes) : 0)

/** Nothing of it is to be seen until the batch itself is written, so a lost answer here only means to ask again. */
export const writePieces = async (database: Database, mark: Key, payload: Uint8Array, now: Millis): Promise<void> => {
  await database.put({ ...mark, ...asExpiring(now + unfinishedMillis) }).catch(askAgain)
  const starts = Array.from({ length: piecesOf(payload.byteLength) }, (_, at) => at * pieceBytes)
  await eachOf(starts, atOnce, (start, at) =>
    database.put({ ...pieceKey(mark, at), payload: payload.subarray(start, start + pieceBytes) }).catch(askAgain),
  )
}

/** Undefined where a piece is missing. */
export const readPieces = async (database: Database, { p, s }: Key, item: Item): Promise<Uint8Array | undefined> => {
  const whole = new Uint8Array(item.bytes ?? 0)
  const numbers = Array.from({ length: item.parts ?? 0 }, (_, at) => at)
  let missing = false
  await eachOf(numbers, atOnce, async (at) => {
    const piece = await database.get(pieceKey({ p, s }, at))
    if (piece?.payload === undefined) missing = true
    else whole.set(piece.payload, at * pieceBytes)
  })
  return missing ? undefined : whole
}

/** A mark and its pieces, or those of all revisions before one; those of `except` stay. */
export const dropPieces = async (
  database: Database,
  log: LogId,
  of: { readonly mark: Key } | { readonly before: Revision },
  except?: Key,
): Promise<void> => {
  const p = piecesPart(log)
  const keys =
    'mark' in of
      ? { text: '#p = :p AND begins_with(#s, :s)', values: { p, s: of.mark.s } }
      : { text: '#p = :p AND #s < :s', values: { p, s: place(of.before) } }
  // The mark sorts first and goes last: while a piece is left, the sweep can find it.
  const marks: Key[] = []
  await eachOf(database.all({ keys, only: [] }), atOnce, async (key) => {
    if (except !== undefined && key.s.startsWith(except.s)) return
    if (key.s.split('/').length === 2) marks.push(key)
    else await database.remove(key)
  })
  await eachOf(marks, atOnce, (key) => database.remove(key))
}

/** What the sweep does with a mark that has stood for long. Pieces go only where their batch can never be: another one has its place. */
export const settleMark = async (database: Database, mark: Key, log: LogId, now: Millis): Promise<void> => {
  const [first = '', digest = ''] = mark.s.split('/')
  const there = await database.get({ p: `log/${log}`, s: first }, ['digest', 'gone'])
  if (there === undefined) {
    const at = now + 24 * unfinishedMillis
    await database.update(mark, { text: 'SET #at = :at', values: { at } }, { text: 'attribute_exists(#p)' })
  } else if (there.gone === undefined && Buffer.from(there.digest ?? []).toString('hex') === digest)
    await database.remove(mark)
  else await dropPieces(database, log, { mark })
}

export const damaged = (log: LogId, revision: Revision, reason: string): KonfigError =>
  new KonfigError(failure('journal_corrupt', { log, revision, reason }))

// Trims an access log: the item at 1 becomes the checkpoint, in one conditional write, which decides. What it stands for goes afterwards.
import type { LogId, Millis, Revision } from '@konfig/core'
import type { Database } from '../database.ts'
import { batchKey, markKey } from '../schema/items.ts'
import { digestOf } from './append.ts'
import { takeAll } from './gone.ts'
import { dropPieces, piecesOf, writePieces } from './pieces.ts'

// Whoever trims further at the same time has it first; then there is nothing left to do here, and nothing may be taken back.
const condition = 'attribute_exists(#p) AND attribute_not_exists(#gone) AND #last < :before'
const inItem =
  'SET #last = :last, #checkpoint = :yes, #digest = :digest, #bytes = :bytes, #payload = :payload REMOVE #parts'
const inPieces =
  'SET #last = :last, #checkpoint = :yes, #digest = :digest, #bytes = :bytes, #parts = :parts REMOVE #payload'

export const trimLog = async (
  database: Database,
  log: LogId,
  before: Revision,
  checkpoint: Uint8Array,
  now: Millis,
): Promise<boolean> => {
  database.check()
  if (!Number.isSafeInteger(before) || before < 2) return false
  const begins = await database.get(batchKey(log, before), ['last', 'gone'])
  if (begins === undefined || begins.gone !== undefined) return false

  const digest = digestOf(checkpoint)
  const parts = piecesOf(checkpoint.byteLength)
  const mark = markKey(log, 1, digest)
  if (parts > 0) await writePieces(database, mark, checkpoint, now)
  const values = { last: before - 1, yes: true, digest, bytes: checkpoint.byteLength }
  const written = await database.update(
    batchKey(log, 1),
    parts > 0
      ? { text: inPieces, values: { ...values, parts } }
      : { text: inItem, values: { ...values, payload: checkpoint } },
    { text: condition, values: { before } },
  )
  if (!written.stored) return false
  await takeAll(database, log, 'trimmed', now, before - 1)
  await dropPieces(database, log, { before }, mark)
  return true
}

// Trims an access log: the row at 1 becomes the checkpoint, so that no stale append can land where it was.
import type { LogId, Revision } from '@konfig/core'
import type { Database, Statement } from '../database.ts'
import { digestOf } from './append.ts'

// Whoever trims further at the same time has the row first; then there is nothing left to do here, and nothing may be taken back.
const hold: Statement = { text: 'SELECT last FROM konfig_batches WHERE log = ? AND first = 1 AND last < ? FOR UPDATE' }
const begins: Statement = { text: 'SELECT 1 AS there FROM konfig_batches WHERE log = ? AND first = ? AND first > 1' }
const standIn: Statement = {
  text: `UPDATE konfig_batches SET last = ?, checkpoint = TRUE, digest = ?, bytes = ?, parts = 0, payload = ? WHERE log = ? AND first = 1`,
}
const cut: Statement = { text: 'DELETE FROM konfig_batches WHERE log = ? AND first > 1 AND first < ?' }
const cutParts: Statement = { text: 'DELETE FROM konfig_parts WHERE log = ? AND first < ?' }

export const trimLog = (database: Database, log: LogId, before: Revision, checkpoint: Uint8Array): Promise<boolean> =>
  database.within(async (run) => {
    if ((await run(hold, [log, before])).count === 0) return false
    if ((await run(begins, [log, before])).count === 0) return false
    const payload = Buffer.from(checkpoint)
    await run(standIn, [before - 1, digestOf(checkpoint), payload.byteLength, payload, log])
    await run(cut, [log, before])
    await run(cutParts, [log, before])
    return true
  })

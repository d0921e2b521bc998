// Trims an access log: the row at 1 becomes the checkpoint, so that no stale append can land where it was.
import { createHash } from 'node:crypto'
import type { LogId, Revision } from '@konfig/core'
import type { Database, Statement } from '../database.ts'

// Whoever trims further at the same time has the row first; then there is nothing left to do here, and nothing may be taken back.
const standIn: Statement = {
  name: 'stand-in',
  text: `
UPDATE konfig.batches SET last = $2 - 1, checkpoint = true, digest = $3
WHERE log = $1 AND first = 1 AND last < $2
  AND EXISTS (SELECT FROM konfig.batches n WHERE n.log = $1 AND n.first = $2::bigint AND n.first > 1)`,
}
const replace: Statement = {
  name: 'replace',
  text: 'UPDATE konfig.payloads SET payload = $2 WHERE log = $1 AND first = 1',
}
const cut: Statement = {
  name: 'cut',
  text: 'DELETE FROM konfig.batches WHERE log = $1 AND first > 1 AND first < $2',
}
const cutPayloads: Statement = {
  name: 'cut-payloads',
  text: 'DELETE FROM konfig.payloads WHERE log = $1 AND first > 1 AND first < $2',
}

export const trimLog = (database: Database, log: LogId, before: Revision, checkpoint: Uint8Array): Promise<boolean> =>
  database.within([log], async (run) => {
    const digest = createHash('sha256').update(checkpoint).digest()
    if ((await run(standIn, [log, before, digest])).count === 0) return false
    await Promise.all([
      run(replace, [log, Buffer.from(checkpoint)]),
      run(cut, [log, before]),
      run(cutPayloads, [log, before]),
    ])
    return true
  })

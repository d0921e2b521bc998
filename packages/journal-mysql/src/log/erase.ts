// Erases a log: the gravestone first, then everything else, in one transaction. An append that races with it may leave a row behind the
// gravestone; nobody sees that, and erasing again takes it.
import type { LogId } from '@konfig/core'
import type { Database, Statement } from '../database.ts'

const bury: Statement = {
  text: `INSERT INTO konfig_batches (log, first, last, digest, changed, bytes, parts, payload) VALUES (?, 0, -1, '', UTC_TIMESTAMP(6), 0, 0, '')
ON DUPLICATE KEY UPDATE log = konfig_batches.log`,
}
const clear: Statement = { text: 'DELETE FROM konfig_batches WHERE log = ? AND first > 0' }
const empty: readonly Statement[] = ['konfig_parts', 'konfig_snapshots', 'konfig_snapshot_parts'].map((table) => ({
  text: `DELETE FROM ${table} WHERE log = ?`,
}))

export const eraseLog = (database: Database, log: LogId): Promise<void> =>
  database.within(async (run) => {
    for (const statement of [bury, clear, ...empty]) await run(statement, [log])
  })

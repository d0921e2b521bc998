// Erases a log: the gravestone first, then everything else, in one transaction. An append that races with it may leave a row behind the
// gravestone; nobody sees that, and erasing again takes it.
import type { LogId } from '@konfig/core'
import type { Database, Statement } from '../database.ts'

const bury: Statement = {
  name: 'bury',
  text: "INSERT INTO konfig.batches (log, first, last, digest) VALUES ($1, 0, -1, '') ON CONFLICT (log, first) DO NOTHING",
}
const clear: Statement = { name: 'clear', text: 'DELETE FROM konfig.batches WHERE log = $1 AND first > 0' }
const empty: readonly Statement[] = ['payloads', 'snapshots', 'snapshot_parts'].map((table) => ({
  name: `empty-${table}`,
  text: `DELETE FROM konfig.${table} WHERE log = $1`,
}))

export const eraseLog = (database: Database, log: LogId): Promise<void> =>
  database.within([log], async (run) => {
    await Promise.all([bury, clear, ...empty].map((statement) => run(statement, [log])))
  })

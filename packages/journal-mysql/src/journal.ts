// The journal port over MySQL and MariaDB: which statements each call is.
import { type Bell, type Clock, groupedJournal, type Journal, type Lifetime, rememberEnds } from '@konfig/journal'
import type { Database } from './database.ts'
import { appendGroup } from './log/append.ts'
import { changedSince } from './log/changes.ts'
import { eraseLog } from './log/erase.ts'
import { headOf, readLog } from './log/read.ts'
import { loadSnapshot, saveSnapshot } from './log/snapshots.ts'
import { trimLog } from './log/trim.ts'

/** From a table, since a node of a cluster that has lost the others still answers what needs none. */
const health = { text: 'SELECT id FROM konfig_installation' }

export const mysqlJournal = (
  database: Database,
  bell: Bell,
  installation: string,
  clock: Clock,
  lifetime: Lifetime,
): Journal => {
  const ends = rememberEnds()
  return groupedJournal(
    {
      appendGroup: (batches) => appendGroup(database, ends, batches),
      read: (log, after, limit) => readLog(database, log, after, limit),
      head: (log) => headOf(database, log),
      changedSince: (cursor) => changedSince(database, installation, cursor),
      saveSnapshot: (snapshot) => saveSnapshot(database, snapshot, clock.now()),
      loadSnapshot: (log, notAfter) => loadSnapshot(database, log, notAfter),
      trim: (log, before, checkpoint) => trimLog(database, log, before, checkpoint),
      erase: (log) => eraseLog(database, log),
      health: async () => {
        await database.run(health, [])
      },
    },
    bell,
    lifetime,
  )
}

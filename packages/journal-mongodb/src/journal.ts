// The journal port over the MongoDB wire: which requests each call is.
import { type Bell, groupedJournal, type Journal, type Lifetime } from '@konfig/journal'
import type { Database } from './database.ts'
import { appendGroup } from './log/append.ts'
import { changedSince } from './log/changes.ts'
import { eraseLog } from './log/erase.ts'
import { rememberHeads } from './log/heads.ts'
import { lookNear } from './log/near.ts'
import { readLog } from './log/read.ts'
import { loadSnapshot, saveSnapshot } from './log/snapshots.ts'
import { trimLog } from './log/trim.ts'

export const mongodbJournal = (database: Database, bell: Bell, installation: string, lifetime: Lifetime): Journal => {
  const heads = rememberHeads(database)
  const near = lookNear(database, heads)
  return groupedJournal(
    {
      appendGroup: (batches) => appendGroup(database, heads, batches),
      read: (log, after, limit) => readLog(database, { heads, near }, log, after, limit),
      head: (log) => heads.ask(log),
      changedSince: (cursor) => changedSince(database, installation, cursor),
      saveSnapshot: (snapshot) => saveSnapshot(database, snapshot),
      loadSnapshot: (log, notAfter) => loadSnapshot(database, log, notAfter),
      trim: (log, before, checkpoint) => trimLog(database, log, before, checkpoint),
      erase: async (log) => {
        heads.forget(log)
        await eraseLog(database, log)
        heads.forget(log)
      },
      health: async () => {
        await database.read(({ format }) => format.findOne({}))
      },
    },
    bell,
    lifetime,
  )
}

// The journal port over DynamoDB: which requests each call is.
import { type Bell, checkedJournal, type Clock, type Journal, type Lifetime } from '@konfig/journal'
import type { Database } from './database.ts'
import { appendBatch } from './log/append.ts'
import { changedSince } from './log/changes.ts'
import { openEnds } from './log/ends.ts'
import { eraseLog } from './log/erase.ts'
import { openLine } from './log/line.ts'
import { headOf, readLog } from './log/read.ts'
import { loadSnapshot, saveSnapshot } from './log/snapshots.ts'
import { trimLog } from './log/trim.ts'
import { installationKey } from './schema/items.ts'

export const dynamodbJournal = (
  database: Database,
  bell: Bell,
  installation: string,
  clock: Clock,
  lifetime: Lifetime,
): Journal => {
  const ends = openEnds()
  return checkedJournal(
    {
      append: openLine((batch) => appendBatch(database, ends, batch, clock.now())),
      read: (log, after, limit) => readLog(database, ends, log, after, limit),
      head: (log) => headOf(database, ends, log),
      changedSince: (cursor) => changedSince(database, installation, cursor, clock.now()),
      saveSnapshot: (snapshot) => saveSnapshot(database, snapshot, clock.now()),
      loadSnapshot: (log, notAfter) => loadSnapshot(database, log, notAfter),
      trim: (log, before, checkpoint) => trimLog(database, log, before, checkpoint, clock.now()),
      erase: (log) => {
        ends.forget(log)
        return eraseLog(database, log, clock.now())
      },
      health: async () => {
        await database.get(installationKey)
      },
    },
    bell,
    lifetime,
  )
}

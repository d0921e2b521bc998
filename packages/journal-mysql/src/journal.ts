// The journal port over MySQL and MariaDB. Checks calls before they are sent, so that none can fail those it is grouped with.
import {
  askAgain,
  type Batch,
  checkBatches,
  checkLog,
  type Clock,
  type Journal,
  type Landing,
  openGroup,
  unavailable,
} from '@konfig/journal'
import type { Bell } from './bell.ts'
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
  lifetime: {
    readonly closed: () => boolean
    readonly close: () => Promise<void>
    readonly count: (work: Promise<unknown>) => void
  },
): Journal => {
  const group = openGroup((batches) => appendGroup(database, batches))

  /** Where some batches of a call are stored, those that are not must not be told by a rejection. */
  const landingsOf = async (batches: readonly Batch[]): Promise<readonly Landing[]> => {
    const settled = await Promise.allSettled(batches.map(group))
    const refused = settled.filter((one) => one.status === 'rejected')
    if (refused[0] !== undefined && refused.length === settled.length) throw refused[0].reason
    return settled.map((one) => (one.status === 'fulfilled' ? one.value : 'unknown'))
  }

  return {
    append: async (batches) => {
      checkBatches(batches)
      if (lifetime.closed()) throw unavailable(new Error('the journal is closed'))
      // A caller may write into its bytes as soon as it waits.
      const landing = landingsOf(batches.map((batch) => ({ ...batch, payload: new Uint8Array(batch.payload) })))
      lifetime.count(landing)
      const landings = await landing
      if (landings.includes('landed')) bell.ring()
      return landings
    },

    read: async (log, after, limit) => {
      checkLog(log)
      return readLog(database, log, after, limit).catch(askAgain)
    },

    head: async (log) => {
      checkLog(log)
      return headOf(database, log).catch(askAgain)
    },

    changedSince: (cursor) => changedSince(database, installation, cursor).catch(askAgain),

    saveSnapshot: async (snapshot) => {
      checkLog(snapshot.log)
      await saveSnapshot(database, snapshot, clock.now()).catch(askAgain)
    },

    loadSnapshot: async (log, notAfter = Number.MAX_SAFE_INTEGER) => {
      checkLog(log)
      return loadSnapshot(database, log, notAfter).catch(askAgain)
    },

    trim: async (log, before, checkpoint) => {
      checkLog(log)
      return trimLog(database, log, before, checkpoint).catch(askAgain)
    },

    watch: bell.watch,

    erase: async (log) => {
      checkLog(log)
      await eraseLog(database, log).catch(askAgain)
      bell.ring()
    },

    health: async () => {
      await database.run(health, []).catch(askAgain)
    },

    close: lifetime.close,
  }
}

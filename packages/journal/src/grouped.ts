// The journal port over a server that many writers share: checks each call before it is sent, so that none can fail those it is grouped with,
// groups appends, and rings for those who follow. What each call does is the adapter's.
import type { LogId, Revision } from '@konfig/core'
import { type Group, openGroup } from './group.ts'
import type { Batch, Journal, Landing, SnapshotToSave } from './journal.ts'
import { checkBatches, checkLog } from './limits.ts'
import type { Lifetime } from './servers/lifetime.ts'
import { unavailable } from './unavailable.ts'
import { askAgain } from './unknown.ts'

/** What an adapter does. Calls come checked; an answer that was lost rejects with `Unknown`. */
export interface CheckedCalls {
  /** Batches of one log in the order in which they came. */
  readonly append: Group
  readonly read: Journal['read']
  readonly head: Journal['head']
  readonly changedSince: Journal['changedSince']
  readonly saveSnapshot: (snapshot: SnapshotToSave) => Promise<void>
  readonly loadSnapshot: (log: LogId, notAfter: Revision) => ReturnType<Journal['loadSnapshot']>
  readonly trim: Journal['trim']
  readonly erase: Journal['erase']
  readonly health: Journal['health']
}

export interface GroupedCalls extends Omit<CheckedCalls, 'append'> {
  /** At most one batch of a log. */
  readonly appendGroup: (batches: readonly Batch[]) => Promise<readonly Landing[]>
}

export interface Bell {
  /** Tells followers, here at once and elsewhere soon, that these changed. */
  readonly ring: (logs: readonly LogId[]) => void
  readonly watch: Journal['watch']
  readonly close: () => Promise<void>
}

export const groupedJournal = ({ appendGroup, ...calls }: GroupedCalls, bell: Bell, lifetime: Lifetime): Journal =>
  checkedJournal({ ...calls, append: openGroup(appendGroup) }, bell, lifetime)

/** For stores where batches gain nothing by waiting for one another. */
export const checkedJournal = (calls: CheckedCalls, bell: Bell, lifetime: Lifetime): Journal => {
  /** Where some batches of a call are stored, those that are not must not be told by a rejection. */
  const landingsOf = async (batches: readonly Batch[]): Promise<readonly Landing[]> => {
    const settled = await Promise.allSettled(batches.map(calls.append))
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
      const landed = batches.filter((_, at) => landings[at] === 'landed')
      if (landed.length > 0) bell.ring(landed.map(({ log }) => log))
      return landings
    },

    read: async (log, after, limit) => {
      checkLog(log)
      return calls.read(log, after, limit).catch(askAgain)
    },

    head: async (log) => {
      checkLog(log)
      return calls.head(log).catch(askAgain)
    },

    changedSince: (cursor) => calls.changedSince(cursor).catch(askAgain),

    saveSnapshot: async (snapshot) => {
      checkLog(snapshot.log)
      await calls.saveSnapshot(snapshot).catch(askAgain)
    },

    loadSnapshot: async (log, notAfter = Number.MAX_SAFE_INTEGER) => {
      checkLog(log)
      return calls.loadSnapshot(log, notAfter).catch(askAgain)
    },

    trim: async (log, before, checkpoint) => {
      checkLog(log)
      return calls.trim(log, before, checkpoint).catch(askAgain)
    },

    watch: bell.watch,

    erase: async (log) => {
      checkLog(log)
      await calls.erase(log).catch(askAgain)
      bell.ring([log])
    },

    health: async () => {
      await calls.health().catch(askAgain)
    },

    close: lifetime.close,
  }
}

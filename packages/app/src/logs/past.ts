// States as they were: loaded from snapshot and tail, few at a time, kept within a bound of bytes of their own.
import { failure, type Handle, KonfigError, type LogId, type Millis, type Revision } from '@konfig/core'
import { LRUCache } from 'lru-cache'
import type { HeldLog } from './held-log.ts'
import { loadLog } from './load.ts'

export interface PastStates {
  /** The state of a log after one of its revisions. Rejects with `revision_not_found` beyond the head, `overloaded`. */
  readonly at: (held: HeldLog, revision: Revision) => Promise<Handle>
  /** Lets go of all states of a log. */
  readonly forget: (log: LogId) => void
  /** The last revision whose commit is not after a time; 0 if all are. */
  readonly revisionAt: (held: HeldLog, time: Millis) => Promise<Revision>
}

const bytesPerResource = 700

export const openPastStates = (maximumBytes: number, loadsAtATime = 2): PastStates => {
  const kept = new LRUCache<string, Handle>({
    maxSize: maximumBytes,
    sizeCalculation: (state) => 1000 + state.table.ids.size * bytesPerResource,
  })
  const loading = new Map<string, Promise<Handle>>()
  let running = 0
  const queue: (() => void)[] = []

  const slot = async (): Promise<void> => {
    if (running >= loadsAtATime) {
      if (queue.length >= 100) throw new KonfigError(failure('overloaded', { seconds: 2 }))
      await new Promise<void>((resolve) => queue.push(resolve))
    }
    running++
  }
  const release = (): void => {
    running--
    queue.shift()?.()
  }

  const load = async (held: HeldLog, log: LogId, revision: Revision): Promise<Handle> => {
    await slot()
    try {
      const { state } = await loadLog(held.sealed, revision)
      kept.set(`${log} ${revision}`, state)
      return state
    } finally {
      release()
    }
  }

  const at = async (held: HeldLog, revision: Revision): Promise<Handle> => {
    const newest = held.state()
    if (revision === newest.revision) return newest
    if (revision > newest.revision)
      throw new KonfigError(failure('revision_not_found', { revision, newest: newest.revision }))
    const key = `${held.log} ${revision}`
    const found = kept.get(key)
    if (found !== undefined) return found
    let promise = loading.get(key)
    if (promise === undefined) {
      promise = load(held, held.log, revision).finally(() => loading.delete(key))
      loading.set(key, promise)
    }
    return promise
  }

  const timeOf = async (held: HeldLog, revision: Revision): Promise<Millis> => {
    const commits = await held.sealed.history(revision - 1, 1)
    const found = commits.find((commit) => commit.revision === revision)
    if (found === undefined)
      throw new KonfigError(failure('revision_not_found', { revision, newest: held.state().revision }))
    return found.time
  }

  return {
    at,
    forget: (log) => {
      for (const key of kept.keys()) if (key.startsWith(`${log} `)) kept.delete(key)
    },
    revisionAt: async (held, time) => {
      const newest = held.state()
      if (newest.revision === 0 || newest.time <= time) return newest.revision
      // Whatever was trimmed is not after it either, as far as anybody can still say.
      let low = (await held.sealed.begins())?.revision ?? 0
      let high = newest.revision
      // Times never fall within a log, so the last one not after can be searched for by halves.
      while (low < high - 1) {
        const middle = (low + high) >>> 1
        if ((await timeOf(held, middle)) <= time) low = middle
        else high = middle
      }
      return low
    },
  }
}

// Loads a log from what another node left in a cache, as it was sealed, and leaves there what it had to read itself. Promise: whatever the cache
// holds, the state is the journal's; what does not verify, or does not end where the journal has the same batch, is passed over and read anew.
import { KonfigError, type LogId } from '@konfig/core'
import {
  type Cache,
  type Journal,
  keptView,
  type Recorder,
  recordReading,
  readKept,
  type SealedLog,
  writeKept,
} from '@konfig/journal'
import { type Loaded, loadLog } from './load.ts'

export interface CachedLoading {
  /** `through`: the log, opened with the same keys over another journal. */
  readonly load: (
    log: LogId,
    through: (journal: Journal) => SealedLog,
    damaged: (reason: unknown) => void,
  ) => Promise<Loaded>
  /** Nothing of it is to be found there any more. */
  readonly forget: (log: LogId) => void
}

/** What is larger costs a cache more than it spares the journal. */
const mostBytes = 32 * 1024 * 1024
const keptSeconds = 24 * 3600
/** More batches than that behind what was kept are worth being kept, too. */
const manyBehind = 50
/** With more, a newer snapshot of the journal is the better beginning. */
const mostBatches = 2000
const nothing = new Uint8Array(1)

/** Asking again elsewhere would not help. */
const isFinal = (reason: unknown): boolean =>
  reason instanceof KonfigError && ['unavailable', 'log_erased'].includes(reason.failure.code)

export const cachedLoading = (journal: Journal, cache: Cache, keyOf: (log: LogId) => string): CachedLoading => {
  const keep = (log: LogId, { recorded }: Recorder): void => {
    const kept = recorded()
    if (kept === undefined || kept.batches.length > mostBatches) cache.put(keyOf(log), nothing, 1)
    else cache.put(keyOf(log), writeKept(kept), keptSeconds)
  }

  const fromCache = async (log: LogId, through: (journal: Journal) => SealedLog): Promise<Loaded | undefined> => {
    const bytes = await cache.get(keyOf(log)).catch(() => undefined)
    const kept = bytes === undefined ? undefined : readKept(bytes)
    if (kept === undefined) return undefined
    const recorder = recordReading(keptView(journal, log, kept), log, mostBytes)
    try {
      const loaded = await loadLog(through(recorder.journal), undefined, (reason) => {
        throw reason
      })
      const batches = recorder.recorded()?.batches.length ?? 0
      if (batches - kept.batches.length > manyBehind) keep(log, recorder)
      return loaded
    } catch (reason) {
      if (isFinal(reason)) throw reason
      return undefined
    }
  }

  return {
    load: async (log, through, damaged) => {
      const found = await fromCache(log, through)
      if (found !== undefined) return found
      const recorder = recordReading(journal, log, mostBytes)
      const loaded = await loadLog(through(recorder.journal), undefined, damaged)
      if (loaded.head.revision > 0) keep(log, recorder)
      return loaded
    },
    forget: (log) => cache.put(keyOf(log), nothing, 1),
  }
}

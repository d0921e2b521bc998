// The journal in memory: exactly what the port says, for tests and trials. Nothing survives the process.
import type { LogId } from '@konfig/core'
import type { Batch, Journal, Landing, StoredBatch } from '../journal.ts'
import { checkBatches, checkLog, checkPart, maxRead } from '../limits.ts'
import { superseded } from '../snapshot/keep.ts'
import { unavailable } from '../unavailable.ts'
import type { MemoryLog, MemoryStore } from './store.ts'

const endOf = (log: MemoryLog | undefined): number => log?.batches.at(-1)?.last ?? 0

/** The place of the first batch with last > after; batches are in order, so halving finds it. */
const place = (batches: readonly StoredBatch[], after: number): number => {
  let [low, high] = [0, batches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((batches[middle]?.last ?? 0) > after) high = middle
    else low = middle + 1
  }
  return low
}

export const createMemoryJournal = (store: MemoryStore): Journal => {
  let closed = false
  const own = new Set<() => void>()

  const use = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (closed) throw unavailable()
      resolve(work())
    })

  const logOf = (id: LogId): MemoryLog => {
    const known = store.logs.get(id)
    if (known !== undefined) return known
    const log: MemoryLog = { batches: [], snapshots: new Map(), erased: false, changed: 0 }
    store.logs.set(id, log)
    return log
  }

  const touch = (log: MemoryLog): void => {
    store.sequence += 1
    log.changed = store.sequence
    for (const listener of store.listeners) queueMicrotask(listener)
  }

  const land = (batch: Batch): Landing => {
    const log = store.logs.get(batch.log)
    if (log?.erased === true) return 'erased'
    const head = endOf(log)
    if (batch.first === head + 1) {
      const kept = logOf(batch.log)
      kept.batches.push({ ...batch, payload: new Uint8Array(batch.payload), checkpoint: false })
      touch(kept)
      return 'landed'
    }
    const there = log?.batches[place(log.batches, batch.first - 1)]
    return there?.first === batch.first &&
      there.last === batch.last &&
      !there.checkpoint &&
      Buffer.compare(there.payload, batch.payload) === 0
      ? 'landed'
      : 'conflict'
  }

  return {
    append: (batches) =>
      use(() => {
        checkBatches(batches)
        return batches.map(land)
      }),

    read: (id, after, limit) =>
      use(() => {
        checkLog(id)
        const log = store.logs.get(id)
        if (log?.erased === true) return 'erased'
        const answer: StoredBatch[] = []
        let bytes = 0
        for (let at = place(log?.batches ?? [], after); answer.length < limit; at += 1) {
          const batch = log?.batches[at]
          if (batch === undefined || (answer.length > 0 && bytes + batch.payload.byteLength > maxRead)) break
          answer.push({ ...batch, payload: new Uint8Array(batch.payload) })
          bytes += batch.payload.byteLength
        }
        return answer
      }),

    head: (id) =>
      use(() => {
        checkLog(id)
        const log = store.logs.get(id)
        return log?.erased === true ? 'erased' : endOf(log)
      }),

    changedSince: (cursor) =>
      use(() => {
        const now = `${store.id}.${store.sequence}`
        if (cursor === undefined) return { changed: [], cursor: now }
        const [id, sequence] = cursor.split('.')
        const since = id === store.id ? Number(sequence) : 0
        const changed = [...store.logs]
          .filter(([, log]) => log.changed > since)
          .map(([log, kept]) => ({ log, head: kept.erased ? ('erased' as const) : endOf(kept) }))
        return { changed, cursor: now }
      }),

    saveSnapshot: async ({ log: id, revision, parts }) => {
      checkLog(id)
      const kept: Uint8Array[] = []
      for await (const part of parts) {
        checkPart(part)
        kept.push(new Uint8Array(part))
      }
      await use(() => {
        const log = logOf(id)
        if (log.erased) return
        log.snapshots.set(revision, kept)
        for (const old of superseded([...log.snapshots.keys()])) log.snapshots.delete(old)
      })
    },

    loadSnapshot: (id, notAfter) =>
      use(() => {
        checkLog(id)
        const snapshots = store.logs.get(id)?.snapshots ?? new Map<number, readonly Uint8Array[]>()
        const revision = Math.max(...[...snapshots.keys()].filter((at) => at <= (notAfter ?? Infinity)))
        const kept = snapshots.get(revision)
        if (kept === undefined) return undefined
        const parts = async function* () {
          for (const part of kept) yield new Uint8Array(part)
        }
        return { log: id, revision, parts: parts() }
      }),

    trim: (id, before, checkpoint) =>
      use(() => {
        checkLog(id)
        const log = store.logs.get(id)
        const at = log?.batches.findIndex(({ first }) => first === before) ?? -1
        if (log === undefined || at < 1) return false
        log.batches.splice(0, at, {
          log: id,
          first: 1,
          last: before - 1,
          payload: new Uint8Array(checkpoint),
          checkpoint: true,
        })
        return true
      }),

    watch: (listener) => {
      if (closed) return () => {}
      const entry = () => listener()
      store.listeners.add(entry)
      own.add(entry)
      return () => {
        store.listeners.delete(entry)
        own.delete(entry)
      }
    },

    erase: (id) =>
      use(() => {
        checkLog(id)
        const log = logOf(id)
        log.batches.length = 0
        log.snapshots.clear()
        log.erased = true
        touch(log)
      }),

    health: () => use(() => {}),

    close: async () => {
      closed = true
      for (const entry of own) store.listeners.delete(entry)
      own.clear()
    },
  }
}

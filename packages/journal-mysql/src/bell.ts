// Wakes followers. These servers send no notices, so while somebody watches, the time of the newest change is looked at often: a hint, which
// misses what commits late, and what polling finds anyway.
import { setTimeout as wait } from 'node:timers/promises'
import type { Database, Statement } from './database.ts'

export interface Bell {
  /** Tells followers here, at once, that something changed. */
  readonly ring: () => void
  readonly watch: (listener: () => void) => () => void
  readonly close: () => Promise<void>
}

const pauseMillis = 100
/** While the server is away. */
const longPauseMillis = 1000
const newest: Statement = {
  text: "SELECT DATE_FORMAT(MAX(changed), '%Y-%m-%d %H:%i:%s.%f') AS changed FROM konfig_batches",
}

export const openBell = (database: Database): Bell => {
  const listeners = new Set<() => void>()
  const stopping = new AbortController()
  let living: Promise<void> | undefined

  const wake = (): void => {
    for (const listener of listeners) queueMicrotask(listener)
  }

  /** Whoever finds the server again may have missed something: he is woken. */
  const live = async (): Promise<void> => {
    for (let last: string | null | undefined; listeners.size > 0 && !stopping.signal.aborted; ) {
      const next = await database.run<{ changed: string | null }>(newest).then(
        ({ rows }) => rows[0]?.changed ?? null,
        () => undefined,
      )
      if (next !== undefined && next !== last) wake()
      last = next
      await wait(next === undefined ? longPauseMillis : pauseMillis, undefined, {
        signal: stopping.signal,
        ref: false,
      }).catch(() => undefined)
    }
    living = undefined
  }

  return {
    ring: wake,

    watch: (listener) => {
      const entry = (): void => listener()
      listeners.add(entry)
      if (!stopping.signal.aborted) living ??= live()
      return () => void listeners.delete(entry)
    },

    close: async () => {
      stopping.abort()
      listeners.clear()
      await living
    },
  }
}

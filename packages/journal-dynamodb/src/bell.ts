// Wakes followers. Whoever appended writes to one small item, and while somebody watches, that item is looked at often: a hint, which may be
// lost, and what polling finds anyway.
import { setTimeout as wait } from 'node:timers/promises'
import type { Bell as Rung } from '@konfig/journal'
import type { Database } from './database.ts'
import { pulseKey } from './schema/items.ts'

export interface Bell extends Rung {
  readonly close: () => Promise<void>
}

const pauseMillis = 100
/** While the service is away. */
const longPauseMillis = 1000

export const openBell = (database: Database): Bell => {
  const listeners = new Set<() => void>()
  const stopping = new AbortController()
  let living: Promise<void> | undefined
  let pulsing: Promise<void> | undefined
  let due = false

  const pause = (millis: number): Promise<void> =>
    wait(millis, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)

  const wake = (): void => {
    for (const listener of listeners) queueMicrotask(listener)
  }

  /** At most one write in a tenth of a second, however much is appended. */
  const pulse = async (): Promise<void> => {
    while (due && !stopping.signal.aborted) {
      due = false
      const change = { text: 'SET #pulse = :pulse', values: { pulse: Math.floor(Math.random() * 1e15) } }
      await database.update(pulseKey, change).catch(() => undefined)
      await pause(pauseMillis)
    }
    pulsing = undefined
  }

  /** Whoever finds the service again may have missed something: he is woken. */
  const live = async (): Promise<void> => {
    for (let last: number | undefined; listeners.size > 0 && !stopping.signal.aborted; ) {
      const next = await database.glance(pulseKey).then(
        (item) => item?.pulse ?? 0,
        () => undefined,
      )
      if (next !== undefined && next !== last) wake()
      last = next
      await pause(next === undefined ? longPauseMillis : pauseMillis)
    }
    living = undefined
  }

  return {
    ring: () => {
      wake()
      due = true
      if (!stopping.signal.aborted) pulsing ??= pulse()
    },

    watch: (listener) => {
      const entry = (): void => listener()
      listeners.add(entry)
      if (!stopping.signal.aborted) living ??= live()
      return () => void listeners.delete(entry)
    },

    close: async () => {
      stopping.abort()
      listeners.clear()
      await Promise.all([living, pulsing])
    },
  }
}

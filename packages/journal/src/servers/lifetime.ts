// How long an adapter of a server lives: what its end waits for, and for how long. Knows no driver.
import { setTimeout as wait } from 'node:timers/promises'
import type { Millis } from '@konfig/core'

export interface Lifetime {
  readonly closed: () => boolean
  readonly close: () => Promise<void>
  /** Hears of all that closing has to wait for. */
  readonly count: (work: Promise<unknown>) => void
}

/** Besides the time that an answer may take. */
const goodbyeMillis = 2000

/** `letGo` of connections, and of whoever listens, is called once, when nothing that was counted runs any more. */
export const openLifetime = (answerMillis: Millis, letGo: () => Promise<unknown>): Lifetime => {
  const running = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined
  const end = async (): Promise<void> => {
    await Promise.allSettled(running)
    // A server that hangs takes no goodbye; what was acknowledged does not depend on it.
    await Promise.race([letGo(), wait(goodbyeMillis + answerMillis, undefined, { ref: false })])
  }
  return {
    closed: () => closed !== undefined,
    close: () => {
      closed ??= end()
      return closed
    },
    count: (work) => {
      running.add(work)
      work.finally(() => running.delete(work)).catch(() => undefined)
    },
  }
}

// Wakes followers of other nodes: by a change stream where the server has them, else by looking at what changed. A hint only: it may be lost, and
// nothing waits for it.
import { setTimeout as wait } from 'node:timers/promises'
import type { Bell as Ringing } from '@konfig/journal'
import type { ChangeStream } from 'mongodb'
import type { Database } from './database.ts'
import { codeOfServer } from './errors.ts'
import { changedSince } from './log/changes.ts'

export interface Bell extends Ringing {
  readonly close: () => Promise<void>
}

/** What servers say that have no change streams, or none for this user: not implemented, no such stage, no replica set, no such right. */
const without = [13, 59, 238, 40_324, 40_573]
/** Between two looks, or so many times what the last one took, where that is longer: the server has others to answer. */
const pauseMillis = 200
const pauseShare = 8
/** While the server is away. */
const longPauseMillis = 1000

export const openBell = (database: Database, installation: string): Bell => {
  const listeners = new Set<() => void>()
  const stopping = new AbortController()
  let living: Promise<void> | undefined
  let stream: ChangeStream | undefined

  const wake = (): void => {
    // Who stops meanwhile hears nothing more.
    for (const listener of listeners)
      queueMicrotask(() => {
        if (listeners.has(listener)) listener()
      })
  }
  const goesOn = (): boolean => listeners.size > 0 && !stopping.signal.aborted
  const pause = (millis: number): Promise<unknown> =>
    wait(millis, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)

  /** Until the stream ends; false where this server has none. What was missed before is made up for by waking once. */
  const listen = async (): Promise<boolean> => {
    try {
      stream = database.in.batches.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }])
      const first = stream.tryNext()
      wake()
      if ((await first) !== null) wake()
      while (goesOn()) {
        await stream.next()
        wake()
      }
      return true
    } catch (error) {
      return !without.includes(codeOfServer(error) ?? 0)
    } finally {
      await stream?.close().catch(() => undefined)
      stream = undefined
    }
  }

  /** Answers are given again for a while: whoever is named with a head that was not heard before has changed. */
  const look = async (): Promise<void> => {
    let heard: ReadonlyMap<string, unknown> | undefined
    for (let cursor: string | undefined; goesOn(); ) {
      const asked = performance.now()
      const answer = await changedSince(database, installation, cursor).catch(() => undefined)
      if (answer === undefined) {
        heard = undefined
        await pause(longPauseMillis)
        continue
      }
      const { changed } = answer
      // Whoever finds the server again may have missed something.
      if (heard === undefined || changed.some(({ log, head }) => heard?.get(log) !== head)) wake()
      heard = new Map(changed.map(({ log, head }) => [log, head]))
      cursor = answer.cursor
      await pause(Math.min(longPauseMillis, Math.max(pauseMillis, pauseShare * (performance.now() - asked))))
    }
  }

  const live = async (): Promise<void> => {
    let streams = true
    while (goesOn() && streams) {
      streams = await listen()
      if (streams) await pause(longPauseMillis)
    }
    await look()
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
      await stream?.close().catch(() => undefined)
      await living
    },
  }
}

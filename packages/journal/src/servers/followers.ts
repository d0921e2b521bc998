// Who follows a journal on a server, and the hearing of other nodes on their behalf: it begins when it is wanted, and goes on in the background.
// A hint only: it may be lost, and nothing waits for it. How one hears is the adapter's.
import { setTimeout as wait } from 'node:timers/promises'
import type { LogId, Millis } from '@konfig/core'
import type { Journal } from '../journal.ts'

export interface Followers {
  readonly watch: Journal['watch']
  /** Tells all who follow, soon; whoever stops meanwhile hears nothing more. */
  readonly wake: (logs?: readonly LogId[]) => void
  /** Other nodes are heard from now on, if they are not already. */
  readonly begin: () => void
  /** Somebody follows, and it is not closed. */
  readonly wanted: () => boolean
  readonly closed: () => boolean
  /** Ends early when it is closed. */
  readonly pause: (millis: Millis) => Promise<void>
  /** Nobody hears anything from now on; resolves once hearing has ended. */
  readonly close: () => Promise<void>
}

/** `hear` never rejects, and ends soon after nobody wants it. */
export const openFollowers = (hear: (followers: Followers) => Promise<void>): Followers => {
  const listeners = new Set<(logs?: readonly LogId[]) => void>()
  const stopping = new AbortController()
  let hearing: Promise<void> | undefined

  const listen = async (): Promise<void> => {
    await hear(followers)
    hearing = undefined
    // Somebody came while it ended.
    if (followers.wanted()) followers.begin()
  }
  const followers: Followers = {
    watch: (listener) => {
      const entry = (logs?: readonly LogId[]): void => listener(logs)
      listeners.add(entry)
      followers.begin()
      return () => void listeners.delete(entry)
    },
    wake: (logs) => {
      for (const listener of listeners)
        queueMicrotask(() => {
          if (listeners.has(listener)) listener(logs)
        })
    },
    begin: () => {
      if (!stopping.signal.aborted) hearing ??= listen()
    },
    wanted: () => listeners.size > 0 && !stopping.signal.aborted,
    closed: () => stopping.signal.aborted,
    pause: (millis) => wait(millis, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined),
    close: async () => {
      stopping.abort()
      listeners.clear()
      await hearing
    },
  }
  return followers
}

/** While the server is away. */
const longPauseMillis = 1000
/** So many times what the last look took, where that is the longer pause: the server has others to answer. */
const pauseShare = 8

/**
 * For servers that send no notices: looks at something that changes with every commit, or nearly. Whoever finds the server again may have missed
 * something: he is woken.
 */
export const lookOften =
  (look: () => Promise<unknown>, pauseMillis: Millis = 100) =>
  async ({ wake, wanted, pause }: Followers): Promise<void> => {
    for (let last: { readonly seen: unknown } | undefined; wanted(); ) {
      const asked = performance.now()
      const next = await look().then(
        (seen) => ({ seen }),
        () => undefined,
      )
      if (next !== undefined && (last === undefined || next.seen !== last.seen)) wake()
      last = next
      const due = Math.max(pauseMillis, pauseShare * (performance.now() - asked))
      await pause(next === undefined ? longPauseMillis : Math.min(longPauseMillis, due))
    }
  }

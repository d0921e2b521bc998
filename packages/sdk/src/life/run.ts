// A client's life: stream, and poll where streams cannot be had; wait and ask again, for ever. Owns the order of attempts and the waits between.
import { harmless } from '../connect/hooks.ts'
import { type Attempt, isRefusal } from './answer.ts'
import type { Follower } from './follower.ts'
import { pollOnce } from './poll.ts'
import { newStreamMemory, streamOnce } from './stream.ts'
import { jittered } from './wait.ts'

export interface Life {
  /** Asks now instead of after the wait that is under way. */
  readonly wake: () => void
  readonly ended: Promise<void>
}

export const live = (follower: Follower, signal: AbortSignal): Life => {
  const { pace, clock, random, listening, asking } = follower
  const kept = newStreamMemory()
  let failures = 0
  let streamAt = follower.streaming ? clock.now() : Number.POSITIVE_INFINITY
  let wake = (): void => undefined

  const pause = (millis: number, because: string): Promise<void> => {
    harmless(() => asking.hooks.wait?.(millis, because))
    return new Promise((resolve) => {
      const finish = (): void => {
        callOff()
        signal.removeEventListener('abort', finish)
        wake = () => undefined
        resolve()
      }
      const callOff = clock.after(millis, finish)
      wake = finish
      signal.addEventListener('abort', finish, { once: true })
      if (signal.aborted) finish()
    })
  }

  /** How long to wait after an attempt, and why. Nothing: ask again at once. */
  const after = (attempt: Attempt): readonly [millis: number, because: string] | undefined => {
    switch (attempt.kind) {
      case 'again':
        return undefined
      case 'polled':
        failures = 0
        return [pace.poll, 'poll']
      case 'unsuited':
        streamAt = clock.now() + pace.streamAgain
        return undefined
      case 'ended': {
        // One that is cut over and over again, each time soon, is waited for longer and longer.
        failures = attempt.lived >= pace.most ? 0 : failures + 1
        const first = kept.retry ?? pace.first
        return [jittered({ ...pace, first }, Math.max(0, failures - 1), random), 'ended']
      }
      case 'failed': {
        const { trouble, refusal } = attempt
        listening.stale(trouble, refusal?.detail)
        if (isRefusal(trouble)) return [Math.round(pace.refused * (0.5 + random() / 2)), trouble]
        // Where even polling fails it is not the streams' fault: they are tried first when there is a server again.
        if (follower.streaming) streamAt = clock.now()
        failures += 1
        const asked = attempt.retryAfter
        return [(asked ?? 0) + jittered(pace, asked === undefined ? failures - 1 : 0, random), trouble]
      }
    }
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const attempt =
        clock.now() >= streamAt ? await streamOnce(follower, kept, signal) : await pollOnce(follower, signal)
      if (signal.aborted) return
      const wait = after(attempt)
      if (wait !== undefined) await pause(...wait)
    }
  }

  return {
    wake: () => {
      wake()
    },
    ended: run(),
  }
}

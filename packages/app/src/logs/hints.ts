// When hints that something has changed bring about a poll: soon, and not so often that a slow journal is asked all the time.
// Knows nothing of what a poll does.
import type { Millis } from '@konfig/core'

export interface Hints {
  readonly heard: () => void
  readonly stop: () => void
}

export interface HintsOptions {
  /** Never rejects. */
  readonly poll: () => Promise<void>
  readonly polling: () => boolean
  /** Until the next poll that nobody hinted at. */
  readonly longest: Millis
}

/** Hints come with every commit of this node too: the first is followed at once, and all that come within so long of it by one more poll. */
const quietMillis = 20
/** What polls take of the journal's time: hints wait for so many times what the last one took, where that is longer. */
const share = 8

export const openHints = ({ poll, polling, longest }: HintsOptions): Hints => {
  let quiet: NodeJS.Timeout | undefined
  let again = false
  let stopped = false
  let took: Millis = 0

  const follow = async (): Promise<void> => {
    const began = performance.now()
    await poll()
    took = performance.now() - began
  }

  const heard = (): void => {
    if (stopped) return
    if (quiet !== undefined) {
      again = true
      return
    }
    // One that is under way may have asked before.
    if (polling()) again = true
    else void follow()
    quiet = setTimeout(
      () => {
        quiet = undefined
        const more = again
        again = false
        if (more) heard()
      },
      Math.min(longest, Math.max(quietMillis, share * took)),
    )
    quiet.unref()
  }

  return {
    heard,
    stop: () => {
      stopped = true
      clearTimeout(quiet)
    },
  }
}

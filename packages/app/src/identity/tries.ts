// Counts of failures in a window, bounded in number: what slows guessing. Knows nothing of what is guessed. A clock that was far ahead and is
// put right makes nobody wait longer than the longest wait.
import { failure, KonfigError, type Millis } from '@konfig/core'
import { LRUCache } from 'lru-cache'

interface Count {
  count: number
  /** When the window ends, or the delay after the last failure. */
  until: Millis
}

export interface Tries {
  /** Throws `rate_limited` where `name` must wait; else counts one try, that `succeeded` takes back. */
  readonly begin: (name: string, now: Millis) => void
  readonly succeeded: (name: string) => void
}

/** `allowed` tries in a window of fixed length. */
export const windowTries = (allowed: number, windowMillis: Millis, names = 50_000): Tries => {
  const counts = new LRUCache<string, Count>({ max: names })
  return {
    begin: (name, now) => {
      const found = counts.get(name)
      if (found === undefined || found.until <= now || found.until > now + windowMillis) {
        counts.set(name, { count: 1, until: now + windowMillis })
        return
      }
      if (found.count >= allowed)
        throw new KonfigError(failure('rate_limited', { seconds: Math.max(1, Math.ceil((found.until - now) / 1000)) }))
      found.count++
    },
    succeeded: (name) => {
      const found = counts.get(name)
      if (found !== undefined && found.count > 0) found.count--
    },
  }
}

/** The first tries are free; then each failure doubles the wait, up to a longest one; a success forgets them. */
export const growingTries = (free: number, longest: Millis, names = 50_000): Tries => {
  const counts = new LRUCache<string, Count>({ max: names })
  return {
    begin: (name, now) => {
      const found = counts.get(name)
      // After a quiet day what was counted is forgotten.
      const known = found !== undefined && found.until + 24 * 3_600_000 > now ? found : undefined
      if (known !== undefined && known.count >= free && known.until > now && known.until <= now + longest)
        throw new KonfigError(failure('rate_limited', { seconds: Math.ceil((known.until - now) / 1000) }))
      const count = (known?.count ?? 0) + 1
      const wait = count < free ? 0 : Math.min(longest, 1000 * 2 ** Math.min(30, count - free))
      counts.set(name, { count, until: now + wait })
    },
    succeeded: (name) => {
      counts.delete(name)
    },
  }
}

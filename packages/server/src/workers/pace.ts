// How soon a worker that ended is replaced: at once when it had served for a while, else later and later. Pure.
import type { Millis } from '@konfig/core'

export interface Pace {
  /** How long to wait before the next one, after one that lived so long. */
  readonly next: (lived: Millis) => Millis
}

const first: Millis = 250
const longest: Millis = 15_000
/** Whoever lived so long did not fail at its start. */
const settled: Millis = 30_000

export const openPace = (): Pace => {
  let wait = 0
  return {
    next: (lived) => {
      wait = lived >= settled ? 0 : wait === 0 ? first : Math.min(longest, 2 * wait)
      return wait
    },
  }
}

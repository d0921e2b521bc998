// Counts the work of checking, and stops it where its owner set a bound. Knows nothing of what is checked.
import { exhausted } from '../errors/bug.ts'

/** Work that checking has cost so far, in steps of about 100 ns: whoever checks many values says so, and can stop. */
export interface Meter {
  steps: number
  /** Beyond it the work ends here and now. Only what has such a bound also pays for the length of values. */
  readonly most?: number
}

/** Throws `too_large` once the bound is passed. */
export const charge = (meter: Meter | undefined, steps: number): void => {
  if (meter === undefined) return
  meter.steps += steps
  if (meter.most !== undefined && meter.steps > meter.most)
    exhausted('What the values and definitions of this commit take to check', 'half a second of work')
}

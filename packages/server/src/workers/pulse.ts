// Whether a worker still answers its parent: counts the questions that it leaves open. Pure, and without a clock: a machine that was suspended, or
// a parent that had no turn itself, has let time pass in which nobody was asked, and nobody is ended for that.
import type { Millis } from '@konfig/core'

export interface Pulse {
  /** Called each time before it is asked: whether it has left so many questions open that it will not answer any more. */
  readonly isLost: () => boolean
  /** It said something. */
  readonly heard: () => void
}

/** So often it is asked before it is given up. */
export const questions = 6
/** One that has not spoken yet is still reading its own program, which takes long where many start at once, however impatient its parent is later. */
const patienceAtStart = 4
const leastMillisAtStart: Millis = 60_000

/** `everyMillis`: how often it is asked. */
export const openPulse = (everyMillis: Millis): Pulse => {
  let open = 0
  let most = Math.max(questions * patienceAtStart, Math.ceil(leastMillisAtStart / everyMillis))
  return {
    isLost: () => {
      open += 1
      return open > most
    },
    heard: () => {
      open = 0
      most = questions
    },
  }
}

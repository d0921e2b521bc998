// Whether a worker still answers its parent: counts the questions that it leaves open. Pure, and without a clock: a machine that was suspended, or
// a parent that had no turn itself, has let time pass in which nobody was asked, and nobody is ended for that.

export interface Pulse {
  /** Called each time before it is asked: whether it has left so many questions open that it will not answer any more. */
  readonly isLost: () => boolean
  /** It said something. */
  readonly heard: () => void
}

/** So often it is asked before it is given up. */
export const questions = 6
/** One that has not spoken yet is still reading its own program, which takes long where many start at once. */
const patienceAtStart = 4

export const openPulse = (): Pulse => {
  let open = 0
  let most = questions * patienceAtStart
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

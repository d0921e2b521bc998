// Long work on the thread that everybody shares, in slices: others have their turn between them. Knows nothing of the work.
import type { Steps } from '@konfig/core'

/** Others wait no longer than about this, and what one step takes. */
const sliceMillis = 8

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Between two steps: gives others their turn where this work has had its own (await what it answers), else undefined. */
export const openSlices = (): (() => Promise<void> | undefined) => {
  let began = performance.now()
  return () => {
    if (performance.now() - began < sliceMillis) return undefined
    return turn().then(() => {
      began = performance.now()
    })
  }
}

/** Drives work that stops between its steps to its end. */
export const inTurns = async <T>(steps: Steps<T>): Promise<T> => {
  const pause = openSlices()
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    const paused = pause()
    if (paused !== undefined) await paused
  }
}

/** Calls `step` for each in order; what it throws ends the work. */
export const inSlices = async <T>(items: Iterable<T>, step: (item: T) => void): Promise<void> => {
  const pause = openSlices()
  for (const item of items) {
    step(item)
    const paused = pause()
    if (paused !== undefined) await paused
  }
}

// Long work on the thread that everybody shares, in slices: others have their turn between them. Knows nothing of the work.

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

/** Calls `step` for each in order; what it throws ends the work. */
export const inSlices = async <T>(items: Iterable<T>, step: (item: T) => void): Promise<void> => {
  const pause = openSlices()
  for (const item of items) {
    step(item)
    const paused = pause()
    if (paused !== undefined) await paused
  }
}

// Long work on the thread that everybody shares, in slices: others have their turn between them. Knows nothing of the work.

/** Others wait no longer than about this, and what one step takes. */
const sliceMillis = 8

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Calls `step` for each in order; what it throws ends the work. */
export const inSlices = async <T>(items: Iterable<T>, step: (item: T) => void): Promise<void> => {
  let began = performance.now()
  for (const item of items) {
    step(item)
    if (performance.now() - began < sliceMillis) continue
    await turn()
    began = performance.now()
  }
}

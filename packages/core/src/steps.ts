// Long work that can stop between its steps. Whoever drives it decides when others have their turn; what it answers does not depend on that.

/** Yields where it may pause; what it answers is returned. */
export type Steps<T> = Generator<undefined, T, undefined>

/** All steps, one after the other. */
export const finish = <T>(steps: Steps<T>): T => {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** So many items of short work are one step. */
export const itemsOfStep = 64

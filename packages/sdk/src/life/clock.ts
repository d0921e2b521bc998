// The clock as a port: a monotonic now and timers. Nothing here reads the time of day, so a wrong or jumping clock changes nothing.

export interface Clock {
  /** Milliseconds since some start; never goes back. */
  readonly now: () => number
  /** Calls back once after so many milliseconds, unless it was called off. */
  readonly after: (millis: number, then: () => void) => () => void
}

/** Longer waits make a timer of the platform fire at once. */
const longest = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (millis, then) => {
    const timer = setTimeout(then, Math.min(millis, longest))
    return () => {
      clearTimeout(timer)
    }
  },
}

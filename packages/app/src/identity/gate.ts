// Lets a few at a time do costly work, and a bounded number wait. Knows nothing of the work.
import { failure, KonfigError } from '@konfig/core'

export interface Gate {
  /** Rejects with `overloaded` where too many wait. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
}

export const openGate = (atATime: number, maximumWaiting: number): Gate => {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    run: async (work) => {
      if (running >= atATime) {
        if (waiting.length >= maximumWaiting) throw new KonfigError(failure('overloaded', { seconds: 2 }))
        await new Promise<void>((resolve) => waiting.push(resolve))
      } else running++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        // The place goes straight to the next one, so nobody can slip in between.
        if (next === undefined) running--
        else next()
      }
    },
  }
}

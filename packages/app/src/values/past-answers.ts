// Answers of the past, within a bound of bytes of their own: reading history never drives out what is served now. They cannot become wrong.
import type { LogId } from '@konfig/core'
import { LRUCache } from 'lru-cache'
import type { ReadyAnswer } from './face.ts'

export interface PastAnswers {
  readonly get: (name: string) => ReadyAnswer | undefined
  readonly keep: (name: string, answer: ReadyAnswer) => void
  /** Lets go of all answers of a log: their names begin with it. */
  readonly forget: (log: LogId) => void
  readonly bytes: () => number
}

export const openPastAnswers = (maximumBytes: number): PastAnswers => {
  const kept = new LRUCache<string, ReadyAnswer>({
    maxSize: Math.max(1, Math.floor(maximumBytes)),
    sizeCalculation: ({ length }, name) => 400 + length + 2 * name.length,
  })
  return {
    get: (name) => kept.get(name),
    keep: (name, answer) => {
      kept.set(name, answer)
    },
    forget: (log) => {
      for (const name of kept.keys()) if (name.startsWith(`${log} `)) kept.delete(name)
    },
    bytes: () => kept.calculatedSize,
  }
}

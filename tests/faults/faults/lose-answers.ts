// Connections break just when the database has answered: what was asked was carried out, and nobody hears of it.
import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, meaningless, possible } from './fault.ts'

/** Longer than what only asks how things are. */
const isWrite = (bytes: Buffer): boolean => bytes.length > 300

export const loseAnswers: Fault = {
  name: 'lost answers',
  lane: 'store',
  standing: ({ proxy }) => (proxy === undefined ? meaningless : possible),
  strike: async ({ place, random, longestMillis }) => {
    const until = performance.now() + longestMillis
    while (performance.now() < until) {
      place.proxy?.cut(isWrite)
      await wait(random.between(5, 80))
    }
    place.proxy?.cut(() => false)
  },
}

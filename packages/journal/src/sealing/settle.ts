// Settles a lost answer by asking again with the very same bytes. Promises never to turn an unknown outcome into a refusal.
import { setTimeout as wait } from 'node:timers/promises'
import { outcomeUnknown } from './corrupt.ts'

const pauses = [0, 20, 100, 400, 1000]

/** Asks until the answer is known; rejects with `outcome_unknown` where it stays unknown, or where the store goes away meanwhile. */
export const settle = async <T extends string>(ask: () => Promise<T>, what: string): Promise<Exclude<T, 'unknown'>> => {
  const known = (answer: T): answer is Exclude<T, 'unknown'> => answer !== 'unknown'
  const first = await ask()
  if (known(first)) return first
  for (const pause of pauses) {
    await wait(pause)
    const answer = await ask().catch(() => 'unknown' as T)
    if (known(answer)) return answer
  }
  throw outcomeUnknown(what)
}

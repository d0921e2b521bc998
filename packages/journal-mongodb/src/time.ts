// The server's time, without asking for it each time: this machine's steady clock from the server's last answer on. Its own date, which may jump,
// is not used.
import type { Millis } from '@konfig/core'
import { spanMillis } from './schema/documents.ts'

export interface ServerTime {
  readonly now: () => Millis
  /** The step of time by which changes are found. */
  readonly span: () => number
  /** Asks the server; answers its time. */
  readonly ask: () => Promise<Millis>
}

/** What two machines may differ by on account of the way between them. */
const tolerance = 1000
const staleAfter = 60_000

export const serverTime = (ask: () => Promise<Millis>, first: Millis): ServerTime => {
  let difference = first - performance.now()
  let asked = performance.now()

  const again = async (): Promise<Millis> => {
    asked = performance.now()
    const told = await ask()
    // Small differences come from the way; to follow them would let the time go back.
    if (Math.abs(told - performance.now() - difference) > tolerance) difference = told - performance.now()
    return performance.now() + difference
  }
  const now = (): Millis => {
    if (performance.now() - asked > staleAfter) again().catch(() => undefined)
    return performance.now() + difference
  }
  return { now, span: () => Math.floor(now() / spanMillis), ask: again }
}

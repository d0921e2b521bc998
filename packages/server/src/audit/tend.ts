// When a node takes its round over the logs: heads are noted, and what has had its time is trimmed. Owns the times, and that a clock which jumped
// trims nothing; what a round does is the application's.
import { type App, openTending } from '@konfig/app'
import type { ServerLog } from '../log/server-log.ts'

const firstMillis = 60_000
/** Whether it is time is asked this often; a round is taken far more seldom, by one node of all. */
const againMillis = 10 * 60_000
/** A clock that went so far ahead of the time this process has lived is not believed. */
const mostDrift = 3_600_000

export interface Clocks {
  readonly wall: () => number
  /** Never set, never back. */
  readonly steady: () => number
}

const clocks: Clocks = { wall: Date.now, steady: () => performance.now() }

/** Whether the clock went with the time since this was made: nothing is trimmed by one that jumped ahead. */
export const openTrust = ({ wall, steady }: Clocks = clocks): (() => boolean) => {
  const begun = wall() - steady()
  return () => wall() - steady() - begun < mostDrift
}

/** Answers how to end it; resolves when the round under way has stopped. */
export const tendAudit = (app: App, log: ServerLog, trusted: () => boolean = openTrust()): (() => Promise<void>) => {
  const ending = new AbortController()
  const tending = openTending(app, ending.signal)
  let under: Promise<void> | undefined
  let said = false
  const round = async (): Promise<void> => {
    if (!trusted()) {
      if (!said)
        log.warn('The clock of this machine jumped ahead; this node trims no access log until it is started again')
      said = true
      return
    }
    const done = await tending.round()
    if (done !== undefined && done.trimmed > 0) log.info('Access logs were trimmed', { ...done })
  }
  const begin = (): void => {
    under ??= round()
      .catch(app.onError)
      .finally(() => {
        under = undefined
      })
  }
  const first = setTimeout(begin, firstMillis)
  first.unref()
  const again = setInterval(begin, againMillis)
  again.unref()
  return async () => {
    ending.abort()
    clearTimeout(first)
    clearInterval(again)
    await under
  }
}

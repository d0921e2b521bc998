// One round over all logs of an installation: notes where each stands, and trims the access logs whose time is over. Any node may do it; a claim
// keeps them from doing it all at once, and one that is killed leaves the rest to the next round.
import type { LogId, Millis } from '@konfig/core'
import type { LogHead } from '@konfig/journal'
import { LRUCache } from 'lru-cache'
import type { App } from '../app.ts'
import { noteHead, tellHeads } from './heads.ts'
import { claimRound, finishRound } from '../rounds.ts'
import { daysOf, platformDays, retain } from './retain.ts'

export interface Tended {
  /** Logs of which a new head was noted. */
  readonly noted: number
  /** Commits that went. */
  readonly trimmed: number
}

export interface Tending {
  /** Undefined where another node is at it, or was not long ago. What fails with one log goes to `app.onError` and is tried again next time. */
  readonly round: () => Promise<Tended | undefined>
}

const round = 'round'

/** `signal` ends a round between two logs; the rest is for the next one. */
export const openTending = (app: App, signal?: AbortSignal): Tending => {
  /** When there is something to trim next, and by which plan that was said: logs that are not due are not read. */
  const due = new LRUCache<LogId, { readonly days: number; readonly at: Millis }>({ max: 100_000 })

  const trim = async (log: LogId, days: number | undefined): Promise<number> => {
    if (days === undefined) return 0
    const known = due.get(log)
    if (known !== undefined && known.days === days && known.at > app.ports.now()) return 0
    const done = await retain(app, log, days)
    if (done.due !== undefined) due.set(log, { days, at: done.due })
    return done.commits
  }

  const tend = async (): Promise<Tended> => {
    const heads = new Map<LogId, LogHead>()
    let trimmed = 0
    const each = async (log: LogId, work: () => Promise<number>): Promise<void> => {
      try {
        const head = await noteHead(app, log)
        if (head !== undefined) heads.set(log, head)
        trimmed += await work()
      } catch (reason) {
        app.onError(reason)
      }
    }
    for await (const entry of app.directory.every()) {
      if (signal?.aborted === true) break
      if (entry.standing === 'reserved') continue
      if (entry.standing === 'active') await each(entry.config, async () => 0)
      await each(entry.access, () => trim(entry.access, daysOf(app, entry)))
    }
    await each(app.platform.log, async () => 0)
    // The log that tells of the others says by its own chain that it does; only its record says where it ends.
    if (heads.size > 0) await tellHeads(app, heads)
    await each(app.platformAccess, () => trim(app.platformAccess, platformDays(app)))
    return { noted: heads.size, trimmed }
  }

  return {
    round: async () => {
      if (!(await claimRound(app, round))) return undefined
      const done = await tend()
      if (signal?.aborted !== true) await finishRound(app, round)
      return done
    },
  }
}

// What stands right behind a revision, found by its key: some servers look through a whole collection for all that follows. Knows no page.
import type { LogId, Revision } from '@konfig/core'
import type { WithId } from 'mongodb'
import type { Database } from '../database.ts'
import type { BatchDocument } from '../schema/documents.ts'
import { type Heads, nextOf } from './heads.ts'

type Row = WithId<BatchDocument>

export interface Near {
  /** The one batch that begins there, or none where the log is known to end there. Undefined where only a page can tell, or is cheaper. */
  readonly look: (log: LogId, after: Revision, limit: number) => Promise<readonly Row[] | undefined>
  /** A page was full: whoever goes on where it ended is given the next. */
  readonly filled: (log: LogId, end: Revision) => void
}

/** Whoever has been given so many, one by one, and goes on, is behind by more: a page is cheaper then. */
const mostInTurn = 3
const mostLogs = 10_000

export const lookNear = (database: Database, heads: Heads): Near => {
  /** Where the last answers ended, and how many there were in turn. */
  const given = new Map<LogId, { readonly end: Revision; readonly times: number }>()

  const note = (log: LogId, end: Revision, times: number): void => {
    if (given.size >= mostLogs) given.clear()
    given.set(log, { end, times })
  }

  return {
    filled: (log, end) => note(log, end, mostInTurn),

    look: async (log, after, limit) => {
      // Nothing ends before the first, and there all is read.
      if (after < 1) return undefined
      const before = given.get(log)
      const times = before?.end === after ? before.times : 0
      if (times >= mostInTurn) {
        given.delete(log)
        return undefined
      }
      const next = await nextOf(database, log, after)
      if (next?.standing === 'batch') {
        if (limit > 1) note(log, next.last, times + 1)
        return [next]
      }
      given.delete(log)
      // What stands there was trimmed or erased; or nothing does, since `after` lies inside a batch, or in what was trimmed long ago.
      return next === null && heads.known(log) === after ? [] : undefined
    },
  }
}

// How far logs go, and what this node remembers of that. What it remembers saves asking before an append; the unique key decides all the same.
import type { LogId, Millis, Revision } from '@konfig/core'
import type { WithId } from 'mongodb'
import type { Database } from '../database.ts'
import { type BatchDocument, batchId } from '../schema/documents.ts'

export type Head = Revision | 'erased'

/** All but its content. */
export const withoutContent = { payload: 0 } as const

export const lastOf = (database: Database, log: LogId): Promise<WithId<BatchDocument> | null> =>
  database.read(({ batches }) => batches.findOne({ log }, { sort: { last: -1 }, projection: withoutContent }))

const headIn = (last: BatchDocument | null): Head =>
  last === null ? 0 : last.standing === 'gravestone' ? 'erased' : last.last

/** The last batch's end, 0 where there is none. */
export const headOf = async (database: Database, log: LogId): Promise<Head> => headIn(await lastOf(database, log))

/** What stands right behind a batch's end: found by its key alone, which is all that some servers find without looking through everything. */
export const nextOf = (
  database: Database,
  log: LogId,
  end: Revision,
  projection: { readonly payload?: 0 } = {},
): Promise<WithId<BatchDocument> | null> =>
  database.read(({ batches }) => batches.findOne({ _id: batchId(log, end + 1), log }, { projection }))

export interface Heads {
  /** An end that the log had within the last hour; undefined where this node does not know one. */
  readonly known: (log: LogId) => Revision | undefined
  readonly remember: (log: LogId, end: Revision) => void
  /** The end of a batch that was seen, which may be older than what is known. */
  readonly saw: (log: LogId, end: Revision) => void
  readonly forget: (log: LogId) => void
  /** The last batch's end; looks behind the one that is known, before it looks for the last. */
  readonly ask: (log: LogId) => Promise<Head>
}

/**
 * Where one knew that a log ended, nothing may have been taken away since: else an append could land where something was. What is trimmed or
 * erased keeps its keys for a day, which is much longer than this.
 */
const knownMillis: Millis = 60 * 60 * 1000
const most = 10_000

interface Since {
  readonly steady: Millis
  readonly date: Millis
}

const present = (): Since => ({ steady: performance.now(), date: Date.now() })

/** By both clocks: the steady one stands still while a machine is suspended, for days perhaps, and the date may be put back. */
const isWithin = (millis: Millis, { steady, date }: Since): boolean =>
  performance.now() - steady < millis && Math.abs(Date.now() - date) < millis

export const rememberHeads = (database: Database): Heads => {
  const ends = new Map<LogId, { readonly end: Revision; readonly since: Since }>()
  const remember = (log: LogId, end: Revision, since: Since): void => {
    ends.delete(log)
    ends.set(log, { end, since })
    const [oldest] = ends.keys()
    if (ends.size > most && oldest !== undefined) ends.delete(oldest)
  }
  const known: Heads['known'] = (log) => {
    const found = ends.get(log)
    return found !== undefined && isWithin(knownMillis, found.since) ? found.end : undefined
  }
  return {
    known,
    remember: (log, end) => remember(log, end, present()),
    saw: (log, end) => {
      if ((known(log) ?? 0) < end) remember(log, end, present())
    },
    forget: (log) => void ends.delete(log),
    ask: async (log) => {
      const asked = present()
      const before = known(log)
      if (before !== undefined && (await nextOf(database, log, before, withoutContent)) === null) return before
      const head = await headOf(database, log)
      if (head === 'erased') ends.delete(log)
      else remember(log, head, asked)
      return head
    },
  }
}

// Lists commits, newest first, read backwards in slices: what a page costs does not depend on how long the log is.
// Owns filters and pages of commits; what is in one is read by read.ts.
import {
  type ActorId,
  type Change,
  type Commit,
  everywhere,
  failure,
  type Json,
  KonfigError,
  type Origin,
  type Revision,
} from '@konfig/core'
import { type Context, may } from '../context.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { decodeCursor, defaultLimit, encodeCursor, maximumLimit, type Page } from '../page.ts'
import { openPageRoom } from '../page-bytes.ts'
import { readTime, timeText } from './moment.ts'
import { mayRead } from './readable.ts'

export interface CommitQuery {
  readonly kind?: string | undefined
  /** An id, a name, or `namespace/key`. */
  readonly resource?: string | undefined
  /** `user:<id>`, `key:<id>`, `system`, or the id alone. */
  readonly actor?: string | undefined
  /** A revision or a time; both ends belong to what is listed. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface CommitSummary {
  readonly revision: Revision
  readonly id: string
  readonly time: string
  readonly actor: ActorId
  readonly origin: Origin
  readonly message?: string
  /** How many changes the caller may read. */
  readonly changes: number
}

/** Commits read in one step, and batches that one read takes: a batch may hold hundreds of commits. */
const sliceCommits = 50
const sliceBatches = 8
/** A rare filter must not read a whole log in one request: the page ends, and its cursor goes on. */
const maximumScanned = 5_000

/** Commits with after < revision <= upTo, oldest first. */
const readSlice = async (held: HeldLog, after: Revision, upTo: Revision): Promise<readonly Commit[]> => {
  const slice: Commit[] = []
  let at = after
  while (at < upTo) {
    const commits = await held.sealed.history(at, sliceBatches)
    const last = commits.at(-1)
    if (last === undefined) break
    for (const commit of commits) if (commit.revision <= upTo) slice.push(commit)
    at = last.revision
  }
  return slice
}

/** What a caller may read of a commit's changes; a commit of which nothing is left is not shown at all. */
export const readableChanges = (context: Context, commit: Commit): readonly Change[] =>
  may(context, 'config:read', everywhere)
    ? commit.changes
    : commit.changes.filter((change) => mayRead(context, change, change.op === 'put' ? change.body : undefined))

export const isHidden = (commit: Commit, readable: readonly Change[]): boolean =>
  readable.length === 0 && commit.changes.length > 0

export const summaryOf = (commit: Commit, readable: readonly Change[]): CommitSummary => ({
  revision: commit.revision,
  id: commit.id,
  time: timeText(commit.time),
  actor: commit.actor,
  origin: commit.origin,
  ...(commit.message === undefined ? {} : { message: commit.message }),
  changes: readable.length,
})

const changeMatcher =
  ({ kind, resource }: CommitQuery): ((change: Change) => boolean) =>
  (change) =>
    (kind === undefined || change.kind === kind) &&
    (resource === undefined ||
      change.id === resource ||
      change.name === resource ||
      (change.namespace !== undefined && `${change.namespace}/${change.name}` === resource))

const moment = (text: string): { readonly revision: Revision } | { readonly time: number } => {
  if (/^\d{1,15}$/.test(text)) return { revision: Number(text) }
  const time = readTime(text)
  if (time !== undefined) return { time }
  throw new KonfigError(failure('malformed_request', { reason: 'from and to are revisions, or times of RFC 3339' }))
}

const isCursor = (value: Json): boolean => Number.isSafeInteger(value) && Number(value) >= 0

/** Where reading begins: below the cursor, not after `to`. */
const beginning = async ({ app, log }: Context, { to, cursor }: CommitQuery): Promise<Revision> => {
  const head = log.state().revision
  if (cursor !== undefined) return Math.min(head, decodeCursor<number>(cursor, isCursor))
  if (to === undefined) return head
  const until = moment(to)
  return 'revision' in until ? Math.min(head, until.revision) : app.past.revisionAt(log, until.time)
}

/** A page may be shorter than asked though `next` is there: then a filter has passed over much. */
export const listCommits = async (context: Context, query: CommitQuery): Promise<Page<CommitSummary>> => {
  const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maximumLimit)
  const since = query.from === undefined ? { revision: 1 } : moment(query.from)
  const matches = changeMatcher(query)
  const filtered = query.kind !== undefined || query.resource !== undefined
  const items: CommitSummary[] = []
  const fits = openPageRoom()
  let at = await beginning(context, query)
  const lowest = 'revision' in since ? Math.max(since.revision, 1) : 1
  for (let scanned = 0; at >= lowest && scanned < maximumScanned; ) {
    const after = Math.max(lowest - 1, at - sliceCommits)
    const slice = await readSlice(context.log, after, at)
    for (const commit of slice.toReversed()) {
      if ('time' in since && commit.time < since.time) return { items, next: null }
      if (items.length === limit) return { items, next: encodeCursor(commit.revision) }
      if (query.actor !== undefined && commit.actor !== query.actor && !commit.actor.endsWith(`:${query.actor}`))
        continue
      const readable = readableChanges(context, commit)
      if (isHidden(commit, readable) || (filtered && !readable.some(matches))) continue
      const summary = summaryOf(commit, readable)
      if (!fits(summary)) return { items, next: encodeCursor(commit.revision) }
      items.push(summary)
    }
    scanned += at - after
    at = after
  }
  return { items, next: at >= lowest ? encodeCursor(at) : null }
}

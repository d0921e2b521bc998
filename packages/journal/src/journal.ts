// The storage port that keeps logs: sealed batches in order, and snapshots of what they add up to.
// Never sees plaintext, never decides anything: the unique key (log, first revision) does.
import type { LogId, Millis, Revision } from '@konfig/core'

/** 1..n commits of one log as one sealed payload: the unit of append, of reading and of snapshots. */
export interface Batch {
  readonly log: LogId
  /** Revision of its first commit. */
  readonly first: Revision
  /** Revision of its last commit; the head that the next batch expects. */
  readonly last: Revision
  readonly payload: Uint8Array
}

/** `landed` also answers the repeat of a batch whose payload is already there byte for byte. `erased`: the log refuses appends for good. */
export type Landing = 'landed' | 'conflict' | 'erased'

export interface Snapshot {
  readonly log: LogId
  readonly revision: Revision
  /** Sealed; in order. */
  readonly chunks: readonly Uint8Array[]
}

export interface Journal {
  /**
   * Makes each batch durable or reports a conflict for it, each on its own; all of a batch or none of it. Answers in the order asked.
   * A batch lands only if no row has its (log, first), and, when first > 1, a row of the log ends exactly at first - 1.
   * Whoever waits together may share one durable transaction.
   * Rejects with `unavailable` when nothing was stored, `outcome_unknown` when that cannot be told: the caller then appends the very
   * same bytes again (answers `landed` if they are there) or reads the log.
   */
  readonly append: (batches: readonly Batch[]) => Promise<readonly Landing[]>
  /** Whole batches with last > after, in order, dense from the first; at most `limit` batches, fewer only at the end or above 16 MiB. */
  readonly read: (log: LogId, after: Revision, limit: number) => Promise<readonly Batch[]>
  /** The last batch's end, 0 if there is none or the log is not known. */
  readonly head: (log: LogId) => Promise<Revision>
  /** Logs changed since, at least once each, with a head at least as new as then; `undefined` asks for a cursor that starts now, with no logs. */
  readonly changedSince: (cursor: string | undefined) => Promise<{ readonly changed: readonly { readonly log: LogId; readonly head: Revision }[]; readonly cursor: string }>
  /** Keeps a whole snapshot or none; older ones may go, at growing distances. Losing one loses nothing. */
  readonly saveSnapshot: (snapshot: Snapshot) => Promise<void>
  /** The newest whole one with revision <= notAfter. */
  readonly loadSnapshot: (log: LogId, notAfter?: Revision) => Promise<Snapshot | undefined>
  /** Access logs only: drops whole batches that end before `before` and keeps `checkpoint` (sealed and signed above) instead; appends go on. */
  readonly trim: (log: LogId, before: Revision, checkpoint: Uint8Array) => Promise<void>
  readonly checkpoint: (log: LogId) => Promise<{ readonly before: Revision; readonly checkpoint: Uint8Array } | undefined>
  /** A hint that logs may have changed; may come late, doubled or never. Answers how to stop. */
  readonly watch: (listener: () => void) => () => void
  /** Removes everything of a log; later appends to it answer `erased` for good. */
  readonly erase: (log: LogId) => Promise<void>
  /** Resolves when the store answers; rejects with `unavailable`. */
  readonly health: () => Promise<void>
  /** Finishes what waits, then lets go. Later calls reject with `unavailable`. */
  readonly close: () => Promise<void>
}

export interface Clock {
  readonly now: () => Millis
}

// The storage port that keeps logs: sealed batches in order, and snapshots of what they add up to.
// Never sees plaintext, never decides anything: the unique key (log, first revision) does.
import type { LogId, Millis, Revision } from '@konfig/core'

/** 1..n commits of one log as one sealed payload: the unit of append, of reading and of snapshots. */
export interface Batch {
  /** 1 to 64 printable ASCII bytes, compared byte for byte. */
  readonly log: LogId
  /** Revision of its first commit. */
  readonly first: Revision
  /** Revision of its last commit; the head that the next batch expects. */
  readonly last: Revision
  /** At most 80 MiB. */
  readonly payload: Uint8Array
}

/** A batch as it is kept. A checkpoint stands at first = 1 for the batches that a trim dropped; its payload is what the trim was given. */
export interface StoredBatch extends Batch {
  readonly checkpoint: boolean
}

/**
 * `landed` also answers the repeat of a batch whose very bytes are already there, and is then as durable as the first.
 * `erased`: the log refuses appends for good. `unknown`: it cannot be told; append the very same bytes again, or read the log.
 */
export type Landing = 'landed' | 'conflict' | 'erased' | 'unknown'

export interface Snapshot {
  readonly log: LogId
  readonly revision: Revision
  /** Sealed; in order; each at most 1 MiB. An iteration that ends early throws `unavailable`: load again. */
  readonly parts: AsyncIterable<Uint8Array>
}

export interface SnapshotToSave {
  readonly log: LogId
  readonly revision: Revision
  readonly parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** A head is one that the log has reached, perhaps no longer the newest. */
export interface ChangedLog {
  readonly log: LogId
  readonly head: Revision | 'erased'
}

export interface Journal {
  /**
   * Makes each batch durable or says why not, each on its own; all of a batch or none of it. Answers in the order asked.
   * A batch lands only if no row has its (log, first), and, when first > 1, a row of the log ends exactly at first - 1.
   * At most one batch of a log in one call. Whoever waits together may share one durable transaction.
   * Rejects with `unavailable` when nothing was stored, with `too_large` or `bug` when the call is not one that may be made.
   */
  readonly append: (batches: readonly Batch[]) => Promise<readonly Landing[]>
  /**
   * Whole batches with last > after, in order, dense from the first; `after` may lie inside a batch, and then that one comes first, whole.
   * At most `limit` batches; fewer may come (adapters stop near 16 MiB), only an empty answer is the end. A trimmed log begins with its checkpoint.
   */
  readonly read: (log: LogId, after: Revision, limit: number) => Promise<readonly StoredBatch[] | 'erased'>
  /** The last batch's end, 0 if there is none or the log is not known. */
  readonly head: (log: LogId) => Promise<Revision | 'erased'>
  /**
   * Logs changed since a cursor, at least once each: may repeat, even all. Without a cursor the answer is one for now, and no logs.
   * A cursor is opaque and belongs to one installation; one that is not understood answers with all logs.
   */
  readonly changedSince: (
    cursor: string | undefined,
  ) => Promise<{ readonly changed: readonly ChangedLog[]; readonly cursor: string }>
  /** Keeps a whole snapshot or none; older ones may go, at growing distances. Losing one loses nothing. Saving a revision again replaces it. */
  readonly saveSnapshot: (snapshot: SnapshotToSave) => Promise<void>
  /** The newest whole one with revision <= notAfter. */
  readonly loadSnapshot: (log: LogId, notAfter?: Revision) => Promise<Snapshot | undefined>
  /**
   * Access logs only: the row at 1 becomes the checkpoint and stands for all batches that end before `before`; appends go on.
   * `before` is the first revision of a batch, so the newest batch always stays; else nothing is changed and the answer is false.
   * May be repeated after any failure, and finishes what was left.
   */
  readonly trim: (log: LogId, before: Revision, checkpoint: Uint8Array) => Promise<boolean>
  /** A hint that logs may have changed, these where they are named; may come late, doubled or never. Answers how to stop. */
  readonly watch: (listener: (logs?: readonly LogId[]) => void) => () => void
  /** Removes everything of a log, snapshots too; later appends to it answer `erased` for good. May be repeated after any failure. */
  readonly erase: (log: LogId) => Promise<void>
  /** Resolves when the store answers; rejects with `unavailable`. */
  readonly health: () => Promise<void>
  /** Finishes what waits, then lets go. Later calls reject with `unavailable`; closing again does nothing. */
  readonly close: () => Promise<void>
}

export interface Clock {
  readonly now: () => Millis
}

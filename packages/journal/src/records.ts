// The storage port for small mutable documents: compare-and-set and expiry, nothing else. Values arrive sealed.
import type { Millis } from '@konfig/core'

/** `collection` is a fixed word of the program (users, sessions …). Both are 1 to 255 printable ASCII bytes, compared byte for byte. */
export interface RecordKey {
  readonly collection: string
  readonly id: string
}

/**
 * A random token that the writer chooses, not a number: numbers begin again after a deletion, so a stale writer could match,
 * and after a lost answer nobody could tell whose version it is.
 */
export type RecordVersion = string

export interface StoredRecord extends RecordKey {
  readonly version: RecordVersion
  readonly value: Uint8Array
  /** From then on the record is gone for every reader, whether or not it was swept. */
  readonly expiresAt?: Millis
}

export interface RecordWrite extends RecordKey {
  /** undefined: only if there is none (an expired one counts as none). */
  readonly expected: RecordVersion | undefined
  /** The new version: 1 to 64 printable ASCII bytes, never used before. */
  readonly version: RecordVersion
  /** At most 256 KiB. */
  readonly value: Uint8Array
  readonly expiresAt?: Millis
}

/** `unknown`: it cannot be told; the very same put again settles it. */
export type RecordOutcome = 'landed' | 'conflict' | 'unknown'

export interface Records {
  readonly get: (key: RecordKey) => Promise<StoredRecord | undefined>
  /** Durable when it answers `landed`, which is also the answer where the new version is already the current one. Rejects as `append` does. */
  readonly put: (write: RecordWrite) => Promise<RecordOutcome>
  /** `landed` for exactly one of many who delete that version; what is absent is a conflict. */
  readonly delete: (key: RecordKey, expected: RecordVersion) => Promise<RecordOutcome>
  /** Ids in byte order, after `after`, that begin with `prefix`; expired ones left out. */
  readonly list: (
    collection: string,
    options: { readonly prefix?: string; readonly after?: string; readonly limit: number },
  ) => Promise<readonly StoredRecord[]>
  /** Drops what has expired; answers how many. Readers never depend on it. */
  readonly sweep: () => Promise<number>
  readonly close: () => Promise<void>
}

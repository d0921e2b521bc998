// The storage port for small mutable documents: compare-and-set and expiry, nothing else. Values arrive sealed.
import type { Millis } from '@konfig/core'

/** `collection` is a fixed word of the program (users, sessions …); `id` is at most 255 bytes, compared byte for byte. */
export interface RecordKey {
  readonly collection: string
  readonly id: string
}

export interface StoredRecord extends RecordKey {
  /** 1 when created, one more with each write. A deleted record that is created again starts above where it was, or at 1. */
  readonly version: number
  readonly value: Uint8Array
  /** From then on the record is gone for every reader, whether or not it was swept. */
  readonly expiresAt?: Millis
}

export interface RecordWrite extends RecordKey {
  /** 0: only if there is none (an expired one counts as none). */
  readonly expectedVersion: number
  readonly value: Uint8Array
  readonly expiresAt?: Millis
}

export interface Records {
  readonly get: (key: RecordKey) => Promise<StoredRecord | undefined>
  /** Answers the new version, or undefined where the expectation failed. Durable when it returns. Rejects as `append` does. */
  readonly put: (write: RecordWrite) => Promise<number | undefined>
  /** True if exactly that version was there and is gone. */
  readonly delete: (key: RecordKey, expectedVersion: number) => Promise<boolean>
  /** Ids in byte order, after `after`, that begin with `prefix`; expired ones left out. */
  readonly list: (collection: string, options: { readonly prefix?: string; readonly after?: string; readonly limit: number }) => Promise<readonly StoredRecord[]>
  /** Drops what has expired; answers how many. Readers never depend on it. */
  readonly sweep: () => Promise<number>
  readonly close: () => Promise<void>
}

// What sealing offers: the types of master keys, key rings, sealed logs and sealed records. No code, so that callers can be written against it.
import type { Commit, Json, LogId, Millis, Revision } from '@konfig/core'
import type { Landing } from '../journal.ts'
import type { RecordVersion } from '../records.ts'
import type { PublicKey } from './signing.ts'

/** Wraps other keys and nothing else: local key, passphrase, later Vault and KMS. Rejects with `unavailable` while its provider is away. */
export interface MasterKey {
  /** Tells keys apart without telling anything about them: a wrong one is recognised at start. */
  readonly id: string
  readonly wrap: (plain: Uint8Array) => Promise<Uint8Array>
  /** Rejects with `key_wrong` what this key did not wrap. */
  readonly unwrap: (wrapped: Uint8Array) => Promise<Uint8Array>
}

/** The master keys that this process holds: its own, and perhaps the one that it takes over from. `what` is for the refusals: whose key it is. */
export interface Masters {
  readonly current: MasterKey
  /** The one that is in force for what is wrapped anew, as the installation's record says now. Rejects with `master_key_missing`. */
  readonly wrapping: (what: string) => Promise<MasterKey>
  readonly find: (id: string) => Promise<MasterKey | undefined>
  /** Lets go of what is kept of one log's keys. */
  readonly forget: (what: string) => void
  /** `id` of the one that wrapped it, where that is known. Rejects with `master_key_missing`, `key_wrong`, `unavailable`, `key_store_refuses`. */
  readonly unwrap: (what: string, wrapped: Uint8Array, id: string | undefined) => Promise<Uint8Array>
}

/** One installation's own key, wrapped by the master key: seals the records. */
export interface Installation {
  readonly masters: Masters
  readonly key: Uint8Array
}

/** One version of a tenant's key. Never shown, never stored but wrapped. */
export interface TenantKey {
  readonly version: number
  readonly createdAt: Millis
  readonly key: Uint8Array
}

/** All versions of one log's key; new batches are sealed with the last. */
export interface KeyRing {
  readonly log: LogId
  readonly keys: readonly [TenantKey, ...TenantKey[]]
  /** Who must have signed its checkpoints; without it a trimmed log does not verify. */
  readonly signedBy?: PublicKey | undefined
}

/** What is known of a version without opening it. */
export interface KeyVersion {
  readonly version: number
  readonly createdAt: Millis
  /** Id of the master key that it is wrapped under; undefined for one that was wrapped before ids were kept. */
  readonly master: string | undefined
}

/** The key rings of an installation, sealed records of its own. */
export interface KeyRings {
  /** Makes the ring of a new log, or answers the one that is there, wrapped under the master key in force. Rejects with `log_erased` where it was destroyed. */
  readonly create: (log: LogId) => Promise<KeyRing>
  readonly load: (log: LogId) => Promise<KeyRing | 'destroyed' | undefined>
  /** The versions of a log's key, oldest first; asks no key store. */
  readonly versions: (log: LogId) => Promise<readonly KeyVersion[] | 'destroyed' | undefined>
  /**
   * Adds a version, which new batches are sealed with; old ones stay. Other nodes find it when they meet a batch sealed with it.
   * Rejects with `key_versions_full`, `log_erased`.
   */
  readonly rotate: (log: LogId) => Promise<KeyRing>
  /** Every ring that is not destroyed, in order of the logs' ids, without opening it. */
  readonly every: () => AsyncIterable<{ readonly log: LogId; readonly keys: readonly KeyVersion[] }>
  /**
   * Wraps a ring anew under a master key; the keys stay what they are. `again`: also where it is under that one already. Answers how many keys
   * were wrapped. May be repeated after any failure: a ring is always whole, under one or the other.
   */
  readonly rewrap: (log: LogId, master: MasterKey, again?: boolean) => Promise<number>
  /** For good: nothing of the log can be opened again, its chain still verifies. */
  readonly destroy: (log: LogId) => Promise<void>
}

/** sha256 over the previous hash and the sealed batch; 32 bytes, all zero before the first batch. */
export type ChainHash = Uint8Array

/** Where a log stands: the end of a batch and the chain hash there. Whoever holds a state holds this beside it. */
export interface LogHead {
  readonly revision: Revision
  readonly hash: ChainHash
}

/** What a trimmed log begins with: where the chain stood behind what went. */
export interface Checkpoint extends LogHead {
  readonly log: LogId
  /** Time of the last commit that went. */
  readonly until: Millis
  /** Commits that this trim took; with those before it, all up to `revision` are gone. */
  readonly trimmed: number
  /** When it was made. */
  readonly time: Millis
  /** Id of the key that signed it. */
  readonly key: string
}

export type SealedLanding =
  | { readonly landing: 'landed'; readonly head: LogHead }
  | { readonly landing: Exclude<Landing, 'landed' | 'unknown'> }

/** One row of a snapshot, as its writer lays it out. `undefined` inside it comes back as null. */
export type SnapshotRow = readonly (Json | undefined)[]

export interface LoadedSnapshot {
  readonly head: LogHead
  /**
   * Rows in the order saved, as JSON arrays of rows in UTF-8, whose bytes are the reader's; control goes back to other requests after each slice.
   * Throws `journal_corrupt` where a part does not verify.
   */
  readonly slices: AsyncIterable<Uint8Array>
}

/** One log, opened with its keys. Holds no state: the caller keeps the head. */
export interface SealedLog {
  readonly log: LogId
  /**
   * The commits after a head, whole batches, at most `limit` batches (default 1,000; fewer may come, no commits means the end).
   * Proves that they continue exactly that head. Rejects with `journal_corrupt`, naming the revision, `log_erased`, `unavailable`.
   * `begins`: what comes next was trimmed, and they continue this checkpoint instead.
   */
  readonly read: (
    head: LogHead,
    limit?: number,
  ) => Promise<{ readonly commits: readonly Commit[]; readonly head: LogHead; readonly begins?: Checkpoint }>
  /** The checkpoint that the log begins with, undefined where it is whole. Rejects as `read` does. */
  readonly begins: () => Promise<Checkpoint | undefined>
  /** Commits with revision > after for readers of the past, who hold no hash: at most `limit` batches, each authentic, in its place, and chained to the one before it here. */
  readonly history: (after: Revision, limit: number) => Promise<readonly Commit[]>
  /**
   * Appends commits (revisions head.revision + 1 …) as one batch. Settles an unknown outcome itself by asking again with the same bytes,
   * and rejects with `outcome_unknown` only when that does not help.
   */
  readonly append: (head: LogHead, commits: readonly Commit[]) => Promise<SealedLanding>
  /**
   * Loads the keys anew: what is sealed from now on is sealed with the newest. Rejects with `log_erased`, and `journal_corrupt` where keys are missing.
   * `elsewhere`: the log was followed to another place, and the keys that are there count.
   */
  readonly renew: (where?: 'elsewhere') => Promise<void>
  /** What the journal says; 0 for a log that has nothing. */
  readonly durableHead: () => Promise<Revision | 'erased'>
  readonly saveSnapshot: (head: LogHead, rows: Iterable<SnapshotRow> | AsyncIterable<SnapshotRow>) => Promise<void>
  /** The newest that the log continues and whose revision is not after; one that the log does not continue is passed over. */
  readonly loadSnapshot: (notAfter?: Revision) => Promise<LoadedSnapshot | undefined>
}

export interface SealedRecord<T> {
  readonly id: string
  readonly version: RecordVersion
  readonly value: T
  readonly expiresAt?: Millis
}

/** Records as JSON documents, sealed under the installation's key and bound to collection, id and version. */
export interface SealedRecords {
  readonly get: <T>(collection: string, id: string) => Promise<SealedRecord<T> | undefined>
  /** Answers the new version, or undefined where the expectation failed. `expected` undefined: only if there is none. */
  readonly put: <T>(
    collection: string,
    id: string,
    expected: RecordVersion | undefined,
    value: T,
    expiresAt?: Millis,
  ) => Promise<RecordVersion | undefined>
  /** True for exactly one of many who delete that version. Rejects with `outcome_unknown` where a lost answer cannot be settled. */
  readonly delete: (collection: string, id: string, expected: RecordVersion) => Promise<boolean>
  readonly list: <T>(
    collection: string,
    options: { readonly prefix?: string; readonly after?: string; readonly limit: number },
  ) => Promise<readonly SealedRecord<T>[]>
  readonly sweep: () => Promise<number>
}

/** What a walk over a whole log found. */
export type Verification =
  | {
      readonly ok: true
      readonly head: LogHead
      readonly batches: number
      readonly opened: boolean
      /** Where it was trimmed. */
      readonly begins?: Checkpoint
    }
  | {
      readonly ok: false
      readonly revision: Revision
      readonly reason: string
      /** How far all was well. */
      readonly head: LogHead
    }

// What a backup is made of: facts, then logs commit by commit, then records, then what there must have been. Shapes only.
import type { Commit, Json, LogId, Millis, Revision } from '@konfig/core'

/** The first entry. */
export interface Beginning {
  readonly type: 'installation'
  readonly madeAt: Millis
  /** Derives keyed hashes and signs tokens, so it travels with a whole installation; base64. Absent in the backup of one tenant. */
  readonly key?: string
  /** Its name, in the backup of one tenant. */
  readonly tenant?: string
}

export interface LogEntry {
  readonly type: 'log'
  /** The id that it had; restored, it gets another. */
  readonly log: LogId
  /** What it began with, where it was trimmed: its commits follow that revision. */
  readonly trimmed?: {
    readonly revision: Revision
    /** In hexadecimal. */
    readonly hash: string
    readonly until: Millis
    readonly trimmed: number
    readonly time: Millis
  }
}

export interface CommitsEntry {
  readonly type: 'commits'
  readonly log: LogId
  readonly commits: readonly Commit[]
}

export interface RecordEntry {
  readonly type: 'record'
  readonly collection: string
  readonly id: string
  readonly value: Json
  readonly expiresAt?: Millis
}

/** The last entry. Each digest is sha256 over a log's commits as JSON, one after the other, in hexadecimal. */
export interface Ending {
  readonly type: 'end'
  readonly records: number
  readonly logs: readonly { readonly log: LogId; readonly head: number; readonly digest: string }[]
}

export type Entry = Beginning | LogEntry | CommitsEntry | RecordEntry | Ending

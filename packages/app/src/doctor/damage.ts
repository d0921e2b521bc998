// What the doctor finds damaged: a log from a revision on, or a record. Owns the shapes.
import type { LogId } from '@konfig/core'

export interface Damage {
  /** `platform`, or a tenant's name. */
  readonly of: string
  readonly log: LogId
  /** 0: not a row of it, but what it is opened with. */
  readonly revision: number
  readonly reason: string
}

export interface DamagedRecord {
  readonly collection: string
  readonly id: string
  readonly reason: string
}

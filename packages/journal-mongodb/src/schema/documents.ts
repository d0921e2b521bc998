// What the documents look like and by which keys they are found. Knows the driver's types; not how anything is asked.
import type { LogId, Millis, Revision } from '@konfig/core'
import type { Collection, Db } from 'mongodb'

/** Bytes as the driver answers them; it takes them as Buffers. */
export type Bytes = Buffer

/**
 * A `batch` decides by its id. A `void` is one that was trimmed or erased: without content, and kept until nobody can be about to append where
 * it stands. A `checkpoint` stands for the batches that a trim took. A `gravestone` follows the last batch of an erased log, so that no append can.
 */
export type Standing = 'batch' | 'void' | 'checkpoint' | 'gravestone'

export interface BatchDocument {
  readonly _id: string
  readonly log: LogId
  readonly standing: Standing
  readonly first: Revision
  /** Of a gravestone, beyond all revisions. */
  readonly last: Revision
  readonly digest: Bytes
  readonly bytes: number
  /** When it was written, in steps of the server's time. */
  readonly span?: number
  /** Either this, or parts of a blob. */
  readonly payload?: Bytes
  readonly blob?: string
  readonly parts?: number
  /** From then on it may go. */
  readonly drop?: Date
}

/** Says once more that a log has changed, in the same collection: for a batch that became visible long after it was written. */
export interface NoticeDocument {
  readonly _id: string
  readonly of: LogId
  readonly last: Revision
  readonly span: number
  readonly drop: Date
}

/** That a blob was begun. Parts without one are nobody's. */
export interface BlobDocument {
  readonly _id: string
  readonly log: LogId
  readonly at: Millis
}

export interface PartDocument {
  readonly _id: string
  readonly blob: string
  readonly log: LogId
  readonly bytes: Bytes
}

/** Written once its blob is whole, whose id it bears. */
export interface SnapshotDocument {
  readonly _id: string
  readonly log: LogId
  readonly revision: Revision
  readonly parts: number
  readonly largest: number
  readonly at: Millis
}

/** One version of a record: the one with the highest number is what it is now. */
export interface RecordDocument {
  readonly _id: string
  readonly key: string
  readonly collection: string
  readonly id: string
  readonly number: number
  readonly version: string
  readonly value?: Bytes
  readonly expires?: Millis
  readonly gone: boolean
  /** From then on it may go. */
  readonly drop?: Date
}

/** The installation's id, and a document for each migration that was applied. */
export interface FormatDocument {
  readonly _id: string
  readonly id?: string
}

export const names = {
  batches: 'konfig_batches',
  blobs: 'konfig_blobs',
  parts: 'konfig_parts',
  snapshots: 'konfig_snapshots',
  records: 'konfig_records',
  format: 'konfig_format',
} as const

export interface Collections {
  readonly batches: Collection<BatchDocument>
  readonly notices: Collection<NoticeDocument>
  readonly blobs: Collection<BlobDocument>
  readonly parts: Collection<PartDocument>
  readonly snapshots: Collection<SnapshotDocument>
  readonly records: Collection<RecordDocument>
  readonly format: Collection<FormatDocument>
}

export const collectionsOf = (db: Db): Collections => ({
  batches: db.collection(names.batches),
  notices: db.collection(names.batches),
  blobs: db.collection(names.blobs),
  parts: db.collection(names.parts),
  snapshots: db.collection(names.snapshots),
  records: db.collection(names.records),
  format: db.collection(names.format),
})

/** So that keys sort as their numbers do. */
const padded = (number: number): string => String(number).padStart(16, '0')

// Names are printable, so a line end separates them from what follows, and sorts before all that is printable.
export const batchId = (log: LogId, first: Revision): string => `${log}\n${padded(first)}`
export const checkpointId = (log: LogId, before: Revision): string => `${log}\ncheckpoint ${padded(before)}`
export const partId = (blob: string, position: number): string => `${blob}\n${padded(position)}`
export const recordKey = (collection: string, id: string): string => `${collection}\n${id}`
export const recordId = (key: string, number: number): string => `${key}\n${padded(number)}`

export const gravestoneEnd = 2 ** 53

const minute = 60_000
export const day = 24 * 60 * minute
/** A new version of a record leaves the one before to those who are reading. */
export const readersMillis = minute
/** One step of the time by which changes are found. */
export const spanMillis = 20_000
/** Larger payloads lie in parts beside the document that decides. */
export const inlineBytes = 256 * 1024
/** Below the 16 MB that a document may have, and the 48 MB of a message. */
export const partBytes = 4 * 1024 * 1024

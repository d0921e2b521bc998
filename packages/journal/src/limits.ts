// What a call to the ports may carry: checked by every adapter before any I/O, so that one bad call cannot fail those it is grouped with.
import { failure, KonfigError } from '@konfig/core'
import type { Batch } from './journal.ts'
import type { RecordKey, RecordWrite } from './records.ts'

export const maxPayload = 80 * 1024 * 1024
export const maxPart = 1024 * 1024
export const maxRecord = 256 * 1024
/** Where `read` stops adding batches. */
export const maxRead = 16 * 1024 * 1024

/** One order everywhere: the same text sorts alike as bytes, as UTF-16 and under every binary collation. */
const printable = /^[\x20-\x7e]+$/

const bug = (what: string): KonfigError => new KonfigError(failure('bug'), { cause: new Error(what) })
const tooLarge = (what: string, limit: string): KonfigError => new KonfigError(failure('too_large', { what, limit }))

const checkText = (text: string, limit: number, what: string): void => {
  if (text.length > limit || !printable.test(text))
    throw bug(`${what} must be 1 to ${limit} printable ASCII characters`)
}

export const checkLog = (log: string): void => checkText(log, 64, 'a log id')

const isRevision = (revision: number): boolean => Number.isSafeInteger(revision) && revision >= 1

export const checkBatches = (batches: readonly Batch[]): void => {
  for (const { log, first, last, payload } of batches) {
    checkLog(log)
    if (!isRevision(first) || !isRevision(last) || last < first)
      throw bug('a batch needs whole revisions from 1, the last not before the first')
    if (payload.byteLength > maxPayload) throw tooLarge('A commit', '80 MiB')
  }
  if (batches.length > 1 && new Set(batches.map(({ log }) => log)).size < batches.length)
    throw bug('a call may append one batch of a log')
}

export const checkPart = (part: Uint8Array): void => {
  if (part.byteLength > maxPart) throw tooLarge('A part of a snapshot', '1 MiB')
}

export const checkKey = ({ collection, id }: RecordKey): void => {
  checkText(collection, 255, 'a collection')
  checkText(id, 255, 'a record id')
}

export const checkWrite = (write: RecordWrite): void => {
  checkKey(write)
  checkText(write.version, 64, 'a version')
  if (write.value.byteLength > maxRecord) throw tooLarge('A record', '256 KiB')
}

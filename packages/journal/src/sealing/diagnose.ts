// What is wrong with a row or a record that does not open, as far as that can be told: bytes that were changed, another key, or something that belongs
// elsewhere. Owns the telling apart, and says so where it cannot be done; whether a thing is sound is for those who open it to say.
import type { StoredBatch } from '../journal.ts'
import type { StoredRecord } from '../records.ts'
import { open } from './envelope.ts'
import type { ChainHash, KeyRing } from './face.ts'
import { type BatchHeader, readHeader } from './header.ts'
import { contextOf, sealedPart } from './records.ts'

const unknowable = 'which of the two cannot be told'

/** Whether a row is whole by itself, wherever it stands: `key` where its key's mark is another's, or was changed. */
const ownState = (ring: KeyRing, payload: Uint8Array, size: number, version: number): 'whole' | 'key' | 'bytes' => {
  const key = ring.keys.find((each) => each.version === version)
  if (key === undefined) return 'key'
  const opened = open(key.key, 'batch', payload.subarray(0, size), payload.subarray(size))
  return 'refused' in opened ? opened.refused : 'whole'
}

const misplaced = (batch: StoredBatch, header: BatchHeader, state: 'whole' | 'key' | 'bytes'): string => {
  const { log, first, last } = header
  const says = log === batch.log ? `revisions ${first} to ${last} of this log` : `another log, ${log}`
  if (state === 'whole') return `it is the batch of ${says}, as that was sealed: it was moved here`
  // Sealed with this log's key, so it cannot be another log's.
  if (state === 'bytes') return 'a byte of it was changed, in its front or behind it: it has the key of this log'
  return `its front says that it is of ${says}: it was moved here, or bytes of it were changed; ${unknowable} without that log's key`
}

/** Why `openBatch` refused a row behind `previous`, more closely; undefined where there is no more to say. */
export const diagnoseBatch = (
  ring: KeyRing | undefined,
  batch: StoredBatch,
  previous: ChainHash,
): string | undefined => {
  const read = readHeader(batch.payload)
  if (read === undefined)
    return 'it is no sealed batch of a format known here: its first bytes were changed, or a newer version wrote it'
  const { header, size } = read
  const elsewhere = header.log !== batch.log || header.first !== batch.first || header.last !== batch.last
  const joins = Buffer.compare(header.previous, previous) === 0
  if (ring === undefined) {
    if (elsewhere) return `${misplaced(batch, header, 'key')}`
    return joins
      ? undefined
      : 'it does not continue the batch before it: one of the two was changed or replaced; without the key it cannot be told which'
  }
  const state = ownState(ring, batch.payload, size, header.keyVersion)
  if (elsewhere) return misplaced(batch, header, state)
  if (!ring.keys.some(({ version }) => version === header.keyVersion))
    return `its key version ${header.keyVersion} is not in the key ring: a byte of its front was changed, or the ring is an older one that was put back; ${unknowable}`
  if (state === 'key') return `its first bytes were changed, or it was sealed under another key; ${unknowable}`
  if (state === 'bytes') return 'a byte of it was changed since it was sealed'
  return joins
    ? undefined
    : 'it is whole, and continues another batch than the one before it: one of the two was replaced, or rows between them are gone'
}

/** Why a record does not open. `others`: what else is in its collection, among which it may belong. */
export const diagnoseRecord = (
  key: Uint8Array,
  record: StoredRecord,
  others: readonly Pick<StoredRecord, 'id' | 'version'>[] = [],
): string => {
  const sealed = sealedPart(record.value)
  if (sealed === undefined) return 'its first bytes were changed: it is no sealed record of a format known here'
  const opens = (id: string, version: string): boolean | 'key' => {
    const opened = open(key, 'record', contextOf({ collection: record.collection, id }, version), sealed)
    return 'refused' in opened ? opened.refused === 'key' && 'key' : true
  }
  if (opens(record.id, record.version) === 'key')
    return `its first bytes were changed, or it was sealed under the key of another installation; ${unknowable}`
  for (const { id, version } of others)
    if (id !== record.id && (opens(id, record.version) === true || opens(id, version) === true))
      return `it is what record ${id} held: it was moved here`
  return `a byte of it was changed, or it is another record's, or an older state of this one that was put back; ${unknowable.replace('the two', 'them')}`
}

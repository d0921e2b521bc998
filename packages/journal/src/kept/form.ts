// What a cache keeps of a log, as bytes: a snapshot's parts and the batches behind it, all as they were sealed. Pure; believes nothing it reads.
import type { Revision } from '@konfig/core'

export interface KeptBatch {
  readonly first: Revision
  readonly last: Revision
  readonly payload: Uint8Array
}

/** Revision 0 and no parts: the log from its beginning. */
export interface Kept {
  readonly revision: Revision
  readonly parts: readonly Uint8Array[]
  readonly batches: readonly KeptBatch[]
}

/** Changed with the form, so that versions beside each other do not read each other's. */
const mark = 0x6b_6f_6e_31
const wide = 8

export const writeKept = ({ revision, parts, batches }: Kept): Uint8Array => {
  const numbers = [mark, revision, parts.length, ...parts.map((part) => part.byteLength), batches.length]
  for (const { first, last, payload } of batches) numbers.push(first, last, payload.byteLength)
  const head = new Uint8Array(numbers.length * wide)
  const view = new DataView(head.buffer)
  numbers.forEach((number, at) => view.setFloat64(at * wide, number))
  return Buffer.concat([head, ...parts, ...batches.map(({ payload }) => payload)])
}

/** undefined for what nobody wrote in this form. */
export const readKept = (bytes: Uint8Array): Kept | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  let sound = true
  const number = (): number => {
    const found = at + wide <= bytes.byteLength ? view.getFloat64(at) : Number.NaN
    at += wide
    if (Number.isSafeInteger(found) && found >= 0) return found
    sound = false
    return 0
  }
  /** No more of them than could be there. */
  const count = (each: number): number => {
    const found = number()
    if (found * each * wide <= bytes.byteLength) return found
    sound = false
    return 0
  }
  if (number() !== mark) return undefined
  const revision = number()
  const lengths = Array.from({ length: count(1) }, number)
  const heads = Array.from({ length: count(3) }, () => ({ first: number(), last: number(), length: number() }))
  const take = (length: number): Uint8Array => {
    const taken = bytes.subarray(at, at + length)
    at += length
    if (taken.byteLength !== length) sound = false
    return taken
  }
  if (!sound) return undefined
  const parts = lengths.map(take)
  const batches = heads.map(({ first, last, length }) => ({ first, last, payload: take(length) }))
  return sound && at === bytes.byteLength ? { revision, parts, batches } : undefined
}

// The clear front of a sealed batch: where it belongs and what it continues. All of it is bound to the ciphertext behind it.
//
//   'KFB1' | flags 1 (1: zstd) | plain size 4 | key version 4 | first 8 | last 8 | previous hash 32 | log id length 1 | log id
import type { LogId, Revision } from '@konfig/core'
import type { ChainHash } from './face.ts'

export interface BatchHeader {
  readonly compressed: boolean
  readonly plainSize: number
  readonly keyVersion: number
  readonly first: Revision
  readonly last: Revision
  readonly previous: ChainHash
  readonly log: LogId
}

const magic = Buffer.from('KFB1')
const previousAt = 29
const logAt = 62

export const writeHeader = (header: BatchHeader): Buffer => {
  const bytes = Buffer.allocUnsafe(logAt + header.log.length)
  magic.copy(bytes)
  bytes.writeUInt8(header.compressed ? 1 : 0, 4)
  bytes.writeUInt32BE(header.plainSize, 5)
  bytes.writeUInt32BE(header.keyVersion, 9)
  bytes.writeBigUInt64BE(BigInt(header.first), 13)
  bytes.writeBigUInt64BE(BigInt(header.last), 21)
  bytes.set(header.previous, previousAt)
  bytes.writeUInt8(header.log.length, 61)
  bytes.write(header.log, logAt, 'latin1')
  return bytes
}

/** undefined where the bytes are no sealed batch of a format known here. */
export const readHeader = (
  payload: Uint8Array,
): { readonly header: BatchHeader; readonly size: number } | undefined => {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  if (bytes.length < logAt || magic.compare(bytes, 0, 4) !== 0) return undefined
  const flags = bytes.readUInt8(4)
  const size = logAt + bytes.readUInt8(61)
  if (flags > 1 || bytes.length < size) return undefined
  return {
    size,
    header: {
      compressed: flags === 1,
      plainSize: bytes.readUInt32BE(5),
      keyVersion: bytes.readUInt32BE(9),
      first: Number(bytes.readBigUInt64BE(13)),
      last: Number(bytes.readBigUInt64BE(21)),
      previous: bytes.subarray(previousAt, previousAt + 32),
      log: bytes.toString('latin1', logAt, size),
    },
  }
}

// Seals the rows of a snapshot chunk by chunk under one key of its own, bound to the log, the revision, the chain hash and their order.
//
//   first frame = 'KFS1' | key version 4 | revision 8 | chain hash 32 | salt 32 | commitment 32 | log id
//   chunk frame = flags 1 (1: zstd, 2: the last) | plain size 4 | nonce 12 | ciphertext | tag 16
//   additional data of a chunk = first frame | index 4 | flags 1 | plain size 4; a chunk's plaintext is a JSON array of rows
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { LogId } from '@konfig/core'
import { packSync, unpack } from './compress.ts'
import { corrupt } from './corrupt.ts'
import { decrypt, derive, encrypt } from './envelope.ts'
import type { KeyRing, LogHead, SnapshotRow } from './face.ts'

const magic = Buffer.from('KFS1')
const frontSize = 112
const chunkFront = 17
/** No chunk is larger when opened: a single row may be as large as a commit allows, and no more. */
const maxPlain = 256 * 1024 * 1024

export interface SnapshotSealer {
  readonly front: Uint8Array
  readonly seal: (rows: readonly SnapshotRow[], last: boolean) => Uint8Array
}

const contextOf = (front: Uint8Array, index: number, flags: number, size: number): Buffer => {
  const rest = Buffer.allocUnsafe(9)
  rest.writeUInt32BE(index, 0)
  rest.writeUInt8(flags, 4)
  rest.writeUInt32BE(size, 5)
  return Buffer.concat([front, rest])
}

export const snapshotSealer = (ring: KeyRing, head: LogHead): SnapshotSealer => {
  const key = ring.keys[ring.keys.length - 1] ?? ring.keys[0]
  const salt = randomBytes(32)
  const { cipher, commitment } = derive(key.key, salt, 'snapshot')
  const numbers = Buffer.allocUnsafe(12)
  numbers.writeUInt32BE(key.version, 0)
  numbers.writeBigUInt64BE(BigInt(head.revision), 4)
  const front = Buffer.concat([magic, numbers, head.hash, salt, commitment, Buffer.from(ring.log, 'latin1')])
  let index = 0
  return {
    front,
    seal: (rows, last) => {
      const plain = Buffer.from(JSON.stringify(rows))
      const { compressed, bytes } = packSync(plain)
      const chunk = Buffer.allocUnsafe(chunkFront)
      const flags = (compressed ? 1 : 0) | (last ? 2 : 0)
      const nonce = randomBytes(12)
      chunk.writeUInt8(flags, 0)
      chunk.writeUInt32BE(plain.byteLength, 1)
      chunk.set(nonce, 5)
      const sealed = encrypt(cipher, nonce, contextOf(front, index, flags, plain.byteLength), bytes)
      index += 1
      return Buffer.concat([chunk, ...sealed])
    },
  }
}

export interface SnapshotFront {
  readonly head: LogHead
  readonly keyVersion: number
}

/** What the first frame claims; undefined where it is none of this log. True only once a chunk has been opened with it. */
export const readFront = (log: LogId, front: Uint8Array): SnapshotFront | undefined => {
  const bytes = Buffer.from(front.buffer, front.byteOffset, front.byteLength)
  if (bytes.length < frontSize || magic.compare(bytes, 0, 4) !== 0 || bytes.toString('latin1', frontSize) !== log)
    return undefined
  return {
    keyVersion: bytes.readUInt32BE(4),
    head: { revision: Number(bytes.readBigUInt64BE(8)), hash: new Uint8Array(bytes.subarray(16, 48)) },
  }
}

export interface OpenedChunk {
  /** A JSON array of rows in UTF-8. */
  readonly rows: Uint8Array
  readonly last: boolean
}

/** Opens chunks in the order in which they were sealed. Throws `journal_corrupt` at the first that is not what was sealed there. */
export const snapshotOpener = (ring: KeyRing, front: Uint8Array): ((chunk: Uint8Array) => OpenedChunk) => {
  const read = readFront(ring.log, front)
  const revision = read?.head.revision ?? 0
  const refuse = (reason: string) => corrupt(ring.log, revision, `its snapshot ${reason}`)
  const key = ring.keys.find(({ version }) => version === read?.keyVersion)
  if (read === undefined || key === undefined) throw refuse('was sealed under a key that is not in the key ring')
  const { cipher, commitment } = derive(key.key, front.subarray(48, 80), 'snapshot')
  if (!timingSafeEqual(commitment, front.subarray(80, frontSize))) throw refuse('was sealed under another key')
  let index = 0
  return (chunk) => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (bytes.length < chunkFront) throw refuse(`is cut at chunk ${index}`)
    const flags = bytes.readUInt8(0)
    const size = bytes.readUInt32BE(1)
    const sealed = decrypt(
      cipher,
      bytes.subarray(5, chunkFront),
      contextOf(front, index, flags, size),
      bytes.subarray(chunkFront),
    )
    const plain =
      sealed === undefined || size > maxPlain
        ? undefined
        : unpack({ compressed: (flags & 1) === 1, bytes: sealed }, size)
    if (plain === undefined) throw refuse(`was altered at chunk ${index}`)
    index += 1
    return { rows: plain, last: (flags & 2) === 2 }
  }
}

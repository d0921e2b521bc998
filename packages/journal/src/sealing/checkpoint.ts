// What a trim leaves in place of batches: where the chain stood, and whatever its maker adds (a signature). Clear, since it verifies without keys.
//
//   'KFC1' | revision 8 | chain hash 32 | addition
import type { LogHead } from './face.ts'

const magic = Buffer.from('KFC1')
const size = 44

export const writeCheckpoint = (head: LogHead, addition: Uint8Array = new Uint8Array()): Uint8Array => {
  const revision = Buffer.allocUnsafe(8)
  revision.writeBigUInt64BE(BigInt(head.revision))
  return Buffer.concat([magic, revision, head.hash, addition])
}

export const readCheckpoint = (payload: Uint8Array): (LogHead & { readonly addition: Uint8Array }) | undefined => {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  if (bytes.length < size || magic.compare(bytes, 0, 4) !== 0) return undefined
  return {
    revision: Number(bytes.readBigUInt64BE(4)),
    hash: new Uint8Array(bytes.subarray(12, size)),
    addition: new Uint8Array(bytes.subarray(size)),
  }
}

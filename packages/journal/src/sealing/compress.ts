// Makes plaintext smaller before it is sealed, and bounds what it grows to when opened. Knows nothing of keys.
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Below it, setting zstd up costs more than sealing the bytes as they are. */
const worthwhile = 4 * 1024
/** Above it, the work is done off the main thread. */
const large = 256 * 1024

/** Up to so many bytes are unpacked in one piece. */
const wholePiece = 1024 * 1024

const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const compressAside = promisify<Uint8Array, object, Buffer>(zstdCompress)

export interface Packed {
  readonly compressed: boolean
  readonly bytes: Uint8Array
}

const smaller = (plain: Uint8Array, packed: Uint8Array): Packed =>
  packed.byteLength < plain.byteLength ? { compressed: true, bytes: packed } : { compressed: false, bytes: plain }

export const packSync = (plain: Uint8Array): Packed =>
  plain.byteLength < worthwhile ? { compressed: false, bytes: plain } : smaller(plain, zstdCompressSync(plain, options))

export const pack = async (plain: Uint8Array): Promise<Packed> =>
  plain.byteLength < large ? packSync(plain) : smaller(plain, await compressAside(plain, options))

/** undefined where the bytes do not give exactly that many. `size` must come from what was authenticated. */
export const unpack = ({ compressed, bytes }: Packed, size: number): Uint8Array | undefined => {
  if (!compressed) return bytes.byteLength === size ? bytes : undefined
  try {
    // In one piece where that is small: pieces put together leave as much behind for the collector, thousands of times a load.
    const whole = size <= wholePiece ? { chunkSize: Math.max(size + 64, 64) } : {}
    const plain = zstdDecompressSync(bytes, { ...whole, maxOutputLength: Math.max(size, 1) })
    return plain.byteLength === size ? plain : undefined
  } catch {
    return undefined
  }
}

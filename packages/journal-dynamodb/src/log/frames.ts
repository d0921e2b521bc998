// A sequence of parts as one run of bytes, each with its length before it, cut into pieces that fit an item; and back. Pure.
import { unavailable } from '@konfig/journal'

const head = 4

/** Holds no more than one piece and one part at a time. */
export const cutFrames = async function* (
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(size)
  let filled = 0
  for await (const part of parts) {
    const length = new Uint8Array(head)
    new DataView(length.buffer).setUint32(0, part.byteLength)
    for (const bytes of [length, part])
      for (let at = 0; at < bytes.byteLength; ) {
        const some = bytes.subarray(at, at + size - filled)
        piece.set(some, filled)
        filled += some.byteLength
        at += some.byteLength
        if (filled < size) continue
        yield piece
        piece = new Uint8Array(size)
        filled = 0
      }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}

/** Throws `unavailable` where the pieces end within a part. */
export const joinFrames = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const length = new Uint8Array(head)
  let known = 0
  let part: Uint8Array | undefined
  let filled = 0
  for await (const piece of pieces) {
    for (let at = 0; at < piece.byteLength; ) {
      if (part === undefined) {
        const some = piece.subarray(at, at + head - known)
        length.set(some, known)
        known += some.byteLength
        at += some.byteLength
        if (known < head) break
        part = new Uint8Array(new DataView(length.buffer).getUint32(0))
      } else {
        const some = piece.subarray(at, at + part.byteLength - filled)
        part.set(some, filled)
        filled += some.byteLength
        at += some.byteLength
      }
      if (filled < part.byteLength) continue
      yield part
      ;[known, filled, part] = [0, 0, undefined]
    }
  }
  if (known > 0) throw unavailable(new Error('the snapshot ends early'))
}

// Cuts a sequence of frames of any size into parts that every adapter takes, and puts it together again. Each frame is led by its length.
import { maxPart } from '../limits.ts'

type Frames = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const lengthOf = (frame: Uint8Array): Buffer => {
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32BE(frame.byteLength)
  return length
}

/** Full parts, and a last one of what remains. */
export async function* cutIntoParts(frames: Frames, size = maxPart): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const frame of frames) {
    held.push(lengthOf(frame), frame)
    bytes += 4 + frame.byteLength
    if (bytes < size) continue
    const all = Buffer.concat(held)
    let at = 0
    for (; bytes - at >= size; at += size) yield all.subarray(at, at + size)
    held = at < bytes ? [all.subarray(at)] : []
    bytes -= at
  }
  if (bytes > 0) yield Buffer.concat(held)
}

/** The frames again. Ends early where the parts do; whoever reads knows which frame is the last. */
export async function* joinParts(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let bytes = 0
  let wanted = 4
  for await (const part of parts) {
    held.push(part)
    bytes += part.byteLength
    if (bytes < wanted) continue
    const all = held.length === 1 ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.concat(held)
    let at = 0
    wanted = 4
    while (bytes - at >= 4) {
      wanted = 4 + all.readUInt32BE(at)
      if (bytes - at < wanted) break
      yield all.subarray(at + 4, at + wanted)
      at += wanted
      wanted = 4
    }
    held = at < bytes ? [all.subarray(at)] : []
    bytes -= at
  }
}

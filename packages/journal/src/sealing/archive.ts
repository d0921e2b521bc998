// A sealed file: a key of its own, wrapped by a master key, and parts that are bound to their place and to being the last one.
// Knows nothing of what the parts hold, nor of disks.
//
//   one line of JSON (format, id of the master key, the wrapped key, how a passphrase is stretched), then parts:
//   length 4 | salt 32 | nonce 12 | commitment 32 | ciphertext | tag 16
//   plaintext of a part = 1 if compressed, else 0, 1 byte | size before compression 4 | bytes; bound to the line, its number, and whether it is the last
import { createHash, randomBytes } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import { pack, unpack } from './compress.ts'
import { keyWrong } from './corrupt.ts'
import { open, overhead, seal } from './envelope.ts'
import type { MasterKey } from './face.ts'
import { passphraseFrom, type Stretching } from './master.ts'

/** The most bytes of one part; a file that asks for more is not one of ours. */
export const largestPart = 320 * 1024 * 1024
const longestLine = 64 * 1024
const prefixSize = 5

interface Line {
  readonly format: 'konfig archive 1'
  readonly master: string
  readonly wrapped: string
  readonly stretching?: Stretching
}

const unreadable = (reason: string): KonfigError => new KonfigError(failure('archive_unreadable', { reason }))

const contextOf = (line: Uint8Array, index: number, last: boolean): Buffer =>
  Buffer.concat([createHash('sha256').update(line).digest(), Buffer.from(`\n${index}\n${last ? 'last' : 'more'}`)])

const frame = (key: Uint8Array, line: Uint8Array, index: number, last: boolean, plain: Uint8Array): Buffer => {
  const sealed = seal(key, 'archive', contextOf(line, index, last), plain)
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32BE(sealed.byteLength)
  return Buffer.concat([length, sealed])
}

const packed = async (part: Uint8Array): Promise<Buffer> => {
  const { compressed, bytes } = await pack(part)
  const prefix = Buffer.allocUnsafe(prefixSize)
  prefix.writeUInt8(compressed ? 1 : 0)
  prefix.writeUInt32BE(part.byteLength, 1)
  return Buffer.concat([prefix, bytes])
}

/** The bytes of the file, in order. `stretching` travels along where the master key comes from a passphrase. */
export async function* sealArchive(
  master: MasterKey,
  parts: AsyncIterable<Uint8Array>,
  stretching?: Stretching,
): AsyncGenerator<Uint8Array> {
  const key = randomBytes(32)
  const wrapped = Buffer.from(await master.wrap(key)).toString('base64')
  const described: Line = {
    format: 'konfig archive 1',
    master: master.id,
    wrapped,
    ...(stretching === undefined ? {} : { stretching }),
  }
  const line = Buffer.from(`${JSON.stringify(described)}\n`)
  yield line
  let index = 0
  for await (const part of parts) {
    yield frame(key, line, index, false, await packed(part))
    index += 1
  }
  yield frame(key, line, index, true, await packed(new Uint8Array()))
}

/** Bytes of a file, taken in the lengths that the reader wants. */
const reader = (bytes: AsyncIterable<Uint8Array>) => {
  const source = bytes[Symbol.asyncIterator]()
  let held: readonly Uint8Array[] = []
  let size = 0
  const more = async (): Promise<boolean> => {
    const next = await source.next()
    if (next.done === true) return false
    held = [...held, next.value]
    size += next.value.byteLength
    return true
  }
  const take = async (count: number): Promise<Buffer | undefined> => {
    while (size < count) if (!(await more())) return undefined
    const all = Buffer.concat(held)
    held = [all.subarray(count)]
    size -= count
    return all.subarray(0, count)
  }
  return {
    take,
    line: async (): Promise<Buffer | undefined> => {
      for (;;) {
        const all = Buffer.concat(held)
        held = [all]
        const end = all.indexOf(0x0a)
        if (end >= 0) return take(end + 1)
        if (size > longestLine || !(await more())) return undefined
      }
    },
    atEnd: async (): Promise<boolean> => size === 0 && !(await more()),
  }
}

const readLine = (line: Buffer | undefined): Line => {
  try {
    const found = JSON.parse(line?.toString() ?? '') as Partial<Line>
    if (found.format === 'konfig archive 1' && typeof found.master === 'string' && typeof found.wrapped === 'string')
      return found as Line
  } catch {
    // Told below: whatever it is, it is no archive.
  }
  throw unreadable('it does not begin as an archive of this version does')
}

/** Finds the master key that an archive was sealed with: by itself, or from its passphrase. */
export type MasterFor = (
  line: Pick<Line, 'master' | 'stretching'>,
  fromPassphrase: (passphrase: string) => Promise<MasterKey>,
) => Promise<MasterKey>

/** The parts, each proven before it is handed out. Throws `archive_unreadable` where the file was cut, altered or is none, `key_wrong`. */
export async function* openArchive(bytes: AsyncIterable<Uint8Array>, masterFor: MasterFor): AsyncGenerator<Uint8Array> {
  const from = reader(bytes)
  const line = await from.line()
  const described = readLine(line)
  const master = await masterFor(described, (passphrase) => {
    if (described.stretching === undefined) throw keyWrong()
    return passphraseFrom(passphrase, described.stretching)
  })
  if (master.id !== described.master) throw keyWrong()
  const key = await master.unwrap(Buffer.from(described.wrapped, 'base64'))
  for (let index = 0; ; index++) {
    const length = (await from.take(4))?.readUInt32BE()
    if (length === undefined) throw unreadable('its end is missing')
    if (length < overhead + prefixSize || length > largestPart + overhead + prefixSize)
      throw unreadable(`part ${index} has an impossible length`)
    const sealed = await from.take(length)
    if (sealed === undefined) throw unreadable('its end is missing')
    const more = open(key, 'archive', contextOf(line ?? Buffer.alloc(0), index, false), sealed)
    if ('plain' in more) {
      const { plain } = more
      const part = unpack(
        { compressed: plain[0] === 1, bytes: plain.subarray(prefixSize) },
        Math.min(plain.readUInt32BE(1), largestPart),
      )
      if (part === undefined) throw unreadable(`part ${index} does not unpack`)
      yield part
      continue
    }
    const last = open(key, 'archive', contextOf(line ?? Buffer.alloc(0), index, true), sealed)
    if ('refused' in last) throw unreadable(`part ${index} was altered or moved`)
    if (!(await from.atEnd())) throw unreadable('something follows its end')
    return
  }
}

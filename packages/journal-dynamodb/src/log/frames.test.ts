import fc from 'fast-check'
import { codeOf } from '@konfig/journal/contract'
import { describe, expect, it } from 'vitest'
import { cutFrames, joinFrames } from './frames.ts'

const later = async function* (pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
const collected = async (bytes: AsyncIterable<Uint8Array>): Promise<readonly Buffer[]> => {
  const all: Buffer[] = []
  for await (const one of bytes) all.push(Buffer.from(one))
  return all
}

describe('parts as pieces', () => {
  it('come back as they were, whatever their sizes, and no piece is larger than it may be', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 30 }),
        async (parts, size) => {
          const pieces = await collected(cutFrames(parts, size))
          expect(pieces.slice(0, -1).every(({ byteLength }) => byteLength === size)).toBe(true)
          expect(pieces.every(({ byteLength }) => byteLength > 0 && byteLength <= size)).toBe(true)
          expect(await collected(joinFrames(later(pieces)))).toEqual(parts.map((part) => Buffer.from(part)))
        },
      ),
    ))

  it('that end early are not taken for whole', async () => {
    const pieces = await collected(cutFrames([Buffer.from('abc'), Buffer.from('def')], 5))
    expect(await codeOf(collected(joinFrames(later(pieces.slice(0, -1)))))).toBe('unavailable')
  })
})

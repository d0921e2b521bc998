import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Kept, readKept, writeKept } from './form.ts'

const bytes = fc.uint8Array({ maxLength: 50 })
const kept = fc.record({
  revision: fc.nat(),
  parts: fc.array(bytes, { maxLength: 5 }),
  batches: fc.array(fc.record({ first: fc.nat(), last: fc.nat(), payload: bytes }), { maxLength: 5 }),
})
const plain = (given: Kept | undefined): unknown =>
  given && {
    ...given,
    parts: given.parts.map((part) => [...part]),
    batches: given.batches.map((batch) => ({ ...batch, payload: [...batch.payload] })),
  }

describe('what a cache keeps of a log', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(kept, (given) => {
        expect(plain(readKept(writeKept(given)))).toEqual(plain(given))
      }),
    )
  })

  it('is nothing where bytes are missing, too many, or any at all', () => {
    fc.assert(
      fc.property(kept, fc.nat(), bytes, (given, cut, other) => {
        const whole = writeKept(given)
        expect(readKept(whole.subarray(0, cut % whole.byteLength))).toBeUndefined()
        expect(readKept(Buffer.concat([whole, new Uint8Array(1)]))).toBeUndefined()
        expect(readKept(other)).toBeUndefined()
      }),
    )
  })

  it('asks for no more memory than it has bytes, whatever it says', () => {
    const whole = Buffer.from(writeKept({ revision: 1, parts: [], batches: [] }))
    whole.writeDoubleBE(2 ** 40, 16)
    expect(readKept(whole)).toBeUndefined()
  })
})

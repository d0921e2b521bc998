import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wholeLines } from './whole-lines.ts'

describe('lines of several processes', () => {
  it('are written whole and in order, however they arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 20 }).map((line) => line.replaceAll('\n', ''))),
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1 }),
        (lines, cuts) => {
          const all = Buffer.from(lines.map((line) => `${line}\n`).join(''))
          const written: Buffer[] = []
          const passing = wholeLines((bytes) => written.push(Buffer.from(bytes)))
          for (let at = 0, turn = 0; at < all.length; turn++) {
            const next = at + (cuts[turn % cuts.length] ?? 1)
            passing.take(all.subarray(at, next))
            at = next
          }
          passing.end()
          expect(Buffer.concat(written)).toEqual(all)
          for (const bytes of written) expect(bytes.at(-1)).toBe(10)
        },
      ),
    )
  })

  it('that a process left without an end get one', () => {
    const written: string[] = []
    const passing = wholeLines((bytes) => written.push(bytes.toString()))
    passing.take(Buffer.from('whole\ncut'))
    passing.end()
    expect(written).toEqual(['whole\n', 'cut\n'])
  })
})

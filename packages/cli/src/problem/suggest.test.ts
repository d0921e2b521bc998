import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, nearest } from './suggest.ts'

describe('the distance of two words', () => {
  it('counts edits, a swap of neighbours as one', () => {
    expect([distance('list', 'lst'), distance('list', 'lits'), distance('', 'abc'), distance('abc', 'abc')]).toEqual([
      1, 1, 3, 0,
    ])
  })

  it('is the same both ways, and 0 only between equals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('what may have been meant', () => {
  it('is the nearest name, or one that begins so', () => {
    expect(nearest('retires', ['retry', 'retries', 'timeout'])).toBe('retries')
    expect(nearest('prod', ['dev', 'production'])).toBe('production')
  })

  it('is nothing where all names are far away', () => {
    expect(nearest('frobnicate', ['get', 'set', 'list'])).toBeUndefined()
    expect(nearest('x', [])).toBeUndefined()
  })
})

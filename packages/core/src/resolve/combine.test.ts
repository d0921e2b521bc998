// Combining: RFC 7396 by its own examples, and elements kept once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalJson, type Json } from '../values/json-value.ts'
import { canonical, combine, mergePatch, unique } from './combine.ts'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>

describe('a merge patch', () => {
  // Appendix A of RFC 7396.
  it.each<[Json, Json, Json]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result)
  })

  it('takes a member named __proto__ for the plain data that it is', () => {
    const merged = mergePatch(JSON.parse('{"a":1}'), JSON.parse('{"__proto__":{"b":2}}'))
    expect(JSON.stringify(merged)).toBe('{"a":1,"__proto__":{"b":2}}')
    expect(({} as { b?: number }).b).toBeUndefined()
  })

  it('changes neither target nor patch', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const before = JSON.stringify([target, patch])
        mergePatch(target, patch)
        expect(JSON.stringify([target, patch])).toBe(before)
      }),
    )
  })
})

describe('appending', () => {
  it('keeps of equal elements the first, whatever the order of their members', () => {
    expect(unique([1, '1', { a: 1, b: 2 }, 1, { b: 2, a: 1 }, [1], null, [1], null])).toEqual([
      1,
      '1',
      { a: 1, b: 2 },
      [1],
      null,
    ])
  })

  it('agrees with deep equality on what is equal', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(canonical(a) === canonical(b)).toBe(equalJson(a, b))
        expect(canonical(a)).toBe(canonical(JSON.parse(JSON.stringify(a)) as Json))
      }),
    )
  })

  it('takes each of many elements once without comparing every pair', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => [index % 100_000])
    expect(unique(many)).toHaveLength(100_000)
  })

  it('refuses what is no array', () => {
    expect(combine('append', [1], { a: 1 })).toEqual({ rule: 'must be an array, as it is appended' })
  })
})

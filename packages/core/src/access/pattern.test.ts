import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesAny, matchesPattern, patternRule } from './pattern.ts'

/** The same by trying everything: slow, and plainly right. */
const slowly = (pattern: string, name: string): boolean => {
  if (pattern === '') return name === ''
  if (pattern[0] === '*') return slowly(pattern.slice(1), name) || (name !== '' && slowly(pattern, name.slice(1)))
  return pattern[0] === name[0] && name !== '' && slowly(pattern.slice(1), name.slice(1))
}

const over = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters.split('')), minLength: 1, maxLength })
const patterns = over('ab*', 6)
const names = over('ab', 7)

describe('patterns of names', () => {
  it('stand for what trying everything says', () => {
    fc.assert(
      fc.property(patterns, names, (pattern, name) => {
        expect(matchesPattern(pattern, name)).toBe(slowly(pattern, name))
      }),
      { numRuns: 2000 },
    )
  })

  it('take in another pattern only where they take in every name of it', () => {
    fc.assert(
      fc.property(patterns, patterns, fc.array(names, { minLength: 1, maxLength: 20 }), (wide, narrow, tried) => {
        fc.pre(matchesPattern(wide, narrow))
        expect(tried.filter((name) => slowly(narrow, name) && !slowly(wide, name))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['billing', 'billing', true],
    ['billing', 'billing-eu', false],
    ['billing-*', 'billing-', true],
    ['billing-*', 'billing', false],
    ['*-eu', 'billing-eu', true],
    ['*-eu', 'eu', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'abc', true],
    ['a*bc*c', 'abc', false],
    ['*', 'anything', true],
    ['dev', 'Dev', false],
    ['dev*', 'ԁev', false],
    ['dev', 'dev*', false],
    ['dev*', '*', false],
    ['de?', 'dev', false],
    ['.*', 'dev', false],
  ])('%s for %s: %s', (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected)
    expect(matchesAny(['never', pattern], name)).toBe(expected)
  })

  it('cost no more for being written to be costly', () => {
    const pattern = `${'a*'.repeat(31)}b`
    let tried = 0
    for (; tried < 20_000; tried++) if (matchesPattern(pattern, `${'a'.repeat(62)}c`)) break
    expect(tried).toBe(20_000)
  })

  it('have no two stars in a row, and begin as names do', () => {
    expect(patternRule('**')).toBeDefined()
    expect(patternRule('-a')).toBeDefined()
    expect(patternRule('*-a')).toBeUndefined()
  })
})

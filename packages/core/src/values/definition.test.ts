import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDefinition, checkValue, type Definition, inferType } from './definition.ts'
import type { Json } from './json-value.ts'
import { isMultipleOf } from './number.ts'
import { jsonBytes } from './violation.ts'

const pointers = (definition: Json) => checkDefinition(definition, '/spec').map((issue) => issue.pointer)
const rules = (definition: Definition, value: Json) => checkValue(definition, value).map((found) => found.rule)

describe('a definition', () => {
  it.each<[string, Json]>([
    ['a bare type', { type: 'string' }],
    [
      'all rules of a string',
      { type: 'string', validation: { pattern: '^a', minLength: 1, maxLength: 1, format: 'email' } },
    ],
    ['all rules of a number', { type: 'number', validation: { integer: true, min: -1, max: 5, multipleOf: 0.5 } }],
    ['options of both types', { type: 'select', validation: { options: ['1', 1] } }],
    ['a schema and merging', { type: 'json', validation: { schema: { type: 'object' } }, combine: 'merge' }],
    ['an explicit replace', { type: 'boolean', combine: 'replace' }],
  ])('takes %s', (_, definition) => expect(checkDefinition(definition, '')).toEqual([]))

  it.each<[string, Json, readonly string[]]>([
    ['something that is no object', [], ['/spec']],
    ['an unknown type', { type: 'text' }, ['/spec/type']],
    ['a type that every object inherits', { type: 'constructor' }, ['/spec/type']],
    ['an unknown field', { type: 'string', regex: 'a' }, ['/spec/regex']],
    ['a rule of another type', { type: 'number', validation: { minLength: 1 } }, ['/spec/validation/minLength']],
    ['any rule on a boolean', { type: 'boolean', validation: { min: 1 } }, ['/spec/validation/min']],
    ['validation that is null', { type: 'string', validation: null }, ['/spec/validation']],
    [
      'rules of the wrong type',
      { type: 'string', validation: { pattern: 1, minLength: -1, maxLength: 1.5, format: 'postcode' } },
      [
        '/spec/validation/pattern',
        '/spec/validation/minLength',
        '/spec/validation/maxLength',
        '/spec/validation/format',
      ],
    ],
    [
      'a least length above the most',
      { type: 'string', validation: { minLength: 2, maxLength: 1 } },
      ['/spec/validation/minLength'],
    ],
    ['a least value above the most', { type: 'number', validation: { min: 2, max: 1 } }, ['/spec/validation/min']],
    ['a step that is not above 0', { type: 'number', validation: { multipleOf: 0 } }, ['/spec/validation/multipleOf']],
    ['a bound that numbers cannot hold', { type: 'number', validation: { max: 2 ** 60 } }, ['/spec/validation/max']],
    ['a select without options', { type: 'select' }, ['/spec/validation']],
    ['a select with no option', { type: 'select', validation: { options: [] } }, ['/spec/validation/options']],
    [
      'an option given twice',
      { type: 'select', validation: { options: ['a', 'b', 'a'] } },
      ['/spec/validation/options/2'],
    ],
    [
      'an option that is neither text nor number',
      { type: 'select', validation: { options: [true] } },
      ['/spec/validation/options/0'],
    ],
    ['a refused pattern', { type: 'string', validation: { pattern: '(' } }, ['/spec/validation/pattern']],
    ['a refused schema', { type: 'json', validation: { schema: { type: 'text' } } }, ['/spec/validation/schema/type']],
    ['merging on a string', { type: 'string', combine: 'merge' }, ['/spec/combine']],
    ['an unknown way to combine', { type: 'json', combine: 'union' }, ['/spec/combine']],
  ])('refuses %s', (_, definition, expected) => expect(pointers(definition)).toEqual(expected))

  it('gives a refused pattern and a refused schema codes of their own', () => {
    expect(checkDefinition({ type: 'string', validation: { pattern: '(?=a)' } }, '')[0]?.code).toBe('pattern_refused')
    expect(checkDefinition({ type: 'json', validation: { schema: 1 } }, '')[0]?.code).toBe('schema_refused')
  })
})

describe('a value', () => {
  it.each<[string, Definition, Json]>([
    ['a text counted in code points', { type: 'string', validation: { maxLength: 2 } }, '😀é'],
    ['a step of 0.1', { type: 'number', validation: { multipleOf: 0.1 } }, 0.3],
    ['0 as a multiple of anything', { type: 'number', validation: { multipleOf: 7 } }, 0],
    ['-0 as 0', { type: 'number', validation: { integer: true, min: 0 } }, -0],
    ['the largest whole number', { type: 'number' }, Number.MAX_SAFE_INTEGER],
    ['an option', { type: 'select', validation: { options: ['a', 1] } }, 1],
    ['null as json', { type: 'json' }, null],
    ['a string of 1 MiB with its quotes', { type: 'string' }, 'a'.repeat(1_048_574)],
  ])('may be %s', (_, definition, value) => expect(checkValue(definition, value)).toEqual([]))

  it.each<[string, Definition, Json, string]>([
    ['a number as string', { type: 'string' }, 1, 'must be a string'],
    ['null where the type is not json', { type: 'string' }, null, 'must not be null, which only type json takes'],
    ['too short a text', { type: 'string', validation: { minLength: 2 } }, '😀', 'must have at least 2 characters'],
    ['too long a text', { type: 'string', validation: { maxLength: 1 } }, 'ab', 'must have at most 1 characters'],
    ['a text against its pattern', { type: 'string', validation: { pattern: '^a$' } }, 'b', 'must match its pattern'],
    ['a text against its format', { type: 'string', validation: { format: 'uuid' } }, 'b', 'must be of format uuid'],
    ['half of a character', { type: 'string' }, '\ud800', 'must be well-formed Unicode'],
    ['a numeral as number', { type: 'number' }, '1', 'must be a number'],
    ['a fraction as integer', { type: 'number', validation: { integer: true } }, 1.5, 'must be a whole number'],
    ['below the least', { type: 'number', validation: { min: 1 } }, 0, 'must be at least 1'],
    ['above the most', { type: 'number', validation: { max: 1 } }, 2, 'must be at most 1'],
    ['off the step', { type: 'number', validation: { multipleOf: 0.1 } }, 0.35, 'must be a multiple of 0.1'],
    ['a word as boolean', { type: 'boolean' }, 'true', 'must be true or false'],
    ['none of the options', { type: 'select', validation: { options: ['a', 1] } }, '1', 'must be one of "a", 1'],
    [
      'an infinite number',
      { type: 'number' },
      Number.POSITIVE_INFINITY,
      'must lie within plus or minus 2^53-1, beyond which numbers are rounded; write it as a string',
    ],
    [
      'a number that is none',
      { type: 'json' },
      [Number.NaN],
      'must lie within plus or minus 2^53-1, beyond which numbers are rounded; write it as a string',
    ],
    [
      'an integer beyond 2^53-1 inside json',
      { type: 'json' },
      { a: [2 ** 53] },
      'must lie within plus or minus 2^53-1, beyond which numbers are rounded; write it as a string',
    ],
  ])('must not be %s', (_, definition, value, rule) => expect(rules(definition, value)).toEqual([rule]))

  it('may be nested 64 levels deep and no deeper', () => {
    const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(rules({ type: 'json' }, nested(64))).toEqual([])
    expect(rules({ type: 'json' }, nested(65))).toEqual(['must not be nested deeper than 64 levels'])
    expect(rules({ type: 'json' }, nested(5000))).toEqual(['must not be nested deeper than 64 levels'])
  })

  it('is too large beyond 1 MiB of UTF-8, which characters beyond ASCII reach sooner', () => {
    expect(checkValue({ type: 'string' }, 'é'.repeat(524_288))).toEqual([
      { pointer: '', rule: 'must not be larger than 1 MiB as JSON', code: 'too_large' },
    ])
  })

  it('points at the part that is wrong, escaped, and never says what was there', () => {
    const found = checkValue(
      { type: 'json', validation: { schema: { properties: { 'a/b~': { type: 'number' } } } } },
      { 'a/b~': 'hunter2' },
    )
    expect(found).toEqual([{ pointer: '/a~1b~0', rule: 'must be of type number' }])
  })

  it('fits the type that is inferred from it', () => {
    const leaf = fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }))
    const anyJson = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('node')), fc.dictionary(fc.string(), tie('node'))),
    })).node
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(checkValue(inferType(value), value)).toEqual([])
      }),
    )
  })
})

describe('sizes and steps', () => {
  it('counts the bytes that JSON takes in UTF-8', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(jsonBytes(value as Json)).toBe(Buffer.byteLength(JSON.stringify(value)))
      }),
    )
  })

  it('takes every product of a decimal step and a whole number for a multiple', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 1, max: 9999 }),
        fc.nat(6),
        (times, digits, places) => {
          const written = (product: bigint): number => Number(`${product}e-${places}`)
          expect(isMultipleOf(written(BigInt(times) * BigInt(digits)), written(BigInt(digits)))).toBe(true)
        },
      ),
    )
  })

  it('judges steps at the ends of the range of numbers', () => {
    expect(isMultipleOf(5e-324, 5e-324)).toBe(true)
    expect(isMultipleOf(1, 1.7976931348623157e308)).toBe(false)
    expect(isMultipleOf(1e-7, 1e-8)).toBe(true)
  })
})

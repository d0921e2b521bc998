import { describe, expect, it } from 'vitest'
import type { Json } from '../json-value.ts'
import { checkSchema } from './check.ts'
import { matchSchema } from './match.ts'

const complaint = (schema: Json): string =>
  checkSchema(schema)
    .map(({ pointer, rule }) => `${pointer} ${rule}`)
    .join('; ')
const fits = (schema: Json, value: Json): boolean => {
  expect(complaint(schema)).toBe('')
  return matchSchema(schema, value).length === 0
}
const nest = (levels: number, wrap: (inner: Json) => Json, inner: Json): Json =>
  levels === 0 ? inner : wrap(nest(levels - 1, wrap, inner))

describe('a schema', () => {
  it.each<[string, Json, string]>([
    ['an unknown keyword', { typ: 'string' }, '/typ'],
    ['a keyword that every object inherits', { constructor: true }, '/constructor'],
    ['__proto__ as a keyword', JSON.parse('{"__proto__":{"type":"string"}}') as Json, '/__proto__'],
    ['an older keyword, with what to write instead', { definitions: {} }, 'write $defs'],
    ['a list under items, with what to write instead', { items: [true] }, 'prefixItems'],
    ['a reference to another document', { $ref: 'http://example.org/schema' }, 'other documents are never fetched'],
    ['a reference to a file', { $ref: 'other.json#/a' }, 'other documents are never fetched'],
    ['a reference to nothing', { $ref: '#/$defs/x' }, 'must point at a schema within'],
    [
      'a reference into data',
      { const: { a: true }, properties: { x: { $ref: '#/const' } } },
      'must point at a schema within',
    ],
    ['a reference through what every object inherits', { $ref: '#/__proto__' }, 'must point at a schema within'],
    [
      'a circle of references',
      { $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } } },
      'without going deeper',
    ],
    ['itself', { $ref: '#' }, 'without going deeper'],
    ['a dialect of another year', { $schema: 'http://json-schema.org/draft-07/schema#' }, '/$schema'],
    ['an unusable pattern', { pattern: '(?=a)' }, 'lookahead'],
    ['an unusable pattern for keys', { patternProperties: { '(a)\\1': true } }, 'backreferences'],
    ['an unknown format', { format: 'postcode' }, '/format'],
    [
      'arguments of the wrong shape',
      { type: 'text', minLength: -1, required: ['a', 'a'], enum: 1, allOf: [], multipleOf: 0 },
      '/required must be a list of different strings',
    ],
    ['more than 64 KiB', { description: 'x'.repeat(65_536) }, 'must not be larger than 64 KiB'],
    ['more than 32 levels', nest(40, (inner) => ({ not: inner }), {}), 'deeper than 32 levels'],
    ['5,000 levels', nest(5000, (inner) => ({ not: inner }), {}), 'deeper than 64 levels'],
    ['more than 1,000 subschemas', { anyOf: Array.from({ length: 1001 }, () => true) }, 'more than 1000 subschemas'],
    ['text that would be code elsewhere, as a key', { 'a"]);process.exit(1);//': 1 }, 'is not a keyword'],
  ])('is refused for %s', (_, schema, part) => expect(complaint(schema)).toContain(part))

  it('keeps code inside names and texts what it is: data', () => {
    const name = "x']);throw 1;//\n${process.exit(1)}"
    expect(fits({ required: [name], properties: { [name]: { const: name } } }, { [name]: name })).toBe(true)
  })

  it('looks at own properties only, and at __proto__ as at any other', () => {
    const value = JSON.parse('{"__proto__":{"a":1}}') as Json
    expect(fits({ required: ['__proto__'] }, value)).toBe(true)
    expect(fits({ required: ['constructor'] }, {})).toBe(false)
    expect(fits({ properties: { toString: { type: 'number' } } }, {})).toBe(true)
    expect(fits(JSON.parse('{"properties":{"__proto__":{"required":["b"]}}}') as Json, value)).toBe(false)
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false)
  })

  it('tells values of different patterns apart', () => {
    const schema = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } }
    expect(fits(schema, { a: 'a', b: 'b' })).toBe(true)
    expect(fits(schema, { a: 'a', b: 'a' })).toBe(false)
  })

  it('may describe a tree by referring to itself', () => {
    const tree = {
      properties: { children: { type: 'array', items: { $ref: '#' } }, name: { type: 'string' } },
      unevaluatedProperties: false,
    }
    expect(fits(tree, { name: 'a', children: [{ name: 'b', children: [] }] })).toBe(true)
    expect(matchSchema(tree, { children: [{ nam: 'b' }, { name: 1 }] })).toEqual([
      { pointer: '/children/0/nam', rule: 'must not be there' },
      { pointer: '/children/1/name', rule: 'must be of type string' },
    ])
  })

  it('complains ten times at most', () =>
    expect(
      matchSchema(
        { items: { type: 'string' } },
        Array.from({ length: 50 }, () => 1),
      ),
    ).toHaveLength(10))
})

describe('a schema that is a bomb', () => {
  const tired = ['must be checkable in bounded work: simplify the schema or shorten the value']
  const rules = (schema: Json, value: Json) => {
    expect(complaint(schema)).toBe('')
    return matchSchema(schema, value).map((found) => found.rule)
  }
  const doubling = (keyword: string, levels: number) => ({
    $ref: '#/$defs/d0',
    $defs: Object.fromEntries(
      Array.from({ length: levels + 1 }, (_, level) => {
        const next = { $ref: `#/$defs/d${level + 1}` }
        return [`d${level}`, level === levels ? { type: 'string' } : { [keyword]: [next, next] }]
      }),
    ),
  })

  it.each(['allOf', 'anyOf', 'oneOf'])('doubles %s through references and is stopped', (keyword) =>
    expect(rules(doubling(keyword, 60), keyword === 'allOf' ? '' : 1)).toEqual(tired),
  )
  it('doubles inside not, where giving up must not look like success', () =>
    expect(rules({ $defs: doubling('anyOf', 60).$defs, not: { $ref: '#/$defs/d0' } }, 1)).toEqual(tired))
  it('branches at every level of a recursion and is stopped', () => {
    const schema = {
      anyOf: [
        { items: { $ref: '#' }, minItems: 1 },
        { items: { $ref: '#' }, maxItems: 1, not: {} },
      ],
    }
    expect(
      rules(
        schema,
        nest(60, (inner) => [inner], 'x'),
      ),
    ).toEqual(tired)
  })
  it('compares a long list with a long list and is stopped', () => {
    const options = Array.from({ length: 8000 }, (_, index) => index)
    expect(
      rules(
        { items: { enum: options } },
        Array.from({ length: 100_000 }, () => 1),
      ),
    ).toEqual(tired)
  })
  it('requires many keys of many items and is stopped', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `k${index}`)
    expect(
      rules(
        { items: { dependentRequired: Object.fromEntries(names.map((name) => [name, []])) } },
        Array.from({ length: 100_000 }, () => ({})),
      ),
    ).toEqual(tired)
  })
  it('matches a costly pattern against many keys and is stopped', () => {
    const schema = {
      patternProperties: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`a.{900}[c${index}]`, true])),
    }
    expect(
      rules(schema, Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${'ab'.repeat(100)}${index}`, 1]))),
    ).toEqual(tired)
  })
  it('asks a large list of objects to be unique, which is linear here', () => {
    const items = Array.from({ length: 40_000 }, (_, id) => ({ id, tags: ['a'] }))
    expect(rules({ uniqueItems: true }, items)).toEqual([])
    expect(rules({ uniqueItems: true }, [...items, { tags: ['a'], id: 0 }])).toEqual(['must not repeat an item'])
  })
  it('does not tire an ordinary schema on a value of 1 MiB', () => {
    const schema = {
      items: {
        type: 'object',
        properties: { id: { type: 'integer' }, name: { type: 'string', pattern: '^[a-z]+$' } },
        required: ['id'],
        additionalProperties: false,
      },
    }
    expect(
      rules(
        schema,
        Array.from({ length: 30_000 }, (_, id) => ({ id, name: 'abcdefgh' })),
      ),
    ).toEqual([])
  })
})

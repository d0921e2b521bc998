import { execFileSync } from 'node:child_process'
import type { Json } from '@konfig/core'
import { parse as parseDotenv } from 'dotenv'
import fc from 'fast-check'
import { getProperties } from 'properties-file'
import { parse as parseToml } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { type Layout, type ValuesFormat, writeValues } from './write.ts'

const write = (values: Readonly<Record<string, Json>>, format: ValuesFormat, layout: Layout = 'flat'): string => {
  const written = writeValues({ groups: [{ values: Object.entries(values) }], format, layout })
  return written.ok ? written.value : written.failure.detail
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', "'", '"', '\\', '#', '$', '`', '=', '\t', 'é', '!', '~') }),
)
const sample = { 'server.port': 8080, 'server.host': 'a b', on: true, list: [1, 'x'], ratio: 0.5, none: null }

describe('values', () => {
  it('are written flat by default', () => {
    expect(JSON.parse(write(sample, 'json'))).toEqual(sample)
    expect(parseYaml(write(sample, 'yaml'))).toEqual(sample)
    expect(parseToml(write(sample, 'toml'))).toEqual({ ...sample, none: '' })
    expect(write(sample, 'env')).toBe(
      "SERVER_PORT=8080\nSERVER_HOST='a b'\nON=true\nLIST='[1,\"x\"]'\nRATIO=0.5\nNONE=\n",
    )
    expect(write(sample, 'properties')).toBe(
      'server.port=8080\nserver.host=a b\non=true\nlist=[1,"x"]\nratio=0.5\nnone=\n',
    )
  })

  it('are written as levels when asked', () => {
    const nested = { server: { port: 8080, host: 'a b' }, on: true, list: [1, 'x'], ratio: 0.5, none: null }
    expect(JSON.parse(write(sample, 'json', 'nested'))).toEqual(nested)
    expect(parseYaml(write(sample, 'yaml', 'nested'))).toEqual(nested)
    expect(parseToml(write(sample, 'toml', 'nested'))).toEqual({ ...nested, none: '' })
  })

  it('of several namespaces stand under their names', () => {
    const groups = [
      { namespace: 'billing', values: [['a.b', 1] as const] },
      { namespace: 'web', values: [] },
    ]
    const written = (format: ValuesFormat) => {
      const result = writeValues({ groups, format })
      return result.ok ? result.value : ''
    }
    expect(JSON.parse(written('json'))).toEqual({ billing: { 'a.b': 1 }, web: {} })
    expect(written('env')).toBe('BILLING_A_B=1\n')
    expect(written('properties')).toBe('billing.a.b=1\n')
  })

  it('collide where two keys become one variable, and both are named', () => {
    expect(write({ 'a.b': 1, 'a-b': 2 }, 'env')).toBe('a.b and a-b cannot both be written in env.')
    expect(write({ 'a.b': 1, 'a-b': 2 }, 'json', 'nested')).not.toContain('cannot')
  })

  it.each(['json', 'yaml', 'toml'] as const)(
    'collide in nested %s where a stands beside a.b, whichever comes first',
    (format) => {
      expect(write({ a: 1, 'a.b.c': 2 }, format, 'nested')).toBe(`a and a.b.c cannot both be written in ${format}.`)
      expect(write({ 'a.b.c': 2, 'a.b': {} }, format, 'nested')).toBe(
        `a.b.c and a.b cannot both be written in ${format}.`,
      )
      expect(write({ a: 1, 'a.b.c': 2 }, format)).not.toContain('cannot')
    },
  )

  it('take __proto__ as any other name', () => {
    for (const format of ['json', 'yaml', 'toml'] as const) {
      const written = writeValues({
        groups: [
          {
            values: [
              ['__proto__.polluted', true],
              ['constructor.prototype.polluted', true],
            ],
          },
        ],
        format,
        layout: 'nested',
      })
      expect(written.ok && written.value).toContain('__proto__')
    }
    expect('polluted' in {}).toBe(false)
  })

  it('are read alike by dotenv and by sh', () => {
    fc.assert(
      fc.property(
        fc.array(
          text.filter((value) => !/[\0\r]/.test(value)),
          { minLength: 1, maxLength: 5 },
        ),
        (list) => {
          const values = Object.fromEntries(
            list
              .map((value, index) => [`k${index}`, value] as const)
              .filter(([, value]) => !write({ k: value }, 'env').startsWith('The value')),
          )
          const written = write(values, 'env')
          const upper = Object.fromEntries(Object.entries(values).map(([key, value]) => [key.toUpperCase(), value]))
          expect(parseDotenv(written)).toEqual(upper)
          const script = `${written}printf '%s\\0' ${Object.keys(upper)
            .map((name) => `"$${name}"`)
            .join(' ')}`
          const shown = Object.keys(upper).length === 0 ? '' : execFileSync('sh', ['-c', script], { encoding: 'utf8' })
          expect(shown).toBe(
            Object.values(upper)
              .map((value) => `${value}\0`)
              .join(''),
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('that end in a backslash are refused in env: dotenv would read on into the next line', () => {
    expect(write({ a: '\\', b: "'\n" }, 'env')).toContain('The value of a cannot be written in env')
  })

  it('that no quoting saves in env are refused by key, not by value', () => {
    expect(write({ greeting: 'it\'s "hunter2"' }, 'env')).toBe(
      'The value of greeting cannot be written in env so that all readers take it alike; choose json.',
    )
    expect(write({ greeting: { a: "it's" } }, 'env')).toBe('GREETING=\'{"a":"it\\u0027s"}\'\n')
  })

  it('come back from properties, of any key and text, in plain ASCII', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          text.filter((key) => key !== '' && key !== '__proto__'),
          text,
          { noNullPrototype: true },
        ),
        (values) => {
          const written = write(values, 'properties')
          expect(written).toMatch(/^[\n\x20-\x7e]*$/)
          expect({ ...getProperties(written) }).toEqual(values)
        },
      ),
    )
  })

  it('come back from toml, of any key and text', () => {
    const value = fc.oneof(
      text,
      fc.boolean(),
      fc.maxSafeInteger(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
        .map((number) => (number === 0 ? 0 : number)),
    )
    fc.assert(
      fc.property(
        fc.dictionary(
          text.filter((key) => key !== '__proto__'),
          fc.oneof(value, fc.array(value), fc.dictionary(fc.string(), value, { noNullPrototype: true })),
          { noNullPrototype: true },
        ),
        (values) => {
          expect(JSON.parse(JSON.stringify(parseToml(write(values, 'toml'))))).toEqual(values)
        },
      ),
    )
  })
})

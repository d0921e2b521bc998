// What one commit may make a node do: hostile values, definitions and environments are refused within a fraction of a second, and
// what is merely large is not.
import type { Intention } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, openWorld, override, put, refusalOf, type World } from '../values/testing/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.write('tenant', put('namespace', 'n'))
})
afterEach(() => world.close())

const tried = (...intentions: readonly Intention[]): Promise<string> => refusalOf(world.write('tenant', ...intentions))
const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))
const environments = (count: number, parent?: string) =>
  world.write(
    'tenant',
    ...many(count, (index) => put('environment', `e${index}`, parent === undefined ? {} : { parent })),
  )
const longList = (bytes: number) => many(bytes / 8, (index) => 1_000_000 + index)

describe('one commit', () => {
  it('weighs a long list once for all environments in which it is made of the same values', async () => {
    await environments(990)
    const body = { type: 'json', combine: 'append', value: longList(1_000_000) }
    expect(await tried(config('n', 'list', body))).toBe('done')
    expect(await tried(override('n', 'list', 'tenant', 'e1', [1]))).toBe('done')
  })

  it('weighs ten thousand keys in a thousand environments once each', async () => {
    await environments(500)
    expect(await tried(...many(9_000, (index) => config('n', `k${index}`, { type: 'number', value: index })))).toBe(
      'done',
    )
  })

  it('still sees what one environment alone breaks', async () => {
    await environments(3)
    await tried(config('n', 'limit', { type: 'number', value: 1 }), override('n', 'limit', 'tenant', 'e1', 50))
    const narrower = { type: 'number', validation: { max: 10 }, value: 1 }
    expect(await tried(config('n', 'limit', narrower))).toBe('type_conflict')
    await tried(
      config('n', 'base', { type: 'string', value: 'x' }),
      override('n', 'base', 'tenant', 'e2', 'longer than that'),
      config('n', 'refers', { type: 'string', validation: { maxLength: 5 }, value: 'y' }),
    )
    expect(
      await tried(config('n', 'refers', { type: 'string', validation: { maxLength: 5 }, value: '${CONFIG:n/base}' })),
    ).toBe('value_invalid')
  })

  it('sees a value that becomes inert in one environment, though it was inert without it before', async () => {
    await environments(2)
    await world.write(
      'platform',
      put('namespace', 'p'),
      config('p', 'limits', { type: 'json', combine: 'merge', value: {} }),
    )
    const both = { type: 'json', combine: 'merge', value: { a: 1, b: 1 } }
    await world.write('tenant', config('n', 'limits', both), override('n', 'limits', 'tenant', 'e1', { a: 2 }))
    const schema = { type: 'object', maxProperties: 2 }
    expect(await tried(config('n', 'limits', { ...both, validation: { schema } }))).toBe('done')
    expect(await tried(override('n', 'limits', 'tenant', 'e1', { c: 2 }))).toBe('value_invalid')
  })

  it('of long lists that differ in very many environments is refused', async () => {
    await environments(300)
    await tried(config('n', 'list', { type: 'json', combine: 'append', value: [] }))
    for (let from = 0; from < 300; from += 100)
      await tried(...many(100, (index) => override('n', 'list', 'tenant', `e${from + index}`, [index])))
    const value = longList(500_000)
    expect(await tried(config('n', 'list', { type: 'json', combine: 'append', value }))).toBe('too_large')
    expect(await tried(config('n', 'list', { type: 'json', combine: 'append', value: [1, 2, 3] }))).toBe('done')
  })

  it('of patterns that are costly to read is refused', async () => {
    const pattern = (index: number) => `${'[\\p{L}\\p{N}\\P{Lu}]*'.repeat(40)}${index}`
    const strings = many(200, (index) =>
      config('n', `k${index}`, { type: 'string', validation: { pattern: pattern(index) } }),
    )
    expect(await tried(...strings)).toBe('too_large')
    const schema = { anyOf: many(60, (index) => ({ pattern: pattern(1000 + index) })) }
    expect(await tried(config('n', 'one', { type: 'json', validation: { schema } }))).toBe('too_large')
    expect(
      await tried(
        ...many(500, (index) =>
          config('n', `k${index}`, { type: 'string', validation: { pattern: `^[a-z]+-${index}$` } }),
        ),
      ),
    ).toBe('done')
  })

  it('of texts that are costly to match is refused', async () => {
    const body = { type: 'string', validation: { pattern: '(x+x+)+y$' }, value: 'x'.repeat(60_000) }
    const texts = many(400, (index) => config('n', `k${index}`, body))
    expect(['too_large', 'changes_rejected']).toContain(await tried(...texts))
    const matching = { type: 'string', validation: { pattern: '^[a-z]{2,1000}z?$' }, value: 'x'.repeat(900) }
    expect(await tried(...many(2000, (index) => config('n', `k${index}`, matching)))).toBe('too_large')
    expect(await tried(...many(5, (index) => config('n', `k${index}`, matching)))).toBe('done')
  })

  it('of values whose schemas are costly is refused', async () => {
    const schema = { items: { anyOf: many(50, (index) => ({ const: index + 1_000_000 })) } }
    const value = many(1000, () => 1_000_049)
    const values = many(200, (index) => config('n', `k${index}`, { type: 'json', validation: { schema }, value }))
    expect(await tried(...values)).toBe('too_large')
    expect(await tried(...values.slice(0, 3))).toBe('done')
  })

  it('of regular expressions as values is judged in bounded work', async () => {
    const schema = { items: { type: 'string', format: 'regex' } }
    const value = many(1000, (index) => `${'[\\p{L}\\p{N}\\P{Lu}]*'.repeat(40)}${index}`)
    expect(await tried(config('n', 'k', { type: 'json', validation: { schema }, value }))).toBe('value_invalid')
    expect(await tried(config('n', 'k', { type: 'json', validation: { schema }, value: ['^a', 'b+'] }))).toBe('done')
  })

  it('of ten thousand plain values with a schema each is not refused', async () => {
    const schema = {
      type: 'object',
      properties: { host: { type: 'string' }, port: { type: 'integer' } },
      required: ['host'],
    }
    const body = { type: 'json', validation: { schema }, value: { host: 'db.example', port: 5432 } }
    expect(await tried(...many(9_000, (index) => config('n', `k${index}`, body)))).toBe('done')
  })
})

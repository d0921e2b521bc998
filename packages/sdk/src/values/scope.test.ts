import { describe, expect, it } from 'vitest'
import { nameIn, readRemoved, readValues, type Scope, scopeText, shapeValues } from './scope.ts'

const of = (more: Partial<Scope>): Scope => ({
  environment: 'production',
  application: undefined,
  namespaces: undefined,
  ...more,
})
const application = of({ application: 'shop' })
const single = of({ namespaces: ['billing'] })
const several = of({ namespaces: ['billing', 'web'] })

describe('names', () => {
  it('are bare where one namespace or application is followed, else with their namespace', () => {
    const values = { billing: { a: 1 }, web: { b: 2 }, other: { c: 3 } }
    expect([...(readValues(single, values) ?? [])]).toEqual([['a', 1]])
    expect([...(readValues(several, values) ?? [])]).toEqual([
      ['billing/a', 1],
      ['web/b', 2],
    ])
    expect([...(readValues(of({}), values) ?? [])].map(([name]) => name)).toEqual(['billing/a', 'web/b', 'other/c'])
    expect([...(readValues(application, { a: 1 }) ?? [])]).toEqual([['a', 1]])
  })

  it('are understood in full where they are bare', () => {
    expect(nameIn(single)('billing/a')).toBe('a')
    expect(nameIn(single)('web/a')).toBe('web/a')
    expect(nameIn(several)('billing/a')).toBe('billing/a')
    expect(nameIn(application)('billing/a')).toBe('billing/a')
  })
})

describe('shapes', () => {
  it('go out as they came in, keys such as __proto__ among them', () => {
    const keys = JSON.parse('{"__proto__":1,"constructor":{"x":null},"a.b":[2]}') as Record<string, never>
    for (const [scope, values] of [
      [single, { billing: keys }],
      [several, { billing: keys, web: keys }],
      [application, keys],
    ] as const) {
      const read = readValues(scope, values)
      expect(JSON.parse(JSON.stringify(shapeValues(scope, read ?? new Map())))).toEqual(
        JSON.parse(JSON.stringify(values)),
      )
    }
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it("that are not the server's are no values", () => {
    for (const values of [undefined, null, 1, 'text', [], { billing: 1 }, { billing: [] }, { billing: null }])
      expect(readValues(several, values)).toBeUndefined()
    for (const removed of [1, null, ['a'], { billing: 'a' }, { billing: [1] }])
      expect(readRemoved(several, removed)).toBeUndefined()
    expect(readRemoved(application, { billing: ['a'] })).toBeUndefined()
    expect(readRemoved(several, undefined)).toEqual([])
  })

  it('are told apart by what is followed, in whatever order it was named', () => {
    const texts = [of({}), single, several, application, of({ environment: 'dev' })].map(scopeText)
    expect(new Set(texts).size).toBe(texts.length)
    expect(scopeText(of({ namespaces: ['web', 'billing'] }))).toBe(scopeText(several))
  })
})

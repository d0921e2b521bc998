import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { openMemory } from './memory.ts'
import { isOlder, type Point } from './point.ts'

const point = (platform: number, tenant: number): Point => ({ platform, tenant })
const named = (values: Readonly<Record<string, Json>>): Map<string, Json> => new Map(Object.entries(values))
const log = 'p.t'

describe('what is held', () => {
  it('is replaced by a whole state, which tells what is new, other and gone', () => {
    const memory = openMemory()
    expect(memory.holds()).toBe(false)
    memory.replace(named({ a: 1, b: { x: [1] }, c: 3 }), { log, point: point(1, 1) })
    const difference = memory.replace(named({ a: 2, b: { x: [1] }, d: 4 }), { log, point: point(1, 2) })
    expect(difference).toEqual({ changed: ['a', 'd'], removed: ['c'], before: named({ a: 1, c: 3 }) })
    expect(memory.values()).toEqual(named({ a: 2, b: { x: [1] }, d: 4 }))
  })

  it('is there even where it is empty', () => {
    const memory = openMemory()
    memory.replace(new Map(), { log: undefined, point: undefined })
    expect(memory.holds()).toBe(true)
  })

  it('cannot be changed by who reads it', () => {
    const memory = openMemory()
    memory.replace(named({ a: { x: [1] } }), { log, point: point(1, 1) })
    const value = memory.get('a') as { x: number[] }
    expect(() => value.x.push(2)).toThrow(TypeError)
    expect(memory.get('a')).toEqual({ x: [1] })
  })

  it('is at the point before where a change could not be taken whole', () => {
    const memory = openMemory()
    memory.replace(named({ a: 1 }), { log, point: point(1, 1) })
    const endless = (): Json => JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as Json
    expect(() => memory.amend(named({ b: endless() }), [], { log, point: point(1, 2) })).toThrow(RangeError)
    expect(() => memory.replace(named({ b: endless() }), { log, point: point(1, 2) })).toThrow(RangeError)
    expect(memory.origin().point).toEqual(point(1, 1))
  })

  it('is one map for as long as the client lives, so that readers may keep it', () => {
    const memory = openMemory()
    const values = memory.values()
    memory.replace(named({ a: 1 }), { log, point: point(1, 1) })
    memory.replace(named({ b: 1 }), { log: 'other', point: point(1, 1) })
    expect(values).toEqual(named({ b: 1 }))
  })
})

describe('what was kept from an earlier run', () => {
  const kept = () => {
    const memory = openMemory()
    memory.recall(named({ a: 1 }), { log, point: point(9e14, 9e14) })
    return memory
  }

  it('gives way to any whole state of the server, which is then held to', () => {
    const memory = kept()
    expect(memory.guesses()).toBe(true)
    expect(memory.replace(named({ a: 2 }), { log, point: point(3, 4) })).toMatchObject({ changed: ['a'] })
    expect(memory.guesses()).toBe(false)
    expect(memory.replace(named({ a: 1 }), { log, point: point(3, 3) })).toBe('older')
  })

  it('is what changes go on from only where they are later, and is no hint any more then', () => {
    const memory = openMemory()
    memory.recall(named({ a: 1 }), { log, point: point(3, 4) })
    expect(memory.amend(named({ b: 1 }), [], { log, point: point(3, 3) })).toBe('older')
    expect(memory.confirm({ log, point: point(2, 9) })).toBe('older')
    expect(memory.amend(named({ b: 1 }), [], { log, point: point(3, 5) })).toMatchObject({ changed: ['b'] })
    expect(memory.guesses()).toBe(false)
  })

  it('stays where its point is doubted', () => {
    const memory = kept()
    memory.doubt()
    expect([memory.holds(), memory.guesses(), memory.get('a'), memory.origin().point]).toEqual([
      true,
      false,
      1,
      undefined,
    ])
  })
})

describe('order', () => {
  it('never goes back within one log, whatever comes in whatever order', () => {
    const revision = fc.nat({ max: 5 })
    const update = fc.record({ log: fc.constantFrom('x', 'y'), platform: revision, tenant: revision })
    fc.assert(
      fc.property(fc.array(update, { maxLength: 30 }), (updates) => {
        const memory = openMemory()
        for (const [index, { log: from, platform, tenant }] of updates.entries()) {
          const before = memory.origin()
          const held = memory.get('index')
          const taken = memory.replace(named({ index }), { log: from, point: point(platform, tenant) }) !== 'older'
          const after = memory.origin()
          const mustRefuse =
            before.log === from && before.point !== undefined && isOlder(point(platform, tenant), before.point)
          expect(taken).toBe(!mustRefuse)
          expect([memory.get('index'), after]).toEqual(
            taken ? [index, { log: from, point: point(platform, tenant) }] : [held, before],
          )
        }
      }),
    )
  })

  it('an amendment needs a state of its own log below it', () => {
    const memory = openMemory()
    expect(memory.amend(named({ a: 1 }), [], { log, point: point(1, 1) })).toBe('apart')
    memory.replace(named({ a: 0 }), { log: undefined, point: undefined })
    expect(memory.amend(named({ a: 1 }), [], { log, point: point(1, 1) })).toBe('apart')
    memory.replace(named({ a: 0 }), { log, point: point(1, 1) })
    expect(memory.amend(named({ a: 1 }), [], { log: 'other', point: point(9, 9) })).toBe('apart')
    expect(memory.amend(named({ a: 1 }), [], { log, point: point(0, 9) })).toBe('older')
    expect(memory.amend(named({ a: 1 }), ['gone'], { log, point: point(1, 2) })).toMatchObject({
      changed: ['a'],
      removed: [],
    })
  })

  it('changes as they come and the whole state they make are the same', () => {
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', '__proto__'),
      fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
    )
    fc.assert(
      fc.property(fc.array(values, { maxLength: 8 }), (states) => {
        const amended = openMemory()
        amended.replace(new Map(), { log, point: point(0, 0) })
        for (const [index, state] of states.entries()) {
          const gone = [...amended.values().keys()].filter((name) => !Object.hasOwn(state, name))
          amended.amend(named(state), gone, { log, point: point(0, index + 1) })
          expect(new Map(amended.values())).toEqual(named(state))
        }
      }),
    )
  })

  it('the entity tag is forgotten when a change comes, and kept when nothing did', () => {
    const memory = openMemory()
    memory.replace(named({ a: 1 }), { log, point: point(1, 1) }, '"e"')
    memory.confirm({ log, point: point(1, 2) })
    expect(memory.etag()).toBe('"e"')
    memory.amend(named({ a: 2 }), [], { log, point: point(1, 3) })
    expect(memory.etag()).toBeUndefined()
    expect(memory.confirm({ log, point: point(1, 2) })).toBe('older')
  })
})

// A large space whose rows stay bytes: found by name and id, replaced, counted; and what a hash shared by many does not do.
import { describe, expect, it } from 'vitest'
import type { Change } from '../log/commit.ts'
import { evolve } from './evolve.ts'
import { openFinder } from './finder.ts'
import { restoring } from './rows.ts'

const count = 3000
const idOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
const nameOf = (index: number): string => (index % 7 === 0 ? `ключ ${index}` : `service.setting-${index}`)

const rowOf = (index: number): readonly unknown[] => {
  const environment = index % 2 === 0 ? null : 'production'
  const where = index % 3 === 0 ? ['override', 'tenant', environment] : ['config', null, null]
  const [kind, layer, environmentName] = where
  const body = index % 11 === 0 ? { value: `\u0000 ], [ "\\" ${index}` } : { type: 'number', value: index }
  return [
    'resource',
    kind,
    idOf(index),
    nameOf(index),
    `namespace-${index % 4}`,
    layer,
    environmentName,
    index % 5 === 0 ? { team: 'a' } : null,
    3,
    9,
    1000,
    'system',
    2000,
    'user:1',
    index % 13 === 0 ? 1 : 0,
    body,
  ]
}
const spaceOf = (index: number): string =>
  index % 3 === 0
    ? `override/namespace-${index % 4}/tenant/${index % 2 === 0 ? '' : 'production'}`
    : `config/namespace-${index % 4}`

const load = (perPage: number) => {
  const into = restoring('log')
  into.add(['head', 9, 2000, 4])
  for (let from = 0; from < count; from += perPage) {
    const rows = Array.from({ length: Math.min(perPage, count - from) }, (_, index) => rowOf(from + index))
    into.addBytes(new TextEncoder().encode(JSON.stringify(rows)))
  }
  return into.finish()
}
const all = Array.from({ length: count }, (_, index) => index)

describe('a space that was loaded', () => {
  it('answers every row by name and by id as it was saved, however the rows are cut into pages', () => {
    for (const perPage of [100, 250, 700]) {
      const state = load(perPage)
      for (const found of [
        (index: number) => state.record(spaceOf(index), nameOf(index)),
        (index: number) => state.byId(idOf(index)),
      ])
        expect(all.map(found)).toEqual(
          all.map((index) => {
            const [, kind, id, name, namespace, layer, environment, labels, , , , , , , deleted, body] = rowOf(index)
            return {
              kind,
              id,
              name,
              namespace,
              layer: layer ?? undefined,
              environment: environment ?? undefined,
              labels: labels ?? undefined,
              version: 3,
              revision: 9,
              createdAt: 1000,
              createdBy: 'system',
              updatedAt: 2000,
              updatedBy: 'user:1',
              deleted: deleted === 1,
              body,
              previous: undefined,
            }
          }),
        )
      expect(state.table.ids.size).toBe(count)
      expect(state.size('config/namespace-1')).toBe(
        all.filter((index) => spaceOf(index) === 'config/namespace-1').length,
      )
      for (const stranger of ['', 'service.setting-', 'service.setting-30000', 'ключ', '\ud800', 'x'.repeat(300)])
        expect(state.record('config/namespace-1', stranger)).toBeUndefined()
      expect(state.byId(idOf(count))).toBeUndefined()
    }
  })

  it('gives the newest version of what was written since, counts it once, and still answers older handles', () => {
    const state = load(250)
    const changed = all.filter((index) => index % 3 !== 0 && index % 10 < 3)
    const changes = changed.map(
      (index): Change => ({
        op: 'put',
        kind: 'config',
        namespace: `namespace-${index % 4}`,
        name: nameOf(index),
        id: idOf(index),
        previous: 9,
        body: { type: 'number', value: -index },
      }),
    )
    const next = evolve(state, {
      id: 'c',
      revision: 10,
      time: 3000,
      actor: 'user:2',
      origin: { type: 'api' },
      platform: 4,
      changes,
    })
    expect(changed.map((index) => next.record(spaceOf(index), nameOf(index))?.body['value'])).toEqual(
      changed.map((index) => -index),
    )
    expect(changed.map((index) => next.byId(idOf(index))?.version)).toEqual(changed.map(() => 4))
    expect(changed.map((index) => state.record(spaceOf(index), nameOf(index))?.version)).toEqual(changed.map(() => 3))
    expect(next.table.ids.size).toBe(count)
    const names = (of: typeof state) => [...of.records('config/namespace-1')].map(({ name }) => name)
    expect(names(next)).toEqual(names(state))
    expect(next.names('config/namespace-1')).toEqual([...names(state)].sort())
  })

  it('knows what refers to what, though only rows that refer are read', () => {
    const into = restoring('log')
    into.add(['head', 1, 1, 1])
    const config = (index: number, value: string) => [
      'resource',
      'config',
      idOf(index),
      `key${index}`,
      'n',
      null,
      null,
      null,
      1,
      1,
      1,
      'system',
      1,
      'system',
      0,
      { type: 'string', value },
    ]
    const rows = [
      config(1, 'costs $5 {a}'),
      config(2, 'see ${CONFIG:n/key1}'),
      config(3, '$'),
      config(4, '${CONFIG:n/key2}'),
    ]
    into.addBytes(new TextEncoder().encode(JSON.stringify(rows)))
    const state = into.finish()
    expect([...state.referrers('config/n/key1')]).toEqual(['config/n/key2'])
    expect([...state.referrers('config/n/key2')]).toEqual(['config/n/key4'])
    expect([...state.records('config/n')].map(({ name }) => name)).toEqual(['key1', 'key2', 'key3', 'key4'])
  })
})

describe('a finder', () => {
  it('refuses one more where many share a hash already, and finds the others', () => {
    const finder = openFinder()
    const added = Array.from({ length: 100 }, (_, value) => finder.add(0xdeadbeef, value))
    expect(added.filter((each) => each)).toHaveLength(64)
    expect(finder.find(0xdeadbeef, (value) => value === 63)).toBe(63)
    expect(finder.find(0xdeadbeef, (value) => value === 64)).toBe(-1)
    const hashOf = (value: number): number => Math.imul(value, 0x9e3779b1) >>> 0
    const others = Array.from({ length: 4000 }, (_, index) => 1000 + index).filter((value) =>
      finder.add(hashOf(value), value),
    )
    expect(others.length).toBeGreaterThan(3900)
    expect(others.filter((value) => finder.find(hashOf(value), (found) => found === value) !== value)).toEqual([])
  })
})

// What references may not do: grow without end, go deep without end, or cost without end.
import { describe, expect, it } from 'vitest'
import type { Change, Commit } from '../log/commit.ts'
import { emptyState, evolve } from '../state/evolve.ts'
import type { Json } from '../values/json-value.ts'
import { inertIn, resolveKey, resolveNamespace } from './resolve.ts'
import { worldOf } from './world.ts'

const worldWith = (values: { readonly [key: string]: Json }, type = 'string') => {
  const changes = Object.entries(values).map(
    ([name, value]): Change => ({
      op: 'put',
      kind: 'config',
      namespace: 'n',
      name,
      id: name,
      previous: 0,
      body: { type, value },
    }),
  )
  const commit: Commit = {
    id: '',
    revision: 1,
    time: 1,
    actor: 'system',
    origin: { type: 'api' },
    platform: 0,
    changes,
  }
  return worldOf(evolve(emptyState('platform'), commit), undefined, undefined)
}

const reasons = (world: ReturnType<typeof worldOf>, key: string) =>
  inertIn(world, 'n', key).map(({ verdict }) => (verdict === 'live' ? verdict : verdict.inert))

describe('references', () => {
  it('may fill a value to 1 MiB and no further', () => {
    const world = worldWith({
      half: 'x'.repeat(2 ** 19),
      most: '${CONFIG:n/half}'.repeat(1),
      over: '${CONFIG:n/half}${CONFIG:n/half}',
    })
    expect(resolveKey(world, 'n', 'most')?.value).toHaveLength(2 ** 19)
    expect(reasons(world, 'over')).toEqual(['reference'])
  })

  it('count what JSON makes of a text, not only its characters', () => {
    const world = worldWith({
      quotes: '"'.repeat(2 ** 19 - 10),
      twice: 'x${CONFIG:n/quotes}',
      three: '"""""""""""${CONFIG:n/quotes}',
    })
    expect(reasons(world, 'twice')).toEqual([])
    expect(reasons(world, 'three')).toEqual(['reference'])
  })

  it('stop a doubling bomb early, at every level above the limit', () => {
    const levels = Object.fromEntries(
      Array.from({ length: 16 }, (_, level) => [
        `k${level}`,
        level === 0 ? 'x'.repeat(1024) : `\${CONFIG:n/k${level - 1}}`.repeat(100),
      ]),
    )
    const world = worldWith(levels)
    expect([1, 2, 15].map((level) => typeof resolveKey(world, 'n', `k${level}`)?.value)).toEqual([
      'string',
      'undefined',
      'undefined',
    ])
  })

  it('stop a value that names a large target very often', () => {
    const world = worldWith({ large: 'x'.repeat(1_000_000), bomb: '${CONFIG:n/large}'.repeat(60_000) })
    expect(reasons(world, 'bomb')).toEqual(['reference'])
  })

  it('stop a whole answer that many short references to one long value would blow up', () => {
    const users = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, `${at} \${CONFIG:n/long}`]))
    const world = worldWith({ long: 'x'.repeat(1_000_000), ...users })
    expect(() => resolveNamespace(world, 'n')).toThrow(/larger than 64 MiB/)
    expect(resolveKey(worldWith({ long: 'x'.repeat(1_000_000), ...users }), 'n', 'k7')?.value).toHaveLength(1_000_002)
  })

  it('follow a chain of 100,000 keys without running out of stack, and let 16 steps of it live', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at === 0 ? 'end' : `\${CONFIG:n/k${at - 1}}`]),
    )
    const world = worldWith(chain)
    expect(resolveKey(world, 'n', 'k99999')?.value).toBeUndefined()
    expect([...resolveNamespace(world, 'n').values()].filter(({ value }) => value !== undefined)).toHaveLength(17)
  })

  it('are not filled a second time: what a target says is text', () => {
    const world = worldWith({
      name: 'host',
      tricky: '$${CONFIG:n/name}',
      reader: '${CONFIG:n/tricky} ${CONFIG:n/tricky}',
    })
    expect(resolveKey(world, 'n', 'reader')?.value).toBe('${CONFIG:n/name} ${CONFIG:n/name}')
  })

  it('keep a target whole, of its type, where they stand alone, and as JSON within a longer text', () => {
    const world = worldWith(
      { list: [1, { a: null }], alone: { in: '${CONFIG:n/list}' }, within: 'list: ${CONFIG:n/list}' },
      'json',
    )
    expect(resolveKey(world, 'n', 'alone')?.value).toEqual({ in: [1, { a: null }] })
    expect(resolveKey(world, 'n', 'within')?.value).toBe('list: [1,{"a":null}]')
  })
})

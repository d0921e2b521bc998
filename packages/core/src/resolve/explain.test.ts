// What explanations tell, and to whom they tell less.
import { describe, expect, it } from 'vitest'
import type { Change, Commit, Identity } from '../log/commit.ts'
import { emptyState, evolve } from '../state/evolve.ts'
import type { Json } from '../values/json-value.ts'
import { type Asker, explain, type Explanation } from './explain.ts'
import { replay } from './replay.ts'
import { traceKey } from './resolve.ts'
import { worldOf } from './world.ts'

const identity = { namespace: 'n', name: 'k' }
const tenantLayer: Identity = { kind: 'override', layer: 'tenant', ...identity }

const stateOf = (log: string, puts: readonly (readonly [Identity, { readonly [field: string]: Json }])[]) =>
  puts.reduce((state, [target, body], index) => {
    const change: Change = { op: 'put', ...target, id: `id ${index}`, previous: 0, body }
    const commit: Commit = {
      id: '',
      revision: index + 1,
      time: index + 1,
      actor: `user:${log} ${index + 1}`,
      origin: { type: 'api' },
      platform: 0,
      changes: [change],
    }
    return evolve(state, commit)
  }, emptyState(log))

const explained = (
  definition: { readonly [field: string]: Json },
  override: Json,
  asker: Asker,
): Explanation | undefined => {
  const platform = stateOf('platform', [
    [{ kind: 'environment', name: 'production' }, {}],
    [{ kind: 'config', ...identity }, definition],
  ])
  const tenant = stateOf('acme', [[tenantLayer, { value: override }]])
  const traced = traceKey(worldOf(platform, tenant, 'production'), 'n', 'k')
  return traced === undefined ? undefined : explain(traced, asker)
}

describe('an explanation', () => {
  it('names layer, log, revision, version, author and value of what won and of what it shadowed', () => {
    expect(explained({ type: 'number', value: 30 }, 60, { side: 'platform' })).toEqual({
      combine: 'replace',
      leaves: [
        {
          pointer: '',
          winner: { layer: 'tenant', log: 'tenant', revision: 1, version: 1, author: 'user:acme 1', value: 60 },
          shadowed: [
            {
              layer: 'platform',
              log: 'platform',
              revision: 2,
              version: 1,
              author: 'user:platform 2',
              value: 30,
              reason: 'weaker',
            },
          ],
        },
      ],
    })
  })

  it('shows tenants the platform as author, and no person of it', () => {
    expect(JSON.stringify(explained({ type: 'number', value: 30 }, 60, { side: 'tenant' }))).not.toContain(
      'user:platform',
    )
  })

  it('says of what is inert which rule forbids it', () => {
    const [leaf] =
      explained({ type: 'number', value: 30, policy: { mode: 'locked' } }, 60, { side: 'tenant' })?.leaves ?? []
    expect(leaf?.shadowed).toEqual([
      {
        layer: 'tenant',
        log: 'tenant',
        revision: 1,
        version: 1,
        author: 'user:acme 1',
        value: 60,
        reason: 'policy',
        rule: 'locked by platform, version 1',
      },
    ])
  })

  it('hides author, value and rule of what the asker may not read', () => {
    const hiding: Asker = { side: 'tenant', mayRead: ({ log }) => log === 'platform' }
    const [leaf] = explained({ type: 'number', value: 30, policy: { mode: 'locked' } }, 60, hiding)?.leaves ?? []
    expect(leaf?.shadowed).toEqual([
      { layer: 'tenant', log: 'tenant', revision: 1, version: 1, hidden: true, reason: 'policy' },
    ])
  })

  it('of a hidden winner keeps the value, which is the answer itself, so that it can still be replayed', () => {
    const told = explained(
      { type: 'json', combine: 'merge', value: { a: 1, b: 2 } },
      { b: null, c: {} },
      { side: 'tenant', mayRead: () => false },
    )
    expect(told?.leaves.map(({ winner }) => winner?.author)).toEqual([undefined, undefined, undefined])
    expect(told === undefined ? undefined : replay(told)).toEqual({ a: 1, c: {} })
  })

  it('points at members whose names hold slashes, tildes or __proto__', () => {
    const value = JSON.parse('{"a/b":{"~":1},"__proto__":{"x":2},"":3}') as Json
    const told = explained({ type: 'json', combine: 'merge', value }, {}, { side: 'tenant' })
    expect(told?.leaves.map(({ pointer }) => pointer)).toEqual(['/a~1b/~0', '/__proto__/x', '/'])
    expect(JSON.stringify(told === undefined ? undefined : replay(told))).toBe(JSON.stringify(value))
  })
})

describe('an explanation of many leaves', () => {
  it('asks once of each contribution whether it may be seen', () => {
    let asked = 0
    const definition = { type: 'json', combine: 'append', value: Array.from({ length: 50 }, (_, index) => index) }
    const leaves = explained(definition, [100, 101], {
      side: 'tenant',
      mayRead: () => {
        asked++
        return true
      },
    })?.leaves
    expect(leaves).toHaveLength(52)
    expect(asked).toBe(2)
  })
})

// What is overridden, and what of it a rule now forbids.
import { fixedRoles } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  config,
  grant,
  openWorld,
  override,
  put,
  reader,
  refusalOf,
  remove,
  type World,
} from '../values/testing/world.ts'
import { listAllConfigs } from '../configs/list.ts'
import { listOverrides } from './list.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.write(
    'platform',
    put('namespace', 'defaults'),
    config('defaults', 'timeout', { type: 'number', value: 30 }),
    config('defaults', 'size', { type: 'number', value: 1 }),
  )
  await world.write(
    'tenant',
    put('namespace', 'billing'),
    config('billing', 'retries', { type: 'number', value: 3 }),
    override('billing', 'retries', 'tenant', 'dev', 4),
    override('defaults', 'timeout', 'tenant', undefined, 50),
    override('defaults', 'timeout', 'tenant', 'production', 60),
    override('defaults', 'size', 'tenant', 'dev', 2),
  )
})
afterEach(() => world.close())

const lock = (maximum: number) =>
  world.write(
    'platform',
    config('defaults', 'timeout', { type: 'number', value: 30, policy: { mode: 'bounded', schema: { maximum } } }),
  )
const named = async (query: Parameters<typeof listOverrides>[1], context = world.tenant()) =>
  (await listOverrides(context, query)).items.map(({ namespace, key, environment }) => [namespace, key, environment])

describe('overrides', () => {
  it('are listed with their values, alive while nothing forbids them', async () => {
    const { items } = await listOverrides(world.tenant(), {})
    expect(
      items.map(({ namespace, key, environment, value, inert }) => [namespace, key, environment, value, inert]),
    ).toEqual([
      ['billing', 'retries', 'dev', 4, []],
      ['defaults', 'size', 'dev', 2, []],
      ['defaults', 'timeout', undefined, 50, []],
      ['defaults', 'timeout', 'production', 60, []],
    ])
  })

  it('are named with environment, reason and rule once a rule forbids them, and not when it is gone', async () => {
    expect(await named({ inert: true })).toEqual([])
    await lock(55)
    const { items } = await listOverrides(world.tenant(), { inert: true })
    expect(items).toMatchObject([
      {
        key: 'timeout',
        environment: 'production',
        value: 60,
        inert: [{ environment: 'production', reason: 'policy' }],
      },
    ])
    expect(items[0]?.inert[0]?.rule).toContain('bounded by platform')
    await lock(45)
    expect(await named({ inert: true })).toEqual([
      ['defaults', 'timeout', undefined],
      ['defaults', 'timeout', 'production'],
    ])
    expect(await named({ inert: false })).toEqual([
      ['billing', 'retries', 'dev'],
      ['defaults', 'size', 'dev'],
    ])
    await lock(100)
    expect(await named({ inert: true })).toEqual([])
  })

  it('are asked for by the environment in which they are skipped, wherever they were set', async () => {
    await lock(45)
    expect(await named({ inert: true, environment: 'production' })).toEqual([
      ['defaults', 'timeout', undefined],
      ['defaults', 'timeout', 'production'],
    ])
    expect(await named({ inert: true, environment: 'dev' })).toEqual([['defaults', 'timeout', undefined]])
    expect(await named({ environment: 'production' })).toEqual([['defaults', 'timeout', 'production']])
  })

  it('count an own value among them where the platform took the key over', async () => {
    await world.write(
      'platform',
      put('namespace', 'billing'),
      config('billing', 'retries', { type: 'string', value: 'x' }),
    )
    const { items } = await listOverrides(world.tenant(), { inert: true })
    expect(items.map(({ key, environment, value }) => [key, environment, value])).toEqual([
      ['retries', undefined, 3],
      ['retries', 'dev', 4],
    ])
    expect(items[0]?.inert.map(({ environment, reason }) => [environment, reason])).toContainEqual([
      'production',
      'invalid',
    ])
  })

  it('of an environment or a namespace that the platform took away are found as well', async () => {
    const size = config('gone', 'size', { type: 'number', value: 1 })
    await world.write('platform', put('environment', 'canary'), put('namespace', 'gone'), size)
    await world.write(
      'tenant',
      override('defaults', 'size', 'tenant', 'canary', 5),
      config('gone', 'own', { type: 'number', value: 1 }),
      override('gone', 'own', 'tenant', 'dev', 2),
      override('gone', 'size', 'tenant', 'production', 2),
    )
    expect(await named({ inert: true })).toEqual([])
    await world.write('platform', ...[put('environment', 'canary'), size, put('namespace', 'gone')].map(remove))
    const { items } = await listOverrides(world.tenant(), { inert: true })
    expect(items.map(({ namespace, key, environment, inert }) => [namespace, key, environment, inert])).toEqual([
      [
        'defaults',
        'size',
        'canary',
        [{ environment: 'canary', reason: 'invalid', rule: 'belongs to an environment that is not defined' }],
      ],
      [
        'gone',
        'size',
        'production',
        [{ environment: 'production', reason: 'invalid', rule: 'belongs to a key that is not defined' }],
      ],
    ])
    expect(await named({ namespace: 'gone' })).toEqual([
      ['gone', 'own', 'dev'],
      ['gone', 'size', 'production'],
    ])
    const found = await listAllConfigs(world.tenant(), { namespace: 'gone' })
    expect(found.items.map(({ namespace, key }) => [namespace, key])).toEqual([['gone', 'own']])
    const other = world.tenant([grant(fixedRoles.viewer, ['billing'])])
    expect([await named({ inert: true }, other), (await listAllConfigs(other, {})).items.length]).toEqual([[], 1])
    await world.write('platform', put('environment', 'canary'), put('namespace', 'gone'), size)
    expect(await named({ inert: true })).toEqual([])
  })

  it('filter by namespace and environment, and come in pages', async () => {
    expect(await named({ namespace: 'billing' })).toEqual([['billing', 'retries', 'dev']])
    expect(await named({ environment: 'production' })).toEqual([['defaults', 'timeout', 'production']])
    const seen: unknown[] = []
    let cursor: string | undefined
    do {
      const page = await listOverrides(world.tenant(), { limit: 1, cursor })
      seen.push(...page.items)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual((await listOverrides(world.tenant(), {})).items)
  })

  it('end a page once enough was judged, with a cursor that goes on', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => `k${String(index).padStart(4, '0')}`)
    await world.write(
      'tenant',
      put('namespace', 'many'),
      ...many.map((key) => config('many', key, { type: 'number', value: 1 })),
    )
    await world.write('tenant', ...many.map((key) => override('many', key, 'tenant', 'production', 2)))
    const first = await listOverrides(world.tenant(), { namespace: 'many', inert: true })
    expect(first.items).toEqual([])
    expect(first.next).not.toBe(null)
    let pages = 1
    for (let { next } = first; next !== null; pages++)
      next = (await listOverrides(world.tenant(), { namespace: 'many', inert: true, cursor: next })).next
    expect(pages).toBe(3)
  })

  it('end a page sooner the more environments each value is judged in', async () => {
    await world.write(
      'tenant',
      ...Array.from({ length: 1000 }, (_, index) => put('environment', `many-${index}`)),
      put('namespace', 'wide'),
      ...Array.from({ length: 50 }, (_, index) => config('wide', `k${index}`, { type: 'number', value: 1 })),
    )
    let pages = 1
    const ask = (cursor?: string) => listOverrides(world.tenant(), { namespace: 'wide', inert: true, cursor })
    for (let { next } = await ask(); next !== null; pages++) next = (await ask(next)).next
    expect(pages).toBe(11)
  })

  it('leave out what the caller may not read', async () => {
    expect(await named({}, world.tenant([grant(fixedRoles.viewer, undefined, ['dev'])]))).toEqual([
      ['billing', 'retries', 'dev'],
      ['defaults', 'size', 'dev'],
      ['defaults', 'timeout', undefined],
    ])
    expect(await named({}, world.tenant(reader))).toEqual([])
    expect(await refusalOf(listOverrides(world.tenant(reader), { namespace: 'billing' }))).toBe('denied')
  })

  it('are the layers of brands and plans on the platform’s side', async () => {
    await world.write('platform', override('defaults', 'timeout', 'plan:premium', 'dev', 40))
    expect((await listOverrides(world.platform(), {})).items).toMatchObject([
      { layer: 'plan:premium', environment: 'dev', value: 40, inert: [] },
    ])
  })
})

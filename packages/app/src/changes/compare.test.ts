// Differences between moments and environments, stored and resolved.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareEnvironments, compareValues } from './compare-values.ts'
import { compareStored } from './compare.ts'
import { config, openTenantWorld, override, put, type TenantWorld } from './testing/world.ts'

let world: TenantWorld
let first: number
beforeAll(async () => {
  world = await openTenantWorld()
  first = (await world.as('owner')).log.state().revision
  await world.put(config('billing', 'retries', { type: 'number', value: 4 }), put('namespace', 'other'))
  await world.put(config('other', 'key', { type: 'string', value: 'x' }), {
    op: 'delete',
    kind: 'config',
    namespace: 'billing',
    name: 'greeting',
  })
  await world.put(
    config('billing', 'retries', { type: 'number', value: 3 }),
    override('billing', 'limits', { b: 2 }, 'dev'),
  )
})
afterAll(() => world.close())

const last = async (): Promise<string> => String((await world.as('owner')).log.state().revision)

describe('what is stored at two moments', () => {
  it('is compared by content, so that a change that was taken back is none', async () => {
    const found = await compareStored(await world.as('viewer'), { from: String(first), to: await last() })
    expect(found.items).toEqual([
      {
        kind: 'config',
        namespace: 'billing',
        name: 'greeting',
        op: 'delete',
        before: { type: 'string', value: 'hello' },
        after: null,
      },
      {
        kind: 'config',
        namespace: 'other',
        name: 'key',
        op: 'create',
        before: null,
        after: { type: 'string', value: 'x' },
      },
      { kind: 'namespace', name: 'other', op: 'create', before: null, after: {} },
      {
        kind: 'override',
        namespace: 'billing',
        layer: 'tenant',
        environment: 'dev',
        name: 'limits',
        op: 'create',
        before: null,
        after: { value: { b: 2 } },
      },
    ])
    expect(found).toMatchObject({ from: String(first), to: await last(), next: null })
  })

  it('is compared backwards as well as forwards', async () => {
    const found = await compareStored(await world.as('viewer'), { from: await last(), to: String(first) })
    expect(found.items.map(({ name, op }) => [name, op])).toEqual([
      ['greeting', 'create'],
      ['key', 'delete'],
      ['other', 'delete'],
      ['limits', 'delete'],
    ])
  })

  it('comes in pages that keep to the moments of the first', async () => {
    const context = await world.as('viewer')
    const page = await compareStored(context, { from: String(first), to: await last(), limit: 3 })
    const rest = await compareStored(context, { from: 'ignored', to: 'ignored', limit: 3, cursor: page.next ?? '' })
    expect([...page.items, ...rest.items].map(({ name }) => name)).toEqual(['greeting', 'key', 'other', 'limits'])
    expect(rest.next).toBeNull()
  })

  it('leaves out what the caller may not read', async () => {
    const found = await compareStored(await world.as('viewer', { namespaces: ['billing'] }), {
      from: String(first),
      to: await last(),
    })
    expect(found.items.map(({ name }) => name)).toEqual(['greeting', 'limits'])
  })

  it('refuses moments that never were', async () => {
    await expect(compareStored(await world.as('viewer'), { from: '1', to: '9999' })).rejects.toMatchObject({
      failure: { code: 'revision_not_found' },
    })
  })
})

describe('resolved values', () => {
  it('of one environment differ between two moments by what was decided then, the platform included', async () => {
    const from = `${world.app.platform.state().revision}-${first}`
    await world.onPlatform(
      config('platform-defaults', 'timeout', {
        type: 'number',
        value: 20,
        policy: { mode: 'bounded', schema: { maximum: 60 } },
      }),
    )
    const to = `${world.app.platform.state().revision}-${await last()}`
    const found = await compareValues(await world.as('viewer'), { from, to, environment: 'dev' })
    expect(found.items).toEqual([
      { namespace: 'billing', key: 'greeting', op: 'delete', before: 'hello', after: null },
      { namespace: 'billing', key: 'limits', op: 'update', before: { a: 1 }, after: { a: 1, b: 2 } },
      { namespace: 'other', key: 'key', op: 'create', before: null, after: 'x' },
      { namespace: 'platform-defaults', key: 'timeout', op: 'update', before: 30, after: 20 },
    ])
    expect(found).toMatchObject({ from, to })
  })

  it('differ between two environments', async () => {
    const found = await compareEnvironments(await world.as('viewer'), {
      fromEnvironment: 'staging',
      toEnvironment: 'production',
    })
    expect(found.items).toEqual([{ namespace: 'billing', key: 'retries', op: 'update', before: 3, after: 5 }])
  })

  it('of namespaces or environments that the caller may not read are left out', async () => {
    const asked = { fromEnvironment: 'staging', toEnvironment: 'production' }
    expect((await compareEnvironments(await world.as('viewer', { namespaces: ['other'] }), asked)).items).toEqual([])
    expect((await compareEnvironments(await world.as('viewer', { environments: ['staging'] }), asked)).items).toEqual(
      [],
    )
  })

  it('are refused for an environment that is not there', async () => {
    await expect(
      compareEnvironments(await world.as('viewer'), { fromEnvironment: 'nowhere', toEnvironment: 'dev' }),
    ).rejects.toMatchObject({ failure: { code: 'resource_not_found' } })
  })
})

// Managing applications, rule by rule.
import { fixedRoles } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, grant, openWorld, put, refusalOf, type World } from '../values/testing/world.ts'
import { listApplicationConfigs } from './configs.ts'
import { listApplications } from './list.ts'
import { readApplicationResource } from './read.ts'
import { createApplication, deleteApplication, patchApplication, putApplication } from './write.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.write('tenant', put('namespace', 'billing'), put('namespace', 'orders'), put('namespace', 'secret'))
})
afterEach(() => world.close())

const patchOf = (body: object) => ({ body: body as never, mediaType: undefined })
const narrow = (...namespaces: readonly string[]) => [grant(fixedRoles.editor, namespaces)]

describe('applications', () => {
  it('are created once, with the namespaces in the order given', async () => {
    const made = await createApplication(world.tenant(), {
      name: 'shop',
      owner: 'Sales',
      contactEmail: 'shop@acme.example',
      namespaces: ['orders', 'billing'],
    })
    expect(made).toMatchObject({ created: true, view: { name: 'shop', namespaces: ['orders', 'billing'], version: 1 } })
    expect(await refusalOf(createApplication(world.tenant(), { name: 'shop' }))).toBe('already_exists')
    expect((await readApplicationResource(world.tenant(), made.view.id)).view).toEqual(made.view)
    expect((await createApplication(world.tenant(), { name: 'bare' })).view.namespaces).toEqual([])
  })

  it('refuse a namespace that is not there, one named twice, a strange name and a strange address', async () => {
    const made = (body: object) => refusalOf(createApplication(world.tenant(), { name: 'x', ...body }))
    expect(await made({ namespaces: ['moon'] })).toBe('target_unknown')
    expect(await made({ namespaces: ['billing', 'billing'] })).toBe('body_invalid')
    expect(await made({ contactEmail: 'nobody' })).toBe('body_invalid')
    expect(await made({ name: 'Shop' })).toBe('name_invalid')
    expect(await made({ name: crypto.randomUUID() })).toBe('name_invalid')
  })

  it('are replaced, patched and deleted, by name or id, as expected versions say', async () => {
    const { view, etag } = await putApplication(world.tenant(), 'shop', { namespaces: ['billing'], owner: 'Sales' })
    expect((await putApplication(world.tenant(), view.id, { namespaces: ['orders'] })).view.owner).toBeUndefined()
    const stale = world.tenant(undefined, { expect: [{ id: view.id, version: 1 }] })
    expect(etag).toBe(`"${view.id}.1"`)
    expect(await refusalOf(putApplication(stale, 'shop', {}))).toBe('precondition_failed')
    expect((await patchApplication(world.tenant(), 'shop', patchOf({ owner: 'Ops' }))).view).toMatchObject({
      owner: 'Ops',
      namespaces: ['orders'],
    })
    expect(await refusalOf(patchApplication(world.tenant(), 'moon', patchOf({})))).toBe('resource_not_found')
    await deleteApplication(world.tenant(), view.id)
    expect(await refusalOf(deleteApplication(world.tenant(), 'shop'))).toBe('resource_not_found')
    expect(await refusalOf(readApplicationResource(world.tenant(), view.id))).toBe('resource_not_found')
  })

  it('are written only by whoever may write all that they read, before and after', async () => {
    await createApplication(world.tenant(), { name: 'shop', namespaces: ['billing', 'secret'] })
    const billing = world.tenant(narrow('billing'))
    expect(await refusalOf(putApplication(billing, 'shop', { namespaces: ['billing'] }))).toBe('denied')
    expect(await refusalOf(patchApplication(billing, 'shop', patchOf({ owner: 'me' })))).toBe('denied')
    expect(await refusalOf(deleteApplication(billing, 'shop'))).toBe('denied')
    expect(await refusalOf(createApplication(billing, { name: 'own', namespaces: ['billing', 'secret'] }))).toBe(
      'denied',
    )
    expect(await refusalOf(createApplication(billing, { name: 'own', namespaces: [] }))).toBe('denied')
    expect(await refusalOf(createApplication(billing, { name: 'own', namespaces: ['billing'] }))).toBe('done')
    expect(await refusalOf(deleteApplication(billing, 'moon'))).toBe('denied')
  })

  it('are listed and read only by whoever may read all that they read', async () => {
    await createApplication(world.tenant(), { name: 'shop', owner: 'Sales', namespaces: ['billing', 'secret'] })
    await createApplication(world.tenant(), { name: 'desk', owner: 'Ops', namespaces: ['billing'] })
    const names = async (...asked: Parameters<typeof listApplications>) =>
      (await listApplications(...asked)).items.map(({ name }) => name)
    expect(await names(world.tenant(), {})).toEqual(['desk', 'shop'])
    expect(await names(world.tenant(), { namespace: 'secret' })).toEqual(['shop'])
    expect(await names(world.tenant(), { filters: { owner: 'Ops' } })).toEqual(['desk'])
    expect(await names(world.tenant(), { q: 'sal' })).toEqual(['shop'])
    expect(await names(world.tenant(), { sort: '-name' })).toEqual(['shop', 'desk'])
    const billing = world.tenant(narrow('billing'))
    expect(await names(billing, {})).toEqual(['desk'])
    expect(await refusalOf(readApplicationResource(billing, 'shop'))).toBe('denied')
    expect(await refusalOf(readApplicationResource(billing, 'moon'))).toBe('denied')
    expect(await refusalOf(listApplicationConfigs(billing, 'shop', {}))).toBe('denied')
  })
})

describe('the configs of an application', () => {
  beforeEach(async () => {
    await world.write(
      'platform',
      put('namespace', 'base'),
      config('base', 'limit', { type: 'number', value: 1, policy: { mode: 'locked' } }),
      config('base', 'timeout', { type: 'number', value: 1 }),
    )
    await world.write(
      'tenant',
      config('billing', 'limit', { type: 'number', value: 2 }),
      config('billing', 'timeout', { type: 'number', value: 2 }),
      config('orders', 'timeout', { type: 'string', value: 'long' }),
      put('application', 'shop', { namespaces: ['orders', 'base', 'billing'] }),
    )
  })

  it('come in the order of its namespaces and say which one wins: the last, but never over a locked key', async () => {
    const { items } = await listApplicationConfigs(world.tenant(), 'shop', {})
    expect(
      items.map(({ namespace, key, position, wins, shadowedBy }) => [namespace, key, position, wins, shadowedBy]),
    ).toEqual([
      ['orders', 'timeout', 1, false, 'billing'],
      ['base', 'limit', 2, true, undefined],
      ['base', 'timeout', 2, false, 'billing'],
      ['billing', 'limit', 3, false, 'base'],
      ['billing', 'timeout', 3, true, undefined],
    ])
  })

  it('come page by page, each once, and by filter', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const found = await listApplicationConfigs(world.tenant(), 'shop', { limit: 2, cursor })
      seen.push(...found.items.map(({ namespace, key }) => `${namespace}/${key}`))
      cursor = found.next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['orders/timeout', 'base/limit', 'base/timeout', 'billing/limit', 'billing/timeout'])
    const keys = async (query: Parameters<typeof listApplicationConfigs>[2]) =>
      (await listApplicationConfigs(world.tenant(), 'shop', query)).items.map(
        ({ namespace, key }) => `${namespace}/${key}`,
      )
    expect(await keys({ wins: true })).toEqual(['base/limit', 'billing/timeout'])
    expect(await keys({ namespace: 'base' })).toEqual(['base/limit', 'base/timeout'])
    expect(await keys({ q: 'lim' })).toEqual(['base/limit', 'billing/limit'])
    expect(await keys({ filters: { type: 'string' } })).toEqual(['orders/timeout'])
  })
})

// Managing namespaces, rule by rule.
import { configSpace, fixedRoles } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, grant, openWorld, override, put, reader, refusalOf, type World } from '../values/testing/world.ts'
import { deleteNamespace } from './delete.ts'
import { listNamespaces } from './list.ts'
import { readNamespaceResource } from './read.ts'
import { createNamespace, patchNamespace, putNamespace } from './write.ts'

let world: World
const state = () => world.tenant().log.state()
beforeEach(async () => {
  world = await openWorld()
  await world.write(
    'platform',
    put('namespace', 'defaults', { displayName: 'Defaults' }),
    config('defaults', 'timeout', { type: 'number', value: 30 }),
  )
  await world.write(
    'tenant',
    put('namespace', 'billing'),
    config('billing', 'retries', { type: 'number', value: 3 }),
    override('billing', 'retries', 'tenant', 'dev', 4),
  )
})
afterEach(() => world.close())

describe('namespaces', () => {
  it("are listed with the platform's, by name", async () => {
    const { items } = await listNamespaces(world.tenant(), {})
    expect(items.map(({ name, definedBy }) => [name, definedBy])).toEqual([
      ['billing', 'tenant'],
      ['defaults', 'platform'],
    ])
    expect((await listNamespaces(world.tenant(), { filters: { definedBy: 'platform' } })).items).toHaveLength(1)
    expect((await listNamespaces(world.tenant([grant(fixedRoles.viewer, ['billing'])]), {})).items).toHaveLength(1)
  })

  it('are created once', async () => {
    const { view, created } = await createNamespace(world.tenant(), { name: 'fresh', displayName: 'Fresh' })
    expect([view.name, view.displayName, created]).toEqual(['fresh', 'Fresh', true])
    expect(await refusalOf(createNamespace(world.tenant(), { name: 'fresh' }))).toBe('already_exists')
    expect(await refusalOf(createNamespace(world.tenant(), { name: 'defaults' }))).toBe('defined_by_platform')
    expect(await refusalOf(createNamespace(world.tenant(), { name: 'Not A Slug' }))).toBe('name_invalid')
    expect(await refusalOf(createNamespace(world.tenant(reader), { name: 'x' }))).toBe('denied')
  })

  it('are read by name and by id', async () => {
    const { view, etag } = await readNamespaceResource(world.tenant(), 'billing')
    expect(etag).toBe(`"${view.id}.1"`)
    expect((await readNamespaceResource(world.tenant(), view.id)).view).toEqual(view)
    expect(await refusalOf(readNamespaceResource(world.tenant(), 'nowhere'))).toBe('resource_not_found')
    expect(
      await refusalOf(readNamespaceResource(world.tenant([grant(fixedRoles.viewer, ['billing'])]), 'nowhere')),
    ).toBe('denied')
  })

  it('are replaced and patched, but not the platform’s', async () => {
    expect((await putNamespace(world.tenant(), 'billing', { description: 'x' })).view).toMatchObject({
      description: 'x',
      version: 2,
    })
    expect((await putNamespace(world.tenant(), 'new-one', {})).created).toBe(true)
    const patched = await patchNamespace(world.tenant(), 'billing', {
      body: { displayName: 'B', description: null },
      mediaType: undefined,
    })
    expect(patched.view).toMatchObject({ displayName: 'B' })
    expect(patched.view).not.toHaveProperty('description')
    expect(await refusalOf(putNamespace(world.tenant(), 'defaults', {}))).toBe('defined_by_platform')
    expect(await refusalOf(patchNamespace(world.tenant(), 'nowhere', { body: {}, mediaType: undefined }))).toBe(
      'resource_not_found',
    )
  })

  it('go only when empty, or with all that is in them in one commit', async () => {
    expect(await refusalOf(deleteNamespace(world.tenant(), 'billing', false))).toBe('namespace_in_use')
    const { revision } = state()
    await deleteNamespace(world.tenant(), 'billing', true)
    expect(state().revision).toBe(revision + 1)
    expect([...state().entries(configSpace('billing'))]).toEqual([])
    expect(await refusalOf(readNamespaceResource(world.tenant(), 'billing'))).toBe('resource_not_found')
    expect(await refusalOf(deleteNamespace(world.tenant(), 'billing', true))).toBe('resource_not_found')
    expect(await refusalOf(deleteNamespace(world.tenant(), 'defaults', true))).toBe('defined_by_platform')
  })

  it('stay while others refer to what is in them', async () => {
    await world.write(
      'tenant',
      put('namespace', 'other'),
      config('other', 'copy', { type: 'number', value: '${CONFIG:billing/retries}' }),
    )
    expect(await refusalOf(deleteNamespace(world.tenant(), 'billing', true))).toBe('in_use')
  })

  it('are the platform’s own on its side', async () => {
    expect(
      (await patchNamespace(world.platform(), 'defaults', { body: { closed: true }, mediaType: undefined })).view,
    ).toMatchObject({ closed: true, definedBy: 'platform' })
    expect(await refusalOf(deleteNamespace(world.platform(), 'defaults', false))).toBe('namespace_in_use')
  })
})

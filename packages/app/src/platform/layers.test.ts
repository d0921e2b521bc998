import type { Intention } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { commit } from '../commit.ts'
import { asking, openWorld, refusalOf } from '../tenants/testing/world.ts'
import { deleteLayer } from './delete-layer.ts'
import { listLayers, readLayer } from './read-layers.ts'
import { createLayer, patchLayer, replaceLayer } from './write-layer.ts'

const apply = (app: App, intentions: readonly Intention[], write = {}) =>
  commit(asking(app, 'admin', write), () => ({ ok: true, value: { intentions } }))

const inBilling: readonly Intention[] = [
  { op: 'put', kind: 'namespace', name: 'billing', body: {} },
  { op: 'put', kind: 'config', name: 'retries', namespace: 'billing', body: { type: 'number', value: 3 } },
]

const override = (layer: string, environment?: string): Intention => ({
  op: 'put',
  kind: 'override',
  name: 'retries',
  namespace: 'billing',
  layer,
  environment,
  body: { value: 5 },
})

describe('brands and plans', () => {
  it('are created, read by name and id, replaced, changed and deleted', async () => {
    const { app, close } = await openWorld()
    const made = await createLayer(asking(app), 'brand', 'sun', { displayName: 'Sun' })
    expect(made).toMatchObject({
      name: 'sun',
      displayName: 'Sun',
      version: 1,
      createdBy: asking(app).caller.type === 'user' ? 'user:00000000-0000-4000-8000-00000000000a' : '',
    })
    expect(await readLayer(asking(app, 'viewer'), 'brand', made.id)).toEqual(made)
    expect(await replaceLayer(asking(app), 'brand', 'sun', { description: 'Warm' })).toMatchObject({
      created: false,
      view: { description: 'Warm', version: 2 },
    })
    expect((await readLayer(asking(app), 'brand', 'sun')).displayName).toBeUndefined()
    expect(await replaceLayer(asking(app), 'brand', 'moon', {})).toMatchObject({
      created: true,
      view: { name: 'moon', version: 1 },
    })
    expect(await patchLayer(asking(app), 'brand', made.id, { description: null, displayName: 'Sol' })).toMatchObject({
      displayName: 'Sol',
      version: 3,
    })
    await deleteLayer(asking(app), 'brand', 'sun', false)
    expect(await refusalOf(readLayer(asking(app), 'brand', 'sun'))).toBe('resource_not_found')
    expect(await refusalOf(readLayer(asking(app), 'brand', made.id))).toBe('resource_not_found')
    expect(await createLayer(asking(app), 'brand', 'sun', {})).toMatchObject({ id: made.id, version: 5 })
    await close()
  })

  it('change a limit without touching the others, and know a limit of null from one that is left out', async () => {
    const { app, close } = await openWorld()
    const before = await readLayer(asking(app), 'plan', 'free')
    const changed = await patchLayer(asking(app), 'plan', 'free', { limits: { members: null, streams: 7 } })
    expect(changed.limits).toEqual({ ...before.limits, members: null, streams: 7 })
    expect((await patchLayer(asking(app), 'plan', 'free', { limits: null })).limits).toBeUndefined()
    await close()
  })

  it('are listed page by page', async () => {
    const { app, close } = await openWorld()
    const first = await listLayers(asking(app, 'viewer'), 'plan', { limit: 3 })
    const second = await listLayers(asking(app, 'viewer'), 'plan', { limit: 3, cursor: first.next ?? undefined })
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'basic',
      'enterprise',
      'free',
      'premium',
      'standard',
    ])
    expect(second.next).toBeNull()
    expect((await listLayers(asking(app), 'plan', { q: 'prem' })).items.map(({ name }) => name)).toEqual(['premium'])
    await close()
  })

  it('refuse a name that is taken, a body that has not their shape, a version that is not the newest, and what is not there', async () => {
    const { app, close } = await openWorld()
    expect(await refusalOf(createLayer(asking(app), 'plan', 'free', {}))).toBe('already_exists')
    expect(await refusalOf(createLayer(asking(app), 'plan', 'Free!', {}))).toBe('name_invalid')
    expect(await refusalOf(createLayer(asking(app), 'plan', 'tiny', { limits: { members: -1 } }))).toBe('body_invalid')
    expect(await refusalOf(createLayer(asking(app), 'brand', 'sun', { limits: {} }))).toBe('body_invalid')
    expect(await refusalOf(replaceLayer(asking(app, 'admin', { expect: 'absent' }), 'plan', 'free', {}))).toBe(
      'precondition_failed',
    )
    expect(await refusalOf(patchLayer(asking(app), 'plan', 'gold', {}))).toBe('resource_not_found')
    expect(await refusalOf(deleteLayer(asking(app), 'plan', 'gold', true))).toBe('resource_not_found')
    await close()
  })

  it('are written by who writes the platform, read by who reads it, and by nobody else', async () => {
    const { app, close } = await openWorld()
    const { revision } = app.platform.state()
    for (const role of ['editor', 'viewer', 'reader', 'nobody'] as const) {
      expect(await refusalOf(createLayer(asking(app, role), 'brand', 'sun', {}))).toBe('denied')
      expect(await refusalOf(replaceLayer(asking(app, role), 'plan', 'free', {}))).toBe('denied')
      expect(await refusalOf(patchLayer(asking(app, role), 'plan', 'free', {}))).toBe('denied')
      expect(await refusalOf(deleteLayer(asking(app, role), 'plan', 'free', false))).toBe('denied')
    }
    for (const role of ['reader', 'nobody'] as const) {
      expect(await refusalOf(readLayer(asking(app, role), 'plan', 'free'))).toBe('denied')
      expect(await refusalOf(listLayers(asking(app, role), 'plan', {}))).toBe('denied')
    }
    expect(app.platform.state().revision).toBe(revision)
    await close()
  })

  it('do not go while they hold overrides, unless these go too, in the same commit', async () => {
    const { app, close } = await openWorld()
    await apply(app, [...inBilling, override('plan:free'), override('plan:free', 'dev'), override('plan:basic')])
    expect(await refusalOf(deleteLayer(asking(app), 'plan', 'free', false))).toBe('in_use')
    expect(await refusalOf(apply(app, [{ op: 'delete', kind: 'plan', name: 'free' }]))).toBe('in_use')
    const { revision } = app.platform.state()
    await deleteLayer(asking(app), 'plan', 'free', true)
    const state = app.platform.state()
    expect(state.revision).toBe(revision + 1)
    expect(state.get('plan', 'free')).toBeUndefined()
    expect(
      [...state.spaces('override/')].flatMap((space) => [...state.entries(space)].map(({ layer }) => layer)),
    ).toEqual(['plan:basic'])
    await close()
  })

  it('take overrides of a protected environment along only for a writer who said what is to go', async () => {
    const { app, close } = await openWorld()
    await apply(app, [...inBilling, override('plan:free', 'production')])
    await apply(app, [{ op: 'put', kind: 'environment', name: 'production', body: { order: 3, protected: true } }])
    expect(await refusalOf(deleteLayer(asking(app), 'plan', 'free', true))).toBe('precondition_required')
    expect(await refusalOf(deleteLayer(asking(app, 'admin', { expect: [{ version: 9 }] }), 'plan', 'free', true))).toBe(
      'precondition_failed',
    )
    expect(await refusalOf(deleteLayer(asking(app, 'admin', { expect: [{ version: 1 }] }), 'plan', 'free', true))).toBe(
      'done',
    )
    await close()
  })
})

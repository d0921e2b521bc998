// Managing configs, rule by rule: which resource a write lands on, what it keeps, and what is refused.
import { configSpace, fixedRoles, overrideSpace } from '@konfig/core'
import { beforeEach, describe, expect, it } from 'vitest'
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
import { configById } from './by-id.ts'
import { createConfig } from './create.ts'
import { deleteConfig } from './delete.ts'
import { readEffective } from './effective.ts'
import { listAllConfigs, listConfigs } from './list.ts'
import { patchConfig } from './patch.ts'
import { putConfig } from './put.ts'
import { readConfig } from './read.ts'

let world: World
const own = { namespace: 'billing', key: 'retries' }
const above = { namespace: 'defaults', key: 'timeout' }
const version = (etag: string) => Number(etag.slice(etag.lastIndexOf('.') + 1, -1))
const state = () => world.tenant().log.state()
const expectation = (etag: string) => [{ id: etag.slice(1, 37), version: version(etag) }]

beforeEach(async () => {
  world = await openWorld()
  await world.write(
    'platform',
    put('namespace', 'defaults'),
    put('namespace', 'shut', { closed: true }),
    config('defaults', 'timeout', {
      type: 'number',
      value: 30,
      policy: { mode: 'bounded', schema: { minimum: 1, maximum: 60 } },
    }),
    config('defaults', 'fixed', { type: 'string', value: 'x', policy: { mode: 'locked' } }),
  )
  await world.write(
    'tenant',
    put('namespace', 'billing'),
    config('billing', 'retries', { type: 'number', value: 3, description: 'how often' }),
    config('billing', 'limits', { type: 'json', value: { a: 1, b: 2 }, combine: 'merge' }),
    override('billing', 'retries', 'tenant', 'production', 5),
  )
  return () => world.close()
})

describe('PUT of a value alone', () => {
  it('sets the base value of an own key and keeps its definition', async () => {
    const { view, etag, created } = await putConfig(world.tenant(), own, { value: 4 })
    expect(view).toMatchObject({
      key: 'retries',
      type: 'number',
      value: 4,
      description: 'how often',
      definedBy: 'tenant',
      version: 2,
    })
    expect([version(etag), created]).toEqual([2, false])
    expect(state().get(overrideSpace('billing', 'tenant'), 'retries')).toBeUndefined()
  })

  it("writes the tenant's override of a platform's key", async () => {
    const { view, created } = await putConfig(world.tenant(), above, { value: 20 })
    expect(view).toMatchObject({ layer: 'tenant', type: 'number', value: 20, definedBy: 'platform', version: 1 })
    expect(created).toBe(true)
    expect(state().get(overrideSpace('defaults', 'tenant'), 'timeout')?.body).toEqual({ value: 20 })
    expect(state().get(configSpace('defaults'), 'timeout')).toBeUndefined()
  })

  it('writes the override of an environment', async () => {
    const { view } = await putConfig(world.tenant(), { ...own, environment: 'dev' }, { value: 9 })
    expect(view).toMatchObject({ environment: 'dev', value: 9, version: 1 })
    expect(state().get(configSpace('billing'), 'retries')?.version).toBe(1)
  })

  it('takes false, 0 and null as values', async () => {
    await createConfig(world.tenant(), { namespace: 'billing', key: 'maybe', type: 'json', value: 1 })
    expect((await putConfig(world.tenant(), { namespace: 'billing', key: 'maybe' }, { value: null })).view.value).toBe(
      null,
    )
    expect((await putConfig(world.tenant(), own, { value: 0 })).view.value).toBe(0)
  })

  it('makes no commit where nothing changes', async () => {
    const { revision } = state()
    await putConfig(world.tenant(), own, { value: 3 })
    expect(state().revision).toBe(revision)
  })

  it('refuses what breaks type, bounds and lock, and stores nothing', async () => {
    const { revision } = state()
    expect(await refusalOf(putConfig(world.tenant(), own, { value: 'three' }))).toBe('value_invalid')
    expect(await refusalOf(putConfig(world.tenant(), above, { value: 61 }))).toBe('policy_bounded')
    expect(await refusalOf(putConfig(world.tenant(), { ...above, key: 'fixed' }, { value: 'y' }))).toBe('policy_locked')
    expect(state().revision).toBe(revision)
  })

  it('refuses a key, a namespace and an environment that are not there', async () => {
    expect(await refusalOf(putConfig(world.tenant(), { ...own, key: 'nothing' }, { value: 1 }))).toBe(
      'resource_not_found',
    )
    expect(await refusalOf(putConfig(world.tenant(), { ...own, namespace: 'nowhere' }, { value: 1 }))).toBe(
      'resource_not_found',
    )
    expect(await refusalOf(putConfig(world.tenant(), { ...own, environment: 'moon' }, { value: 1 }))).toBe(
      'resource_not_found',
    )
  })

  it('needs the permission in every environment that the value can be seen in', async () => {
    const dev = [grant(fixedRoles.editor, undefined, ['dev'])]
    const both = [grant(fixedRoles.editor, undefined, ['dev', 'staging'])]
    expect(await refusalOf(putConfig(world.tenant(dev), own, { value: 4 }))).toBe('denied')
    expect(await refusalOf(putConfig(world.tenant(dev), { ...own, environment: 'dev' }, { value: 4 }))).toBe('denied')
    expect(await refusalOf(putConfig(world.tenant(both), { ...own, environment: 'dev' }, { value: 4 }))).toBe('done')
    expect(await refusalOf(putConfig(world.tenant(reader), { ...own, key: 'nothing' }, { value: 4 }))).toBe('denied')
  })

  it('answers a dry run as the write, and stores nothing', async () => {
    const { revision } = state()
    const { view } = await putConfig(world.tenant(undefined, { dryRun: true }), own, { value: 7 })
    const { actor } = world.tenant().caller as { readonly actor: string }
    expect(view).toMatchObject({ value: 7, version: 2, updatedBy: actor })
    expect(state().revision).toBe(revision)
  })
})

describe('PUT with a type', () => {
  it('replaces the whole definition', async () => {
    const { view } = await putConfig(
      world.tenant(),
      { namespace: 'billing', key: 'limits' },
      { type: 'string', value: 'none' },
    )
    expect(view).toMatchObject({ type: 'string', value: 'none' })
    expect(view).not.toHaveProperty('combine')
  })

  it('makes a key that is not there', async () => {
    const { created, view } = await putConfig(
      world.tenant(),
      { namespace: 'billing', key: 'fresh' },
      { type: 'boolean' },
    )
    expect([created, view.value, view.version]).toEqual([true, undefined, 1])
  })

  it("is refused on a platform's key, in an environment, and where an override breaks the new type", async () => {
    expect(await refusalOf(putConfig(world.tenant(), above, { type: 'number' }))).toBe('defined_by_platform')
    expect(
      await refusalOf(putConfig(world.tenant(), { ...own, environment: 'dev' }, { type: 'number', value: 1 })),
    ).toBe('body_invalid')
    expect(await refusalOf(putConfig(world.tenant(), own, { type: 'string', value: 'x' }))).toBe('type_conflict')
  })

  it('is asked for where other fields come without it', async () => {
    await expect(putConfig(world.tenant(), own, { value: 1, description: 'x' })).rejects.toMatchObject({
      failure: { code: 'body_invalid', data: { pointer: '/type' } },
    })
    await expect(putConfig(world.tenant(), own, {})).rejects.toMatchObject({
      failure: { code: 'body_invalid', data: { pointer: '/value' } },
    })
  })
})

describe('a definition that lies dormant', () => {
  beforeEach(async () => {
    await world.write(
      'platform',
      put('namespace', 'billing'),
      config('billing', 'retries', { type: 'number', value: 1 }),
    )
  })

  it('keeps the value that a PUT writes: never two places', async () => {
    const { view } = await putConfig(world.tenant(), own, { value: 8 })
    expect(view).toMatchObject({ value: 8, definedBy: 'platform', dormant: true, version: 2 })
    expect(state().get(overrideSpace('billing', 'tenant'), 'retries')).toBeUndefined()
    expect(state().get(configSpace('billing'), 'retries')?.body).toMatchObject({
      type: 'number',
      value: 8,
      description: 'how often',
    })
  })

  it('is refused a new type, and takes patches of its value alone', async () => {
    expect(await refusalOf(putConfig(world.tenant(), own, { type: 'number', value: 2 }))).toBe('defined_by_platform')
    expect((await patchConfig(world.tenant(), own, { body: { value: 6 }, mediaType: undefined })).view.value).toBe(6)
    expect(
      await refusalOf(patchConfig(world.tenant(), own, { body: { description: 'x' }, mediaType: undefined })),
    ).toBe('body_invalid')
  })

  it('goes alone when deleted: the overrides belong to the platform’s key', async () => {
    await deleteConfig(world.tenant(), own)
    expect(state().get(configSpace('billing'), 'retries')).toBeUndefined()
    expect(state().get(overrideSpace('billing', 'tenant', 'production'), 'retries')).toBeDefined()
  })

  it('takes the place of a base override that was left over, once the key is its own again', async () => {
    await world.write('platform', config('billing', 'other', { type: 'number', value: 1 }))
    await putConfig(world.tenant(), { namespace: 'billing', key: 'other' }, { value: 2 })
    await world.write('platform', remove(config('billing', 'other', {})))
    await createConfig(world.tenant(), { namespace: 'billing', key: 'other', type: 'number', value: 3 })
    expect(state().get(overrideSpace('billing', 'tenant'), 'other')).toBeUndefined()
    expect(state().get(configSpace('billing'), 'other')?.body['value']).toBe(3)
  })
})

describe('the ETag of a GET', () => {
  it('is that of what a PUT would write, so that it is the precondition of one', async () => {
    for (const where of [own, { ...own, environment: 'production' }, above]) {
      const { etag } = await readConfig(world.tenant(), where)
      const written = await putConfig(world.tenant(undefined, { expect: expectation(etag) }), where, { value: 17 })
      expect(version(written.etag)).toBe(version(etag) + 1)
      expect(
        await refusalOf(putConfig(world.tenant(undefined, { expect: expectation(etag) }), where, { value: 18 })),
      ).toBe('precondition_failed')
    }
  })

  it('is of version 0 while nothing is there', async () => {
    expect(version((await readConfig(world.tenant(), above)).etag)).toBe(0)
  })
})

describe('GET', () => {
  it("shows a platform's key with the tenant's own value, if there is one", async () => {
    const before = (await readConfig(world.tenant(), above)).view
    expect(before).toMatchObject({
      definedBy: 'platform',
      type: 'number',
      version: 0,
      policy: { mode: 'bounded' },
      createdBy: 'platform',
    })
    expect(before).not.toHaveProperty('value')
    await putConfig(world.tenant(), above, { value: 20 })
    expect((await readConfig(world.tenant(), above)).view).toMatchObject({ value: 20, version: 1 })
  })

  it('of an override that is not there is not found', async () => {
    expect(await refusalOf(readConfig(world.tenant(), { ...own, environment: 'dev' }))).toBe('resource_not_found')
  })

  it('is denied to those who read values only', async () => {
    expect(await refusalOf(readConfig(world.tenant(reader), own))).toBe('denied')
  })
})

describe('POST', () => {
  it('creates a key', async () => {
    const { view, created } = await createConfig(world.tenant(), {
      namespace: 'defaults',
      key: 'mine',
      type: 'string',
      value: 'x',
    })
    expect([created, view.definedBy, view.namespace]).toEqual([true, 'tenant', 'defaults'])
  })

  it('refuses a key that is there, whoever defines it, and a namespace that is closed or not there', async () => {
    const fresh = (namespace: string, key: string) =>
      refusalOf(createConfig(world.tenant(), { namespace, key, type: 'number', value: 1 }))
    expect(await fresh('billing', 'retries')).toBe('already_exists')
    expect(await fresh('defaults', 'timeout')).toBe('defined_by_platform')
    expect(await fresh('shut', 'mine')).toBe('namespace_closed')
    expect(await fresh('nowhere', 'mine')).toBe('resource_not_found')
    expect(await fresh('billing', '..')).toBe('name_invalid')
  })
})

describe('PATCH', () => {
  const merge = (body: object, where = own as Parameters<typeof patchConfig>[1]) =>
    patchConfig(world.tenant(), where, { body: body as never, mediaType: 'application/merge-patch+json' })

  it('merges into an own definition, and null takes a member away', async () => {
    expect((await merge({ description: null, validation: { max: 10 } })).view).toMatchObject({
      value: 3,
      validation: { max: 10 },
    })
    expect((await readConfig(world.tenant(), own)).view).not.toHaveProperty('description')
    expect((await merge({ value: { c: 3, a: null } }, { namespace: 'billing', key: 'limits' })).view.value).toEqual({
      b: 2,
      c: 3,
    })
  })

  it('takes a JSON patch by its media type', async () => {
    const patch = [
      { op: 'test', path: '/value', value: 3 },
      { op: 'replace', path: '/value', value: 6 },
    ]
    const asked = { body: patch as never, mediaType: 'application/json-patch+json' }
    expect((await patchConfig(world.tenant(), own, asked)).view.value).toBe(6)
    expect(await refusalOf(patchConfig(world.tenant(), own, asked))).toBe('patch_failed')
  })

  it('writes an override, and deletes it where the value is taken away', async () => {
    expect((await merge({ value: 20 }, above)).view).toMatchObject({ value: 20, definedBy: 'platform' })
    expect((await merge({ value: null }, above)).view).toMatchObject({ version: 0 })
    expect(state().get(overrideSpace('defaults', 'tenant'), 'timeout')).toBeUndefined()
  })

  it('refuses unknown fields and other media types', async () => {
    expect(await refusalOf(merge({ colour: 'red' }))).toBe('body_invalid')
    expect(await refusalOf(merge({ type: 'string' }, above))).toBe('body_invalid')
    expect(await refusalOf(patchConfig(world.tenant(), own, { body: {}, mediaType: 'text/plain' }))).toBe(
      'unsupported_media_type',
    )
  })
})

describe('DELETE', () => {
  it('takes an own key with all its overrides in one commit', async () => {
    const { revision } = state()
    await deleteConfig(world.tenant(), own)
    expect(state().revision).toBe(revision + 1)
    expect(state().get(configSpace('billing'), 'retries')).toBeUndefined()
    expect(state().get(overrideSpace('billing', 'tenant', 'production'), 'retries')).toBeUndefined()
  })

  it("takes only the base override of a platform's key, and one override with an environment", async () => {
    await putConfig(world.tenant(), above, { value: 20 })
    await putConfig(world.tenant(), { ...above, environment: 'dev' }, { value: 21 })
    await deleteConfig(world.tenant(), above)
    expect(state().get(overrideSpace('defaults', 'tenant', 'dev'), 'timeout')).toBeDefined()
    await deleteConfig(world.tenant(), { ...above, environment: 'dev' })
    expect(state().get(overrideSpace('defaults', 'tenant', 'dev'), 'timeout')).toBeUndefined()
  })

  it('takes what lies where the platform took the environment, the key or the namespace away', async () => {
    const lost = [
      { ...above, environment: 'canary' },
      { namespace: 'defaults', key: 'fresh' },
      { namespace: 'gone', key: 'k' },
      { namespace: 'gone', key: 'k', environment: 'dev' },
    ]
    await world.write(
      'platform',
      put('environment', 'canary'),
      put('namespace', 'gone'),
      config('gone', 'k', { type: 'number', value: 1 }),
      config('defaults', 'fresh', { type: 'number', value: 1 }),
    )
    for (const where of lost) await putConfig(world.tenant(), where, { value: 2 })
    await world.write(
      'platform',
      ...[
        put('environment', 'canary'),
        config('gone', 'k', {}),
        config('defaults', 'fresh', {}),
        put('namespace', 'gone'),
      ].map(remove),
    )
    for (const where of lost) {
      expect(await refusalOf(putConfig(world.tenant(), where, { value: 3 }))).toBe('resource_not_found')
      await deleteConfig(world.tenant(), where)
      expect(await refusalOf(deleteConfig(world.tenant(), where))).toBe('resource_not_found')
    }
  })

  it('refuses what is not there and what others refer to', async () => {
    await createConfig(world.tenant(), {
      namespace: 'billing',
      key: 'copy',
      type: 'number',
      value: '${CONFIG:billing/retries}',
    })
    expect(await refusalOf(deleteConfig(world.tenant(), own))).toBe('in_use')
    expect(await refusalOf(deleteConfig(world.tenant(), above))).toBe('resource_not_found')
    const dev = { ...own, environment: 'dev' }
    for (const asking of [deleteConfig(world.tenant(), dev), readConfig(world.tenant(), dev)])
      await expect(asking).rejects.toMatchObject({
        failure: { code: 'resource_not_found', detail: 'There is no override named billing/retries in dev.' },
      })
  })
})

describe('protected environments', () => {
  beforeEach(async () => {
    await world.write('tenant', put('environment', 'production', { protected: true }))
  })

  it('need a precondition, and one covers all that a delete takes with it', async () => {
    expect(await refusalOf(deleteConfig(world.tenant(), own))).toBe('precondition_required')
    expect(await refusalOf(putConfig(world.tenant(), own, { value: 4 }))).toBe('precondition_required')
    const { etag } = await readConfig(world.tenant(), own)
    expect(await refusalOf(deleteConfig(world.tenant(undefined, { expect: expectation(etag) }), own))).toBe('done')
    expect(state().get(overrideSpace('billing', 'tenant', 'production'), 'retries')).toBeUndefined()
  })

  it('need their own permission', async () => {
    const editor = [grant(fixedRoles.editor)]
    const write = { expect: 'present' as const }
    expect(
      await refusalOf(putConfig(world.tenant(editor, write), { ...own, environment: 'production' }, { value: 4 })),
    ).toBe('denied')
    expect(await refusalOf(putConfig(world.tenant(editor), { ...own, environment: 'dev' }, { value: 4 }))).toBe('done')
  })
})

describe("the platform's side", () => {
  it('writes definitions with policies, and overrides of brands and plans', async () => {
    const context = world.platform()
    await putConfig(context, { ...above, layer: 'plan:premium' }, { value: 45 })
    expect((await readConfig(context, { ...above, layer: 'plan:premium' })).view).toMatchObject({
      layer: 'plan:premium',
      value: 45,
    })
    expect(
      (await putConfig(context, above, { type: 'number', value: 31, policy: { mode: 'locked' } })).view,
    ).toMatchObject({ policy: { mode: 'locked' }, value: 31 })
    expect(await refusalOf(putConfig(context, { ...above, layer: 'plan:premium' }, { type: 'number' }))).toBe(
      'body_invalid',
    )
    expect(await refusalOf(putConfig(world.tenant(), above, { value: 20 }))).toBe('policy_locked')
    await deleteConfig(context, above)
    expect(context.log.state().get(overrideSpace('defaults', 'plan:premium'), 'timeout')).toBeUndefined()
  })
})

describe('lists', () => {
  it("show a namespace's keys by name, the platform's among them", async () => {
    await createConfig(world.tenant(), { namespace: 'defaults', key: 'mine', type: 'string' })
    const { items, next } = await listConfigs(world.tenant(), 'defaults', {})
    expect(items.map(({ key, definedBy }) => [key, definedBy])).toEqual([
      ['fixed', 'platform'],
      ['mine', 'tenant'],
      ['timeout', 'platform'],
    ])
    expect(next).toBe(null)
  })

  it('go on where a page ended, at the moment of the first page', async () => {
    const first = await listAllConfigs(world.tenant(), { limit: 2 })
    expect(first.items.map(({ key }) => key)).toEqual(['limits', 'retries'])
    await createConfig(world.tenant(), { namespace: 'defaults', key: 'late', type: 'string' })
    const rest = await listAllConfigs(world.tenant(), { limit: 10, cursor: first.next ?? '' })
    expect(rest.items.map(({ key }) => key)).toEqual(['fixed', 'timeout'])
    expect((await listAllConfigs(world.tenant(), { q: 'LATE' })).items).toHaveLength(1)
  })

  it('filter and sort by field', async () => {
    expect((await listAllConfigs(world.tenant(), { filters: { type: 'json' } })).items.map(({ key }) => key)).toEqual([
      'limits',
    ])
    expect((await listAllConfigs(world.tenant(), { sort: '-type' })).items.map(({ type }) => type)).toEqual([
      'string',
      'number',
      'number',
      'json',
    ])
    expect(await refusalOf(listAllConfigs(world.tenant(), { sort: 'colour' }))).toBe('malformed_request')
    expect(await refusalOf(listAllConfigs(world.tenant(), { cursor: 'bm9uc2Vuc2U' }))).toBe('malformed_request')
  })

  it('leave out what the caller may not read', async () => {
    const some = world.tenant([grant(fixedRoles.viewer, ['billing'])])
    expect((await listAllConfigs(some, {})).items.map(({ namespace }) => namespace)).toEqual(['billing', 'billing'])
    expect(await refusalOf(listConfigs(some, 'defaults', {}))).toBe('denied')
    expect(await refusalOf(listAllConfigs(some, { namespace: 'defaults' }))).toBe('denied')
  })
})

describe('ids', () => {
  it('find a key of either side, deny before they find, and know tombstones from keys', async () => {
    const id = state().get(configSpace('billing'), 'retries')?.id ?? ''
    expect(configById(world.tenant(), 'config:read', id)).toEqual(own)
    expect(configById(world.tenant(), 'config:read', (await readConfig(world.tenant(), above)).view.id)).toEqual(above)
    const narrow = world.tenant([grant(fixedRoles.viewer, ['defaults'])])
    const code = (context: ReturnType<World['tenant']>, given: string) =>
      refusalOf(Promise.resolve().then(() => configById(context, 'config:read', given)))
    expect(await code(narrow, id)).toBe('denied')
    expect(await code(narrow, '00000000-0000-4000-8000-ffffffffffff')).toBe('denied')
    await deleteConfig(world.tenant(), own)
    expect(await code(world.tenant(), id)).toBe('resource_not_found')
  })
})

describe('what a key is worth', () => {
  it('has a row for each environment with its winner', async () => {
    const { items } = await readEffective(world.tenant(), own)
    expect(items.map(({ environment, value, winner }) => [environment, value, winner?.environment])).toEqual([
      ['dev', 3, undefined],
      ['staging', 3, undefined],
      ['production', 5, 'production'],
    ])
  })

  it('names what is inert and why', async () => {
    await putConfig(world.tenant(), above, { value: 50 })
    await world.write(
      'platform',
      config('defaults', 'timeout', { type: 'number', value: 30, policy: { mode: 'locked' } }),
    )
    const { items } = await readEffective(world.tenant(), above)
    expect(items[0]).toMatchObject({
      environment: 'dev',
      value: 30,
      winner: { layer: 'platform', author: 'platform' },
      inert: [{ layer: 'tenant', value: 50, reason: 'policy' }],
    })
  })

  it('leaves out environments that the caller may not read values of', async () => {
    const some = world.tenant([grant(fixedRoles.viewer, undefined, ['staging'])])
    expect((await readEffective(some, own)).items.map(({ environment }) => environment)).toEqual(['staging'])
    expect(await refusalOf(readEffective(world.tenant(), { ...own, key: 'nothing' }))).toBe('resource_not_found')
  })
})

describe('a long value in very many environments', () => {
  it('is refused as one answer before it has grown without end', async () => {
    await world.write(
      'tenant',
      config('billing', 'long', { type: 'string', value: 'x'.repeat(1_000_000) }),
      ...Array.from({ length: 50 }, (_, index) => put('environment', `many-${index}`)),
    )
    const asked = readEffective(world.tenant(), { namespace: 'billing', key: 'long' })
    expect(await refusalOf(asked)).toBe('too_large')
    expect((await readEffective(world.tenant(), { ...own, environment: 'many-7' })).items).toHaveLength(1)
  })
})

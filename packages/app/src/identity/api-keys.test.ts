import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { listApiKeys, readApiKey, revokeApiKey } from './api-keys.ts'
import { createApiKey } from './create-api-key.ts'
import { createAdministrator } from './administrator.ts'
import {
  administrator,
  asking,
  callerOf,
  inside,
  joined,
  keyOf,
  openWorld,
  password,
  refusalOf,
  registered,
  type World,
} from './testing/world.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
  await commit(await inside(world.app, owner), () => ({
    ok: true,
    value: { intentions: [{ op: 'put', kind: 'namespace', name: 'billing', body: {} }] },
  }))
})
afterEach(() => world.close())

describe('API keys', () => {
  it('are shown once: neither the log nor any answer holds them again', async () => {
    const { app } = world
    const { id, key } = await keyOf(app, owner)
    const context = await inside(app, owner)
    const text = JSON.stringify([
      listApiKeys(context, {}),
      readApiKey(context, id),
      await context.log.sealed.history(0, 100),
    ])
    expect(text).not.toContain(key)
    expect(text).not.toContain(key.slice(-49))
    expect(JSON.stringify([await listApiKeys(context, {}), readApiKey(context, id)])).not.toContain('$2b$')
    expect(readApiKey(context, 'deploy').view).toMatchObject({
      id,
      name: 'deploy',
      keyId: key.slice(4, 20),
      role: 'reader',
      expired: false,
      version: 1,
    })
  })

  it('are narrowed to namespaces and environments that there are', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner, { namespaces: ['billing'], environments: ['dev'] })
    expect(await callerOf(app, key)).toMatchObject({
      grants: [{ permissions: ['value:read'], namespaces: ['billing'], environments: ['dev'] }],
    })
    expect(await refusalOf(keyOf(app, owner, { name: 'b', namespaces: ['nowhere'] }))).toBe('target_unknown')
    expect(await refusalOf(keyOf(app, owner, { name: 'b', environments: ['nowhere'] }))).toBe('target_unknown')
    expect(await refusalOf(keyOf(app, owner, { name: 'b', role: 'nobody' }))).toBe('target_unknown')
    expect(await refusalOf(keyOf(app, owner, { name: 'Not A Name' }))).toBe('name_invalid')
  })

  it('cannot exceed their maker, not in rights, not in namespaces, not in environments', async () => {
    const { app } = world
    const admin = (await joined(app, owner, 'admin')).accessToken
    expect(await refusalOf(keyOf(app, admin, { role: 'owner' }))).toBe('grant_exceeds')
    const maker = (
      await keyOf(app, admin, { name: 'maker', role: 'admin', namespaces: ['billing'], environments: ['dev'] })
    ).key
    const make = async (given: object) =>
      refusalOf(
        createApiKey(await inside(app, maker), {
          name: 'child',
          role: 'reader',
          namespaces: [],
          environments: [],
          ...given,
        }),
      )
    expect(await make({ namespaces: ['billing'], environments: ['dev'] })).toBe('denied')
    const editor = (await joined(app, owner, 'editor')).accessToken
    expect(await refusalOf(keyOf(app, editor))).toBe('denied')
    expect(await refusalOf((async () => revokeApiKey(await inside(app, editor), 'maker', undefined))())).toBe('denied')
    expect(await refusalOf(listApiKeys(await inside(app, editor), {}))).toBe('denied')
  })

  it('have one name each, an expiry to come, and are gone for whoever looks after they were revoked', async () => {
    const { app, clock } = world
    await keyOf(app, owner)
    expect(await refusalOf(keyOf(app, owner))).toBe('already_exists')
    for (const expiresAt of ['never', new Date(clock.now).toISOString(), ''])
      expect(await refusalOf(keyOf(app, owner, { name: 'b', expiresAt }))).toBe('body_invalid')
    const context = await inside(app, owner)
    expect(await refusalOf(revokeApiKey(context, 'deploy', [{ version: 7 }]))).toBe('precondition_failed')
    await revokeApiKey(context, 'deploy', [{ version: 1 }])
    expect(await refusalOf(revokeApiKey(context, 'deploy', undefined))).toBe('resource_not_found')
    expect((await listApiKeys(context, {})).items).toEqual([])
  })

  it('that were only tried do not exist', async () => {
    const { app } = world
    const tried = await createApiKey(await inside(app, owner, { dryRun: true }), {
      name: 'deploy',
      role: 'reader',
      namespaces: [],
      environments: [],
    })
    expect(tried.key).toBeUndefined()
    expect((await listApiKeys(await inside(app, owner), {})).items).toEqual([])
    await keyOf(app, owner)
    await revokeApiKey(await inside(app, owner, { dryRun: true }), 'deploy', undefined)
    expect((await listApiKeys(await inside(app, owner), {})).items).toHaveLength(1)
  })

  it('are not shown again to the same request under the same Idempotency-Key', async () => {
    const { app } = world
    const input = { name: 'deploy', role: 'reader', namespaces: [], environments: [] }
    const context = await inside(app, owner, { idempotency: { key: 'k', request: 'r' } })
    const made = await createApiKey(context, input)
    await expect(createApiKey(context, input)).rejects.toMatchObject({
      failure: { code: 'already_created', data: { id: made.id } },
    })
    expect(await callerOf(app, made.key ?? '')).toMatchObject({ type: 'key' })
  })

  it('are listed by page, role and part of the name', async () => {
    const { app } = world
    for (const name of ['alpha', 'beta', 'gamma'])
      await keyOf(app, owner, { name, role: name === 'beta' ? 'editor' : 'reader' })
    const context = await inside(app, owner)
    const first = await listApiKeys(context, { limit: 2 })
    expect(first.items.map(({ name }) => name)).toEqual(['alpha', 'beta'])
    expect(await listApiKeys(context, { limit: 2, cursor: first.next ?? '' })).toMatchObject({
      items: [{ name: 'gamma' }],
      next: null,
    })
    expect((await listApiKeys(context, { role: 'editor' })).items.map(({ name }) => name)).toEqual(['beta'])
    expect((await listApiKeys(context, { sort: '-createdAt', q: 'ALPHA' })).items.map(({ name }) => name)).toEqual([
      'alpha',
    ])
  })

  it('of the platform belong to no tenant', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { key = '' } = await createApiKey(asking(app, admin), {
      name: 'ops',
      role: 'viewer',
      namespaces: [],
      environments: [],
    })
    const caller = await callerOf(app, key)
    expect(caller).toMatchObject({
      type: 'key',
      tenant: undefined,
      grants: [],
      platformGrants: [{ permissions: expect.arrayContaining(['platform:read']) }],
    })
  })
})

describe('the first administrator', () => {
  it('is made once', async () => {
    const { app } = world
    await administrator(app)
    expect(await refusalOf(createAdministrator(app, { email: 'second@platform.example', password }))).toBe(
      'already_exists',
    )
  })
})

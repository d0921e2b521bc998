import { describe, expect, it } from 'vitest'
import { createTenant, type NewTenant } from './create.ts'
import { openWorld, refusalOf } from './testing/world.ts'

const owner = '00000000-0000-4000-8000-000000000001'
const acme: NewTenant = {
  name: 'acme',
  displayName: 'Acme',
  plan: 'premium',
  region: 'eu',
  labels: { tier: 'gold' },
  owner: { userId: owner },
  settings: { requireIfMatch: true },
  actor: `user:${owner}`,
  request: 'request-1',
}

describe('creating a tenant', () => {
  it('makes one commit that holds the tenant, its settings and its owner, and enters it in the directory', async () => {
    const { app, close } = await openWorld()
    const ref = await createTenant(app, acme)
    const state = (await app.logs.hold(ref.config)).state()
    expect(state.revision).toBe(1)
    expect(state.platform).toBe(app.platform.state().revision)
    expect(state.get('tenant', 'acme')).toMatchObject({
      id: ref.id,
      createdBy: `user:${owner}`,
      labels: { tier: 'gold' },
      body: { displayName: 'Acme', plan: 'premium', region: 'eu', status: 'active' },
    })
    expect(state.get('settings', 'settings')?.body).toEqual({ requireIfMatch: true })
    expect(state.get('member', owner)?.body).toEqual({ roles: ['owner'] })
    expect(await app.directory.find('acme')).toEqual(ref)
    expect(await app.directory.find(ref.id)).toEqual(ref)
    expect((await app.directory.entry('acme'))?.value).toMatchObject({
      standing: 'active',
      status: 'active',
      plan: 'premium',
      labels: { tier: 'gold' },
      indexed: 1,
    })
    expect(await app.records.list('tenant-work', { limit: 10 })).toEqual([])
    await close()
  })

  it('has an access log with a key of its own', async () => {
    const { app, close } = await openWorld()
    const { access } = await createTenant(app, acme)
    await app.recordAccess(access, { type: 'login', actor: 'system' })
    expect((await app.logs.hold(access)).state().revision).toBe(1)
    await close()
  })

  it('refuses what breaks a rule before anything is stored', async () => {
    const { app, store, close } = await openWorld()
    const records = [...store.records.values()].reduce((sum, { size }) => sum + size, 0)
    const tried = (change: Partial<NewTenant>) => refusalOf(createTenant(app, { ...acme, ...change }))
    expect(await tried({ name: 'Not A Name' })).toBe('name_invalid')
    expect(await tried({ name: 'platform' })).toBe('name_invalid')
    expect(await tried({ displayName: '' })).toBe('body_invalid')
    expect(await tried({ plan: 'gold' })).toBe('target_unknown')
    expect(await tried({ brand: 'sun' })).toBe('target_unknown')
    expect(await tried({ owner: { userId: 'me' } })).toBe('name_invalid')
    expect(await tried({ settings: { nonsense: true } })).toBe('body_invalid')
    expect([...store.records.values()].reduce((sum, { size }) => sum + size, 0)).toBe(records)
    await close()
  })

  it('gives a name once, however many ask at once', async () => {
    const { app, close } = await openWorld()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refusalOf(createTenant(app, acme))))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'already_exists')).toHaveLength(19)
    expect((await app.logs.hold((await app.directory.find('acme'))?.config ?? '')).state().revision).toBe(1)
    expect(await app.records.list('tenant-work', { limit: 100 })).toEqual([])
    await close()
  })

  it('answers a repeat under the same Idempotency-Key with the tenant that the first made', async () => {
    const { app, close } = await openWorld()
    const idempotency = { key: 'k', request: 'r' }
    const first = await createTenant(app, { ...acme, idempotency })
    expect(await createTenant(app, { ...acme, idempotency })).toEqual(first)
    expect(await refusalOf(createTenant(app, { ...acme, idempotency: { key: 'k', request: 'other' } }))).toBe(
      'idempotency_mismatch',
    )
    expect(await refusalOf(createTenant(app, { ...acme, idempotency: { key: 'other', request: 'r' } }))).toBe(
      'already_exists',
    )
    expect(await refusalOf(createTenant(app, { ...acme, idempotency, actor: 'user:someone-else' }))).toBe(
      'already_exists',
    )
    await close()
  })
})

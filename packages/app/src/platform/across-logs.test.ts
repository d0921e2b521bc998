import type { Intention } from '@konfig/core'
import type { Journal, Records } from '@konfig/journal'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import type { TenantRef } from '../caller.ts'
import { commit } from '../commit.ts'
import { putConfig } from '../configs/put.ts'
import type { Context } from '../context.ts'
import { listOverrides } from '../overrides/list.ts'
import { changeTenant } from '../tenants/change.ts'
import { createTenant } from '../tenants/create.ts'
import { asking, openWorld, refusalOf, type World } from '../tenants/testing/world.ts'
import { textOf } from '../values/face.ts'
import { readValue } from '../values/read-value.ts'
import { deleteLayer } from './delete-layer.ts'
import { createLayer, replaceLayer } from './write-layer.ts'

const onPlatform = (app: App, intentions: readonly Intention[]) =>
  commit(asking(app), () => ({ ok: true, value: { intentions } }))

/** A request of the tenant's own, by somebody who may do everything there. */
const inside = async (app: App, tenant: TenantRef): Promise<Context> => ({
  ...asking(app, 'nobody'),
  side: 'tenant',
  log: await app.logs.hold(tenant.config),
  tenant,
})

const key = { namespace: 'web', key: 'timeout' }

const valueIn = async (context: Context, where = key): Promise<unknown> => {
  const answer = await readValue(context, { ...where, environment: 'production' })
  return (JSON.parse(textOf(answer)) as { readonly value: unknown }).value
}

const inertIn = async (context: Context): Promise<readonly string[]> =>
  (await listOverrides(context, { inert: true })).items.map((item) => `${item.key} ${item.inert[0]?.reason ?? ''}`)

/** A platform whose `timeout` is bounded, wider for premium; and a tenant on premium that goes to 200. */
const withPremium = async (): Promise<World & { readonly acme: TenantRef; readonly tenant: Context }> => {
  const world = await openWorld()
  const { app } = world
  const policy = { mode: 'bounded', schema: { maximum: 60 }, plans: { premium: { maximum: 300 } } }
  await onPlatform(app, [
    { op: 'put', kind: 'namespace', name: 'web', body: {} },
    { op: 'put', kind: 'config', name: 'timeout', namespace: 'web', body: { type: 'number', value: 30, policy } },
    { op: 'put', kind: 'override', name: 'timeout', namespace: 'web', layer: 'plan:free', body: { value: 10 } },
  ])
  const acme = await createTenant(app, { name: 'acme', plan: 'premium', actor: 'user:x', request: 'r' })
  const tenant = await inside(app, acme)
  await putConfig(tenant, key, { value: 200 })
  return { ...world, acme, tenant }
}

describe('what the platform does across logs', () => {
  it('lets a plan change whatever a tenant has: what the new plan forbids is inert, and alive again when it is allowed again', async () => {
    const { app, tenant, close } = await withPremium()
    expect(await valueIn(tenant)).toBe(200)
    const before = tenant.log.state().revision
    await changeTenant(asking(app), 'acme', { plan: 'free' })
    expect(tenant.log.state().revision).toBe(before + 1)
    expect(await valueIn(tenant)).toBe(10)
    expect(await inertIn(tenant)).toEqual(['timeout policy'])
    expect(tenant.log.state().get('override/web/tenant/', 'timeout')?.body).toEqual({ value: 200 })
    await changeTenant(asking(app), 'acme', { plan: 'premium' })
    expect(await valueIn(tenant)).toBe(200)
    expect(await inertIn(tenant)).toEqual([])
    await close()
  })

  it('lets a plan go that tenants are on: for them it is an empty layer, and they lose nothing', async () => {
    const { app, tenant, close } = await withPremium()
    expect(await refusalOf(deleteLayer(asking(app), 'plan', 'premium', false))).toBe('done')
    expect(await valueIn(tenant)).toBe(30)
    expect(await inertIn(tenant)).toEqual(['timeout policy'])
    await createLayer(asking(app), 'plan', 'premium', {})
    expect(await valueIn(tenant)).toBe(200)
    await close()
  })

  it('lets a brand change: a value that only the brand made whole is inert without it', async () => {
    const { app, tenant, close } = await withPremium()
    const where = { namespace: 'web', key: 'look' }
    const validation = { schema: { required: ['theme'] } }
    await onPlatform(app, [
      { op: 'put', kind: 'brand', name: 'sun', body: {} },
      {
        op: 'put',
        kind: 'config',
        name: 'look',
        namespace: 'web',
        body: { type: 'json', combine: 'merge', validation },
      },
      {
        op: 'put',
        kind: 'override',
        name: 'look',
        namespace: 'web',
        layer: 'brand:sun',
        body: { value: { theme: 'warm' } },
      },
    ])
    expect(await refusalOf(putConfig(tenant, where, { value: { logo: 'acme' } }))).not.toBe('done')
    await changeTenant(asking(app), 'acme', { brand: 'sun' })
    await putConfig(tenant, where, { value: { logo: 'acme' } })
    expect(await valueIn(tenant, where)).toEqual({ theme: 'warm', logo: 'acme' })
    expect(await refusalOf(changeTenant(asking(app), 'acme', { brand: null }))).toBe('done')
    expect(await refusalOf(valueIn(tenant, where))).toBe('no_value')
    expect(await inertIn(tenant)).toEqual(['look invalid'])
    await changeTenant(asking(app), 'acme', { brand: 'sun' })
    expect(await valueIn(tenant, where)).toEqual({ theme: 'warm', logo: 'acme' })
    await close()
  })

  it('lets a policy tighten and a type narrow: no tenant has a veto', async () => {
    const { app, tenant, close } = await withPremium()
    const body = { type: 'number', value: 30, policy: { mode: 'locked' } }
    expect(await refusalOf(putConfig(asking(app), key, body))).toBe('done')
    expect(await valueIn(tenant)).toBe(30)
    expect(await inertIn(tenant)).toEqual(['timeout policy'])
    expect(await refusalOf(putConfig(asking(app), key, { type: 'number', value: 30, validation: { max: 100 } }))).toBe(
      'done',
    )
    expect(await inertIn(tenant)).toEqual(['timeout invalid'])
    await close()
  })
})

/** Following what other nodes append goes on all the time, and is no part of a commit. */
const following = ['changedSince', 'watch', 'head', 'read']

/** Notes every call to what stores. */
const noting = () => {
  let calls: string[] = []
  const noted = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const found: unknown = Reflect.get(target, name, receiver)
        if (typeof found !== 'function') return found
        return (...given: unknown[]): unknown => {
          if (!following.includes(String(name))) calls.push(String(name))
          return Reflect.apply(found, target, given)
        }
      },
    })
  return {
    journal: (journal: Journal) => noted(journal),
    records: (records: Records) => noted(records),
    during: async (work: () => Promise<unknown>): Promise<readonly string[]> => {
      calls = []
      await work()
      return [...calls]
    },
  }
}

describe('a commit of the platform', () => {
  it('asks as much of the store with 2,000 tenants, all in memory, as with one', async () => {
    const notes = noting()
    const { app, close } = await openWorld(notes)
    const costs = async (round: number): Promise<readonly (readonly string[])[]> => [
      await notes.during(() =>
        onPlatform(app, [{ op: 'put', kind: 'namespace', name: 'web', body: { description: `round ${round}` } }]),
      ),
      await notes.during(() => replaceLayer(asking(app), 'plan', 'free', { limits: { members: round } })),
      await notes.during(() => putConfig(asking(app), key, { type: 'number', value: round })),
    ]
    await createTenant(app, { name: 't0', plan: 'free', actor: 'user:x', request: 'r' })
    const withOne = await costs(1)
    for (let index = 1; index < 2000; index += 1)
      await createTenant(app, { name: `t${index}`, plan: 'free', actor: 'user:x', request: 'r' })
    expect(app.logs.count()).toBeGreaterThan(2000)
    expect(await costs(2)).toEqual(withOne)
    expect(withOne).toEqual([['append'], ['append'], ['append']])
    await close()
  })
})

// A tenant's whole life over HTTP, as the platform, its owner and a stranger see it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Ask, loginAs, type Reply } from '../harness/client.ts'
import { administratorToken, tokenOf } from '../harness/example.ts'
import { openWorld, password, type World } from '../harness/world.ts'

let world: World
let administrator: string

beforeAll(async () => {
  world = await openWorld()
  administrator = await administratorToken(world)
})
afterAll(async () => {
  await world.close()
})

const platform = (asked: Ask): Promise<Reply> =>
  ask(world, { credential: administrator, ...asked, path: `/platform${asked.path}` })

const code = ({ status, json }: Reply): string =>
  `${status} ${(json as { readonly code?: string } | undefined)?.code ?? ''}`

describe("a tenant's life", () => {
  it('begins with an invitation, works, is suspended, goes, and its name is never used again', async () => {
    const added = await platform({
      method: 'POST',
      path: '/tenants',
      body: { name: 'initech', plan: 'free', owner: 'owner@initech.example', labels: { tier: 'trial' } },
      headers: { 'idempotency-key': 'once' },
    })
    expect(added.status).toBe(201)
    expect(added.headers.get('location')).toBe('/api/v1/platform/tenants/initech')
    const { id, invitation } = added.json as {
      readonly id: string
      readonly invitation: { readonly invitation: string }
    }
    expect(added.headers.get('etag')).toBe(`"${id}.1"`)

    const accepted = await ask(world, {
      method: 'POST',
      path: '/auth/accept',
      body: { invitation: invitation.invitation, password },
    })
    expect(accepted.status).toBeLessThan(300)
    const credential = await loginAs(world, 'owner@initech.example', 'initech', password)
    const own = (asked: Ask): Promise<Reply> => ask(world, { ...asked, credential })
    expect((await own({ method: 'POST', path: '/namespaces', body: { name: 'web' } })).status).toBe(201)
    expect(code(await own({ method: 'GET', path: '/platform/tenants' }))).toBe('403 denied')

    const suspend = { method: 'PATCH', path: '/tenants/initech', body: { status: 'suspended' } }
    expect(code(await platform({ ...suspend, headers: { 'if-match': `"${id}.7"` } }))).toBe('412 precondition_failed')
    const suspended = await platform({ ...suspend, headers: { 'if-match': `"${id}.1"` } })
    expect(suspended.json).toMatchObject({ status: 'suspended', version: 2, plan: 'free', labels: { tier: 'trial' } })
    expect(suspended.headers.get('etag')).toBe(`"${id}.2"`)
    expect(code(await own({ method: 'GET', path: '/namespaces' }))).toBe('403 tenant_suspended')
    expect((await own({ method: 'GET', path: '/export' })).status).toBe(200)

    const erase = { method: 'DELETE', path: '/tenants/initech' }
    expect(code(await platform(erase))).toBe('409 confirmation_required')
    expect(code(await platform({ ...erase, query: { confirm: 'acme' } }))).toBe('409 confirmation_required')
    const certified = await platform({ ...erase, query: { confirm: 'initech' } })
    expect(certified).toMatchObject({
      status: 200,
      json: {
        certificate: { tenant: { id, name: 'initech' }, keys: [{ version: 1 }] },
        signature: { algorithm: 'Ed25519' },
      },
    })
    expect((await platform({ method: 'GET', path: '/tenants/initech/certificate' })).json).toEqual(certified.json)
    expect(code(await platform({ method: 'GET', path: '/tenants/initech' }))).toBe('404 resource_not_found')
    expect(code(await platform({ method: 'GET', path: `/tenants/${id}` }))).toBe('404 resource_not_found')
    expect((await own({ method: 'GET', path: '/namespaces' })).status).toBe(401)
    expect((await own({ method: 'GET', path: '/export' })).status).toBe(401)
    expect(code(await platform({ method: 'POST', path: '/tenants', body: { name: 'initech' } }))).toBe(
      '409 already_exists',
    )

    const audit = await platform({
      method: 'GET',
      path: '/audit',
      query: { type: 'tenant_erased', resource: 'initech' },
    })
    expect(audit.json).toMatchObject({ items: [{ type: 'tenant_erased', resource: 'tenant/initech', data: { id } }] })
  })

  it('is not ended while it is active, by nobody of its own, and by nobody who only reads the platform', async () => {
    const erase = { method: 'DELETE', path: '/tenants/acme', query: { confirm: 'acme' } }
    expect(code(await platform(erase))).toBe('409 tenant_not_suspended')
    expect(code(await platform({ ...erase, credential: await tokenOf(world, 'owner') }))).toBe('403 denied')
    const auditor = await loginAs(world, 'auditor@platform.example', undefined, password)
    expect(code(await platform({ ...erase, credential: auditor }))).toBe('403 denied')
    expect((await platform({ method: 'GET', path: '/tenants/acme', credential: auditor })).status).toBe(200)
  })
})

describe("the platform's layers over HTTP", () => {
  it("show in a tenant's values at once, under their own layer, and go again", async () => {
    const value = async (): Promise<unknown> => {
      const reply = await ask(world, {
        method: 'GET',
        path: '/values/platform-defaults/timeout',
        query: { environment: 'production' },
        credential: world.keys.reader,
      })
      return (reply.json as { readonly value: unknown }).value
    }
    const key = '/namespaces/platform-defaults/configs/timeout'
    const write = (query: Record<string, string>, given: unknown) =>
      platform({ method: 'PUT', path: key, query, body: { value: given } })
    expect(await value()).toBe(30)
    const made = await write({ layer: 'brand:sun' }, 31)
    expect(made.json).toMatchObject({ layer: 'brand:sun', value: 31, definedBy: 'platform', version: 1 })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toContain('/api/v1/platform/namespaces/')
    expect(await value()).toBe(31)
    expect((await write({ layer: 'plan:premium', environment: 'production' }, 32)).status).toBe(201)
    expect(await value()).toBe(32)
    expect((await write({ layer: 'plan:free' }, 33)).status).toBe(201)
    expect(await value()).toBe(32)
    expect(code(await platform({ method: 'DELETE', path: '/plans/premium' }))).toBe('409 in_use')
    const layers = (await platform({ method: 'GET', path: '/overrides' })).json as {
      readonly items: readonly { readonly layer: string }[]
    }
    expect(
      layers.items
        .map(({ layer }) => layer)
        .filter((layer) => layer.includes(':'))
        .sort(),
    ).toEqual(['brand:sun', 'plan:free', 'plan:premium'])
    const premium = { path: key, query: { layer: 'plan:premium', environment: 'production' } }
    expect((await platform({ method: 'GET', ...premium })).json).toMatchObject({ value: 32, environment: 'production' })
    expect((await platform({ method: 'DELETE', ...premium })).status).toBe(204)
    expect(await value()).toBe(31)
    expect((await platform({ method: 'DELETE', path: '/brands/sun', query: { cascade: 'true' } })).status).toBe(204)
    expect(await value()).toBe(30)
  })

  it('refuse what has no place there', async () => {
    const put = (query: Record<string, string>, body: unknown, key = 'timeout') =>
      platform({ method: 'PUT', path: `/namespaces/platform-defaults/configs/${key}`, query, body })
    expect(code(await put({ layer: 'brand:nobody' }, { value: 1 }))).toBe('422 target_unknown')
    expect(code(await put({ layer: 'tenant' }, { value: 1 }))).toBe('400 malformed_request')
    expect(code(await put({ layer: 'plan:free' }, { value: 'long' }))).toBe('422 value_invalid')
    expect(code(await put({ layer: 'plan:free' }, { type: 'string', value: 'x' }))).toBe('422 body_invalid')
    expect(code(await put({ environment: 'nowhere' }, { value: 1 }))).toBe('404 resource_not_found')
    const viewer = await loginAs(world, 'auditor@platform.example', undefined, password)
    const path = '/namespaces/platform-defaults/configs/timeout'
    const denied = await platform({ method: 'PUT', path, body: { value: 1 }, credential: viewer })
    expect(code(denied)).toBe('403 denied')
    expect((await platform({ method: 'GET', path, credential: viewer })).status).toBe(200)
  })
})

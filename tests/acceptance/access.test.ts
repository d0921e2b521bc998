// Who may come in and how far: expiry by the clock, keys that are narrowed, acting tokens, suspended tenants, limits by plan.
import { describe, expect, it } from 'vitest'
import { administrator, field, person, session, setting } from '../harness/session.ts'
import { backends } from '../harness/place.ts'
import { openWorld, type World, type WorldOptions } from '../harness/world.ts'
import { onEachBackend } from '../harness/suite.ts'

const minute = 60_000

const within = async (options: WorldOptions, rule: (world: World) => Promise<void>): Promise<void> => {
  const world = await openWorld(options)
  try {
    await rule(world)
  } finally {
    await world.close()
  }
}

describe.each(backends)('with a clock that moves, on %s', (backend) => {
  it('refuses an API key from the moment that it expires', () => {
    let ahead = 0
    return within({ backend, now: () => Date.now() + ahead }, async (world) => {
      const owner = await person(world, 'owner')
      const expiresAt = new Date(Date.now() + 10 * minute).toISOString()
      const made = await owner('POST /api-keys', { body: { name: 'short', role: 'reader', expiresAt } })
      const reader = session(world, field<string>(made, 'key'))
      const read = () => reader('GET /values/billing/retries?environment=dev')
      expect((await read()).status).toBe(200)
      ahead = 9 * minute
      expect((await read()).status).toBe(200)
      ahead = 10 * minute + 1000
      expect(await read()).toMatchObject({
        status: 401,
        json: { code: expect.stringMatching(/unauthenticated|token_expired/) },
      })
    })
  })

  it('refuses an access token after its time, and a revoked key on the next request', () => {
    let ahead = 0
    return within({ backend, now: () => Date.now() + ahead }, async (world) => {
      const owner = await person(world, 'owner')
      const made = await owner('POST /api-keys', { body: { name: 'revoked', role: 'editor' } })
      const key = session(world, field<string>(made, 'key'))
      expect((await key('GET /values/billing?environment=dev')).status).toBe(200)
      expect((await owner(`DELETE /api-keys/${field<string>(made, 'id')}`)).status).toBe(204)
      expect((await key('GET /values/billing?environment=dev')).status).toBe(401)
      ahead = 16 * minute
      expect((await owner('GET /auth/me')).status).toBe(401)
    })
  })

  it('forgets an Idempotency-Key after a day', () => {
    let ahead = 0
    return within({ backend, now: () => Date.now() + ahead }, async (world) => {
      const editor = session(world, world.keys.editor)
      const send = (value: number) =>
        editor('POST /changes', {
          body: { changes: [setting('daily', value)] },
          headers: { 'idempotency-key': 'daily' },
        })
      expect((await send(1)).status).toBe(201)
      ahead = 23 * 60 * minute
      expect((await send(2)).status).toBe(422)
      ahead = 25 * 60 * minute
      expect((await send(2)).status).toBe(201)
    })
  })

  it('counts requests of a tenant by the minute: 429 beyond its plan, and again the next minute', () => {
    let now = Date.now()
    return within({ backend, now: () => now }, async (world) => {
      const platform = await administrator(world)
      expect((await platform('PATCH /platform/tenants/acme', { body: { plan: 'free' } })).status).toBe(200)
      const reader = session(world, world.keys.reader)
      const read = (headers = {}) => reader('GET /values/billing/retries?environment=dev', { headers })
      const first = await read()
      expect(first.headers.get('ratelimit-policy')).toBe('"default";q=100;w=60')
      expect(first.headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/)
      const tag = first.headers.get('etag') ?? ''
      // A 304 counts as well, and so does whatever route is asked.
      let allowed = 1
      for (let asked = 0; asked < 110; asked++) {
        const reply = asked % 2 === 0 ? await read({ 'if-none-match': tag }) : await reader('GET /auth/me')
        if (reply.status !== 429) allowed++
      }
      expect(allowed).toBe(100)
      const refused = await read()
      expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } })
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(refused.headers.get('ratelimit')).toMatch(/^"default";r=0;t=\d+$/)
      // Nobody else pays for it: not the other tenant, and not the platform.
      expect((await session(world, world.keys.foreign)('GET /values/billing?environment=dev')).status).toBe(200)
      now += 2 * minute + 1000
      expect((await read()).status).toBe(200)
      await platform('PATCH /platform/tenants/acme', { body: { plan: 'enterprise' } })
      expect((await read()).headers.get('ratelimit-policy')).toBe('"default";q=100000;w=60')
    })
  })
})

describe('a node with a limit of its own', () => {
  it('refuses whoever comes beyond it, signed in or not', () =>
    within({ limits: { globalPerMinute: 20, signInPerMinute: 1000 } }, async (world) => {
      const reader = session(world, world.keys.reader)
      const statuses: number[] = []
      for (let asked = 0; asked < 30; asked++)
        statuses.push((await reader('GET /values/billing?environment=dev')).status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(20)
      expect(statuses.filter((status) => status === 429)).toHaveLength(10)
      expect((await session(world)('POST /auth/login', { body: { email: 'a@b.c', password: 'x' } })).status).toBe(429)
      expect((await session(world)('GET //health/live')).status).toBe(200)
    }))

  it('limits logins by address', () =>
    within({ limits: { globalPerMinute: undefined, signInPerMinute: 3 } }, async (world) => {
      const login = () =>
        session(world)('POST /auth/login', { body: { email: 'nobody@acme.example', password: 'wrong' } })
      const statuses = [await login(), await login(), await login(), await login()].map(({ status }) => status)
      expect(statuses).toEqual([401, 401, 401, 429])
    }))
})

onEachBackend((world) => {
  it('keeps a key to its namespaces and environments, for reading and for writing', async () => {
    const dev = session(world(), world().keys.dev)
    expect((await dev('GET /values/billing/retries')).json).toMatchObject({ environment: 'dev' })
    expect((await dev('GET /values/billing?environment=dev')).status).toBe(200)
    for (const route of [
      'GET /values/billing?environment=production',
      'GET /values/platform-defaults?environment=dev',
      'GET /values/nowhere?environment=dev',
      'GET /values?environment=production',
      'GET /values?environment=dev&application=shop',
    ])
      expect(`${route} ${(await dev(route)).status}`).toBe(`${route} 403`)
    // All values: those that it may see.
    const all = field<object>(await dev('GET /values?environment=dev'), 'values')
    expect(Object.keys(all)).toEqual(['billing'])
  })

  it('cannot reach production by way of a base value, a definition, an undo or another namespace', async () => {
    const { keys, heads, acme } = world()
    const dev = session(world(), keys.dev)
    const before = heads()[acme.config]
    const refused: readonly (readonly [string, unknown?])[] = [
      ['PUT /namespaces/billing/configs/retries', { value: 100 }],
      ['PUT /namespaces/billing/configs/retries', { type: 'number', value: 100 }],
      ['PATCH /namespaces/billing/configs/retries', { value: 100 }],
      ['DELETE /namespaces/billing/configs/retries'],
      ['POST /namespaces/billing/configs', { key: 'fresh', type: 'number', value: 1 }],
      ['POST /namespaces/billing/configs/retries/rollback', { version: 1 }],
      ['PUT /namespaces/billing/configs/retries?environment=production', { value: 100 }],
      ['DELETE /namespaces/billing/configs/retries?environment=production'],
      ['PUT /namespaces/platform-defaults/configs/timeout?environment=dev', { value: 20 }],
      ['PUT /environments/dev', { protected: true }],
      ['POST /changes', { changes: [setting('retries', 100)] }],
      ['POST /restore', { to: '1', scope: { tenant: true }, onConflict: 'skip' }],
      ['POST /import?namespace=billing&format=json', { retries: 100 }],
      ['POST /api-keys', { name: 'more', role: 'editor' }],
    ]
    for (const [route, body] of refused) expect(`${route} ${(await dev(route, { body })).status}`).toBe(`${route} 403`)
    expect(heads()[acme.config]).toBe(before)
    // qa descends from dev: an override in dev shows there, so a key of dev alone may not write it.
    const override = await dev('PUT /namespaces/billing/configs/retries?environment=dev', { body: { value: 8 } })
    expect(override.status).toBe(403)
  })

  it('lets a key of an environment without descendants write its overrides', async () => {
    const owner = await person(world(), 'owner')
    const made = await owner('POST /api-keys', {
      body: { name: 'qa-key', role: 'editor', namespaces: ['billing'], environments: ['qa'] },
    })
    const qa = session(world(), field<string>(made, 'key'))
    expect((await qa('PUT /namespaces/billing/configs/retries?environment=qa', { body: { value: 8 } })).status).toBe(
      201,
    )
    expect((await qa('GET /values/billing/retries')).json).toMatchObject({ environment: 'qa', value: 8 })
    expect((await qa('PUT /namespaces/billing/configs/retries', { body: { value: 8 } })).status).toBe(403)
  })

  it('lets nobody grant more than they hold', async () => {
    const admin = await person(world(), 'admin')
    for (const [route, body] of [
      ['POST /members', { email: 'x@acme.example', roles: ['owner'] }],
      [`PATCH /members/${world().people.admin}`, { roles: ['owner'] }],
      ['POST /api-keys', { name: 'too-much', role: 'owner' }],
    ] as const)
      expect(`${route} ${(await admin(route, { body })).status}`).toBe(`${route} 403`)
    expect((await admin(`DELETE /members/${world().people.owner}`)).status).toBe(403)
  })

  it('gives the platform an acting token: it works in that tenant, is no owner, and is audited', async () => {
    const platform = await administrator(world())
    const given = await platform('POST /auth/token', { body: { tenant: 'acme' } })
    expect(given).toMatchObject({ status: 200, json: { expiresIn: 900, tenant: 'acme' } })
    expect(given.headers.get('cache-control')).toBe('no-store')
    const acting = session(world(), field<string>(given, 'accessToken'))
    expect((await acting('GET /values/billing?environment=dev')).status).toBe(200)
    expect((await acting('POST /auth/token', { body: { tenant: 'globex' } })).status).toBe(403)
    expect((await acting(`DELETE /members/${world().people.owner}`)).status).toBe(403)
    const written = await acting('PUT /namespaces/billing/configs/greeting', { body: { value: 'acted' } })
    expect(written.status).toBe(200)
    const audit = await (await person(world(), 'owner'))('GET /audit?type=acting_token')
    expect(field<readonly object[]>(audit, 'items')).toHaveLength(1)
    expect((await (await person(world(), 'owner'))('POST /auth/token', { body: { tenant: 'globex' } })).status).toBe(
      403,
    )
  })

  it('answers a suspended tenant 403 on everything but export, and opens it again', async () => {
    const platform = await administrator(world())
    const owner = await person(world(), 'owner')
    await owner('GET /auth/me')
    expect((await platform('PATCH /platform/tenants/acme', { body: { status: 'suspended' } })).status).toBe(200)
    for (const [route, body] of [
      ['GET /values?environment=dev'],
      ['GET /values/billing/retries?environment=dev'],
      ['GET /namespaces'],
      ['POST /namespaces', { name: 'x' }],
      ['POST /changes', { changes: [setting('x', 1)] }],
      ['GET /audit'],
      ['GET /commits'],
    ] as const)
      for (const somebody of [owner, session(world(), world().keys.editor)])
        expect(`${route} ${(await somebody(route, { body })).status}`).toBe(`${route} 403`)
    expect(await owner('GET /namespaces')).toMatchObject({ json: { code: 'tenant_suspended' } })
    expect((await owner('GET /export')).status).toBe(200)
    expect((await platform('PATCH /platform/tenants/acme', { body: { status: 'active' } })).status).toBe(200)
    expect((await owner('GET /values?environment=dev')).status).toBe(200)
  })
})

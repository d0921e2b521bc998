// Rules across logs: the platform and the plan may change under a tenant. Nothing of the tenant's is refused or lost; what is forbidden is inert, and alive when allowed again.
import { expect, it } from 'vitest'
import { administrator, field, person, session, putting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)
  const timeout = '/namespaces/platform-defaults/configs/timeout'
  const resolved = async (environment = 'production', of = 'timeout') =>
    field(await editor()(`GET /values/platform-defaults/${of}?environment=${environment}`), 'value')
  const inert = async () =>
    field<readonly { key: string; environment?: string; inert: readonly { reason: string; rule: string }[] }[]>(
      await editor()('GET /overrides?inert=true'),
      'items',
    )

  it('refuses what the policy forbids, and lets the rest override', async () => {
    expect(await editor()(`PUT ${timeout}`, { body: { value: 61 } })).toMatchObject({
      status: 409,
      json: { code: 'policy_bounded' },
    })
    expect(await editor()(`PUT ${timeout}?environment=dev`, { body: { value: 0 } })).toMatchObject({
      status: 409,
      json: { code: 'policy_bounded' },
    })
    expect(
      await editor()('PUT /namespaces/platform-defaults/configs/locked-key', { body: { value: 'mine' } }),
    ).toMatchObject({ status: 409, json: { code: 'policy_locked' } })
    expect(
      await editor()('POST /namespaces/platform-defaults/configs', {
        body: { key: 'timeout', type: 'number', value: 1 },
      }),
    ).toMatchObject({ status: 409, json: { code: 'defined_by_platform' } })
    expect((await editor()(`PUT ${timeout}`, { body: { value: 40, policy: { mode: 'open' } } })).status).toBe(400)
    expect(await resolved()).toBe(30)
    expect((await editor()(`PUT ${timeout}`, { body: { value: 45 } })).status).toBe(201)
    expect((await editor()(`PUT ${timeout}?environment=production`, { body: { value: 50 } })).status).toBe(201)
    expect([await resolved('dev'), await resolved()]).toEqual([45, 50])
  })

  it("rolls back what a layer of the platform's says, and shows the history of one", async () => {
    const platform = await administrator(world())
    const key = '/platform/namespaces/platform-defaults/configs/timeout'
    const layer = 'plan:premium'
    const [first] = [
      await platform(`PUT ${key}?layer=${layer}`, { body: { value: 21 } }),
      await platform(`PUT ${key}?layer=${layer}`, { body: { value: 22 } }),
    ]
    expect(first?.headers.get('location')).toMatch(/\/configs\/timeout\?layer=plan%3Apremium$/)
    const back = await platform(`POST ${key}/rollback`, { body: { version: 1, layer } })
    expect(back).toMatchObject({ status: 200, json: { layer, value: 21, version: 3 } })
    const history = await platform(`GET ${key}/history?layer=${layer}`)
    expect(field<readonly { layer: string; value: number }[]>(history, 'items')).toMatchObject(
      [21, 22, 21].map((value) => ({ layer, value })),
    )
    expect((await platform(`DELETE ${key}?layer=${layer}`)).status).toBe(204)
  })

  it('names what a tenant wrote in an environment that the platform took away, and lets it go', async () => {
    const platform = await administrator(world())
    expect((await platform('POST /platform/environments', { body: { name: 'canary' } })).status).toBe(201)
    expect((await editor()(`PUT ${timeout}?environment=canary`, { body: { value: 41 } })).status).toBe(201)
    expect(await inert()).toEqual([])
    expect((await platform('DELETE /platform/environments/canary')).status).toBe(204)
    expect(await inert()).toMatchObject([
      { key: 'timeout', environment: 'canary', inert: [{ rule: 'belongs to an environment that is not defined' }] },
    ])
    expect((await editor()(`DELETE ${timeout}?environment=canary`)).status).toBe(204)
    expect(await inert()).toEqual([])
  })

  it('makes overrides inert when the platform narrows its policy, and alive again when it widens it', async () => {
    const platform = await administrator(world())
    const policy = (maximum: number) => ({
      type: 'number',
      value: 30,
      policy: { mode: 'bounded', schema: { minimum: 1, maximum } },
    })
    const put = (body: object) => platform('PUT /platform/namespaces/platform-defaults/configs/timeout', { body })
    const before = world().heads()[world().acme.config]
    expect((await put(policy(48))).status).toBe(200)
    expect([await resolved('dev'), await resolved()]).toEqual([45, 45])
    const [only, ...others] = await inert()
    expect(others).toEqual([])
    expect(only).toMatchObject({ key: 'timeout', environment: 'production', inert: [{ reason: 'policy' }] })

    const explained = await editor()('GET /values/platform-defaults/timeout?environment=production&explain=true')
    expect(explained.json).toMatchObject({
      value: 45,
      explanation: [
        {
          winner: { layer: 'tenant', value: 45, log: 'tenant' },
          shadowed: expect.arrayContaining([
            expect.objectContaining({ environment: 'production', value: 50, reason: 'policy' }),
          ]),
        },
      ],
    })
    const effective = await editor()(`GET ${timeout}/effective`)
    expect(field<readonly object[]>(effective, 'items')).toContainEqual(
      expect.objectContaining({
        environment: 'production',
        value: 45,
        inert: [expect.objectContaining({ value: 50, reason: 'policy' })],
      }),
    )

    expect((await put({ type: 'number', value: 30, policy: { mode: 'locked' } })).status).toBe(200)
    expect([await resolved('dev'), await resolved()]).toEqual([30, 30])
    expect((await inert()).map(({ key, environment }) => `${key} ${environment ?? ''}`).toSorted()).toEqual([
      'timeout ',
      'timeout production',
    ])

    expect((await put(policy(60))).status).toBe(200)
    expect([await resolved('dev'), await resolved()]).toEqual([45, 50])
    expect(await inert()).toEqual([])
    // All of it without a commit in the tenant's log.
    expect(world().heads()[world().acme.config]).toBe(before)
  })

  it('makes a value inert that the new type forbids, and serves the next weaker one', async () => {
    const platform = await administrator(world())
    const put = (body: object) => platform('PUT /platform/namespaces/platform-defaults/configs/flavour', { body })
    expect((await put({ type: 'string', value: 'plain' })).status).toBe(201)
    expect(
      (await editor()('PUT /namespaces/platform-defaults/configs/flavour', { body: { value: 'sweet' } })).status,
    ).toBe(201)
    expect((await put({ type: 'select', value: 'plain', validation: { options: ['plain', 'sour'] } })).status).toBe(200)
    expect(await resolved('dev', 'flavour')).toBe('plain')
    expect(await inert()).toMatchObject([
      {
        key: 'flavour',
        inert: expect.arrayContaining([expect.objectContaining({ environment: 'dev', reason: 'invalid' })]),
      },
    ])
    expect((await put({ type: 'select', value: 'plain', validation: { options: ['plain', 'sweet'] } })).status).toBe(
      200,
    )
    expect(await resolved('dev', 'flavour')).toBe('sweet')
  })

  it('lets a plan bound a key by its own schema, and a change of plan moves values and limits', async () => {
    const platform = await administrator(world())
    const plans = { premium: { maximum: 100 }, free: { maximum: 10 } }
    await platform('PUT /platform/namespaces/platform-defaults/configs/seats', {
      body: { type: 'number', value: 5, policy: { mode: 'bounded', schema: { maximum: 20 }, plans } },
    })
    await platform('POST /platform/changes', {
      body: {
        changes: [
          putting('override', { name: 'seats', namespace: 'platform-defaults', layer: 'plan:premium' }, { value: 50 }),
        ],
      },
    })
    expect(await resolved('dev', 'seats')).toBe(50)
    expect((await editor()('PUT /namespaces/platform-defaults/configs/seats', { body: { value: 90 } })).status).toBe(
      201,
    )
    const policyOf = async () =>
      (await editor()('GET /values/platform-defaults/seats?environment=dev')).headers.get('ratelimit-policy')
    expect(await policyOf()).toContain('q=10000')

    const changed = await platform('PATCH /platform/tenants/acme', { body: { plan: 'basic' } })
    expect(changed).toMatchObject({ status: 200, json: { plan: 'basic' } })
    expect(await resolved('dev', 'seats')).toBe(5)
    expect(await policyOf()).toContain('q=300')
    expect(await inert()).toContainEqual(expect.objectContaining({ key: 'seats' }))

    await platform('PATCH /platform/tenants/acme', { body: { plan: 'premium' } })
    expect(await resolved('dev', 'seats')).toBe(90)
    const explained = await editor()('GET /values/platform-defaults/seats?environment=dev&explain=true')
    expect(explained.json).toMatchObject({
      explanation: [
        {
          winner: { layer: 'tenant' },
          shadowed: [
            { layer: 'plan:premium', value: 50, author: 'platform', reason: 'weaker' },
            { layer: 'platform', value: 5 },
          ],
        },
      ],
    })
  })

  it("lets the platform define a key that a tenant had: the tenant's definition sleeps, its values are overrides", async () => {
    const platform = await administrator(world())
    await platform('POST /platform/namespaces', { body: { name: 'later' } })
    expect(
      (await editor()('POST /namespaces/later/configs', { body: { key: 'mine', type: 'number', value: 7 } })).status,
    ).toBe(201)
    expect(
      (await platform('POST /platform/namespaces/later/configs', { body: { key: 'mine', type: 'number', value: 1 } }))
        .status,
    ).toBe(201)
    const read = async () => (await editor()('GET /values/later/mine?environment=dev')).json
    expect(await read()).toMatchObject({ value: 7 })
    await platform('PUT /platform/namespaces/later/configs/mine', {
      body: { type: 'number', value: 1, policy: { mode: 'locked' } },
    })
    expect(await read()).toMatchObject({ value: 1 })
    await platform('DELETE /platform/namespaces/later/configs/mine')
    expect(await read()).toMatchObject({ value: 7 })
  })

  it('shows a tenant the platform as its author, and nobody else', async () => {
    const { text } = await editor()('GET /values/platform-defaults?environment=dev&explain=true')
    expect(text).toContain('"author":"platform"')
    expect(text).not.toContain(world().administrator)
    expect((await (await person(world(), 'viewer'))('GET /platform/commits')).status).toBe(403)
  })
})

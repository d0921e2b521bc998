// Going back: one resource to a version, a commit to before it, a namespace, an environment or everything to a moment. Always a new commit, never a shorter log.
import { expect, it } from 'vitest'
import { field, person, putting, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)
  const head = (): number => world().heads()[world().acme.config] as number
  const value = async (key: string, environment = 'dev', namespace = 'billing') => {
    const reply = await editor()(`GET /values/${namespace}/${key}?environment=${environment}`)
    return reply.status === 404 ? undefined : field(reply, 'value')
  }
  const apply = async (...changes: readonly object[]): Promise<number> => {
    const reply = await editor()('POST /changes', { body: { changes } })
    expect(reply.text.slice(0, 500)).toContain('"revision"')
    return field(reply, 'revision')
  }

  it('rolls a config back to a version, keeps its history, and goes on counting', async () => {
    const path = '/namespaces/billing/configs/rolled'
    await apply(setting('rolled', 1))
    await apply(setting('rolled', 2))
    await editor()(`PUT ${path}`, { body: { type: 'string', value: 'three' } })
    const back = await editor()(`POST ${path}/rollback?message=never+mind`, { body: { version: 1 } })
    expect(back).toMatchObject({ status: 200, json: { type: 'number', value: 1, version: 4 } })
    const history = await editor()(`GET ${path}/history`)
    const items = field<readonly Record<string, unknown>[]>(history, 'items')
    expect(items.map(({ version, changeType, value: was, message }) => [version, changeType, was, message])).toEqual([
      [4, 'update', 1, 'never mind'],
      [3, 'update', 'three', undefined],
      [2, 'update', 2, undefined],
      [1, 'create', 1, undefined],
    ])
    for (const version of [0, 9, 1.5, '1'])
      expect((await editor()(`POST ${path}/rollback`, { body: { version } })).status).toBeGreaterThanOrEqual(400)
    expect(await editor()(`POST ${path}/rollback`, { body: { version: 9 } })).toMatchObject({
      status: 404,
      json: { code: 'version_not_found' },
    })
  })

  it('rolls an override back by itself, and a delete is a version like any other', async () => {
    const path = '/namespaces/billing/configs/rolled-there'
    await apply(setting('rolled-there', 1))
    const there = `${path}?environment=staging`
    await editor()(`PUT ${there}`, { body: { value: 10 } })
    await editor()(`PUT ${there}`, { body: { value: 20 } })
    expect((await editor()(`DELETE ${there}`)).status).toBe(204)
    expect(await value('rolled-there', 'staging')).toBe(1)
    const back = await editor()(`POST ${path}/rollback`, { body: { version: 1, environment: 'staging' } })
    expect(back.status).toBeLessThan(300)
    expect([await value('rolled-there', 'staging'), await value('rolled-there')]).toEqual([10, 1])
  })

  it('refuses to roll back to what the rules of today forbid, and names them', async () => {
    const path = '/namespaces/billing/configs/ruled'
    await apply(setting('ruled', 1))
    await apply(putting('config', { name: 'ruled', namespace: 'billing' }, { type: 'string', value: 'x' }))
    await editor()(`PUT ${path}?environment=dev`, { body: { value: 'y' } })
    const before = head()
    const refused = await editor()(`POST ${path}/rollback`, { body: { version: 1 } })
    expect(refused.status).toBeGreaterThanOrEqual(409)
    expect(refused.text).toContain('ruled')
    expect(head()).toBe(before)
  })

  it('reverts a commit, all of it, unless something was built on it', async () => {
    await apply(setting('reverted-a', 1), setting('reverted-b', 1))
    const revision = await apply(setting('reverted-a', 2), setting('reverted-b', 2), setting('reverted-c', 2))
    const reverted = await editor()(`POST /commits/${revision}/revert`)
    expect(reverted).toMatchObject({ status: 200, json: { skipped: [], stillDiffer: [] } })
    expect(field<readonly unknown[]>(reverted, 'applied')).toHaveLength(3)
    expect([await value('reverted-a'), await value('reverted-b'), await value('reverted-c')]).toEqual([1, 1, undefined])

    const second = await apply(setting('reverted-a', 3), setting('reverted-b', 3))
    await apply(setting('reverted-a', 4))
    const before = head()
    const refused = await editor()(`POST /commits/${second}/revert`)
    expect(refused).toMatchObject({ status: 409, json: { code: 'undo_blocked' } })
    expect(refused.text).toContain('reverted-a')
    expect(head()).toBe(before)
    const skipped = await editor()(`POST /commits/${second}/revert?onConflict=skip`)
    expect(skipped.status).toBe(200)
    expect(field<readonly unknown[]>(skipped, 'skipped')).toHaveLength(1)
    expect([await value('reverted-a'), await value('reverted-b')]).toEqual([4, 1])
    expect((await editor()('POST /commits/99999/revert')).status).toBe(404)
  })

  it('restores a namespace as of a revision, a point and a time, and leaves others alone', async () => {
    await editor()('POST /namespaces', { body: { name: 'restored' } })
    await apply(setting('a', 1, 'number', 'restored'), setting('b', 1, 'number', 'restored'))
    const then = head()
    const { time } = (await editor()(`GET /commits/${then}`)).json as { time: string }
    const point = (await editor()('GET /values/restored?environment=dev')).headers.get('konfig-point') as string
    await new Promise((resolve) => setTimeout(resolve, 5))
    for (const to of [String(then), point, time]) {
      await apply(
        setting('a', 2, 'number', 'restored'),
        setting('c', 2, 'number', 'restored'),
        setting('beside', Math.random()),
      )
      await editor()('DELETE /namespaces/restored/configs/b')
      const beside = await value('beside')
      const restored = await editor()('POST /restore', { body: { to, scope: { namespace: 'restored' } } })
      expect(`${to} ${restored.status} ${restored.status < 300 ? '' : restored.text}`).toBe(`${to} 200 `)
      expect(restored.json).toMatchObject({ skipped: [], stillDiffer: [] })
      const values = field<Record<string, unknown>>(await editor()('GET /values/restored?environment=dev'), 'values')
      expect(values['restored']).toEqual({ a: 1, b: 1 })
      expect(await value('beside')).toBe(beside)
    }
    // Nothing differs any more: nothing is done.
    const before = head()
    expect(
      await editor()('POST /restore', { body: { to: String(then), scope: { namespace: 'restored' } } }),
    ).toMatchObject({ status: 200, json: { applied: [] } })
    expect(head()).toBe(before)
  })

  it("restores an environment's overrides, and a whole tenant; governance stays as it is today", async () => {
    const owner = await person(world(), 'owner')
    const then = head()
    await editor()('PUT /namespaces/billing/configs/retries?environment=production', { body: { value: 50 } })
    await editor()('PUT /namespaces/billing/configs/retries?environment=dev', { body: { value: 51 } })
    const one = await owner('POST /restore', { body: { to: String(then), scope: { environment: 'production' } } })
    expect(one.status).toBe(200)
    expect([await value('retries', 'production'), await value('retries')]).toEqual([5, 51])

    const revoked = await owner('POST /api-keys', { body: { name: 'gone', role: 'reader' } })
    const past = head()
    await owner(`DELETE /api-keys/${field<string>(revoked, 'id')}`)
    await editor()('POST /namespaces', { body: { name: 'fresh' } })
    const all = await owner('POST /restore', { body: { to: String(past), scope: { tenant: true } } })
    expect(all.status).toBe(200)
    expect((await editor()('GET /namespaces/fresh')).status).toBe(404)
    // No key revives.
    expect((await session(world(), field<string>(revoked, 'key'))('GET /values?environment=dev')).status).toBe(401)
    for (const scope of [
      {},
      { namespace: 'billing', tenant: true },
      { namespace: 'nowhere' },
      { environment: 'nowhere' },
    ])
      expect((await owner('POST /restore', { body: { to: '1', scope } })).status).toBeGreaterThanOrEqual(400)
  })

  it('shows what differs between two moments and two environments', async () => {
    const from = head()
    await apply(setting('compared', 1), setting('retries', 77))
    const stored = await editor()(`GET /diff?from=${from}&to=${head()}`)
    expect(
      field<readonly { name: string; op: string }[]>(stored, 'items')
        .map(({ name, op }) => `${op} ${name}`)
        .toSorted(),
    ).toEqual(['create compared', 'update retries'])
    const environments = await editor()('GET /diff?fromEnvironment=dev&toEnvironment=production')
    expect(field<readonly object[]>(environments, 'items')).toContainEqual(
      expect.objectContaining({ key: 'retries', after: 5 }),
    )
    const resolved = await editor()(`GET /diff?from=${from}&to=${head()}&environment=dev`)
    expect(field<readonly object[]>(resolved, 'items')).toContainEqual(
      expect.objectContaining({ key: 'compared', op: 'create', after: 1 }),
    )
  })
})

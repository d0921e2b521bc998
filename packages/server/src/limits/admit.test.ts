import { describe, expect, it } from 'vitest'
import { commit, openUsage } from '@konfig/app'
import { failure, KonfigError } from '@konfig/core'
import { openLimits } from './admit.ts'
import { openTestNode, type TestNode } from '../testing/node.ts'

const read = (node: TestNode, key: string, headers: Record<string, string> = {}) =>
  node.server.fastify.inject({
    method: 'GET',
    url: '/api/v1/values/billing/retries?environment=production',
    headers: { 'x-api-key': key, ...headers },
  })

const limitPlan = (
  node: TestNode,
  limits: { readonly requestsPerMinute?: number | null; readonly requestsPerMonth?: number | null },
) =>
  commit(
    {
      app: node.app,
      caller: { type: 'anonymous' },
      side: 'platform',
      log: node.app.platform,
      tenant: undefined,
      request: { id: 't', address: '' },
      write: { dryRun: false },
    },
    () => ({ ok: true, value: { intentions: [{ op: 'put', kind: 'plan', name: 'premium', body: { limits } }] } }),
    { trusted: 'the world of a test' },
  )

describe('the requests of a tenant', () => {
  it('go on within its limits where the record of its month is damaged, which is told once', async () => {
    const node = await openTestNode({ plan: 'free' })
    const corrupt = new KonfigError(
      failure('journal_corrupt', { log: 'records', revision: 0, reason: 'a byte was changed' }),
    )
    const { records, ports } = node.app
    const told: unknown[] = []
    const usage = openUsage(
      { ...records, get: (...asked) => (asked[0] === 'usage' ? Promise.reject(corrupt) : records.get(...asked)) },
      ports.now,
    )
    const app = { ...node.app, usage, onError: (reason: unknown) => void told.push(reason) }
    const limits = openLimits(app, { globalPerMinute: undefined, signInPerMinute: 1000 })
    const state = (await node.app.logs.hold(node.tenant.config)).state()
    const desk = limits.desks.at(node.tenant, state, node.app.platform.state())
    for (let requests = 0; requests < 100; requests += 1) await limits.admit(desk, 'system')
    expect(told).toEqual([corrupt])
    expect(usage.known(usage.counter(node.tenant.id))).toBe(100)
    expect(limits.count(desk)).toMatchObject({ code: 'rate_limited' })
    limits.close()
    await node.close()
  })

  it('are limited by its plan: 429 with when to come back, and the fields say so from the first', async () => {
    const node = await openTestNode({ plan: 'free' })
    const key = await node.key('reader')
    const first = await read(node, key)
    expect([first.statusCode, first.headers['ratelimit-policy'], first.headers['ratelimit']]).toEqual([
      200,
      '"default";q=100;w=60',
      '"default";r=99;t=60',
    ])
    const statuses = await Promise.all(
      Array.from({ length: 109 }, async () => (await read(node, key, { 'if-none-match': '*' })).statusCode),
    )
    expect([
      statuses.filter((status) => status === 304).length,
      statuses.filter((status) => status === 429).length,
    ]).toEqual([99, 10])
    const refused = await read(node, key)
    expect(refused.json()).toMatchObject({
      code: 'rate_limited',
      status: 429,
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
    })
    expect(refused.headers['ratelimit']).toBe('"default";r=0;t=60')
    node.clock.time += Number(refused.headers['retry-after']) * 1000
    expect((await read(node, key)).statusCode).toBe(200)
    const log = await node.app.logs.hold(node.tenant.access)
    await expect
      .poll(
        async () => (await log.sealed.history(0, 100)).filter(({ note }) => note?.['type'] === 'quota_exceeded').length,
      )
      .toBe(1)
    await node.close()
  })

  it('are counted only where it is known who asks', async () => {
    const node = await openTestNode({ plan: 'free' })
    const key = await node.key('reader')
    for (let index = 0; index < 150; index++) await read(node, `${key.slice(0, -1)}!`)
    expect((await read(node, key)).headers['ratelimit']).toBe('"default";r=99;t=60')
    await node.close()
  })

  it('follow a plan that changes, at once', async () => {
    const node = await openTestNode()
    const key = await node.key('reader')
    await read(node, key)
    await limitPlan(node, { requestsPerMinute: 2 })
    expect((await read(node, key)).headers['ratelimit-policy']).toBe('"default";q=2;w=60')
    expect((await read(node, key)).statusCode).toBe(429)
    await limitPlan(node, { requestsPerMinute: null })
    const free = await read(node, key)
    expect([free.statusCode, free.headers['ratelimit-policy']]).toEqual([200, undefined])
    await node.close()
  })

  it('are limited by the month as well', async () => {
    const node = await openTestNode()
    const key = await node.key('reader')
    await limitPlan(node, { requestsPerMonth: 3 })
    const statuses = [await read(node, key), await read(node, key), await read(node, key), await read(node, key)].map(
      ({ statusCode }) => statusCode,
    )
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await read(node, key)).json()).toMatchObject({ code: 'quota_exceeded', data: { limit: 3 } })
    await node.close()
  })
})

describe('a node', () => {
  it('has a limit of its own, if it is given one', async () => {
    const node = await openTestNode({ options: { limits: { globalPerMinute: 2, signInPerMinute: 1000 } } })
    const key = await node.key('reader')
    const statuses = [await read(node, key), await read(node, key), await read(node, key)].map(
      ({ statusCode }) => statusCode,
    )
    expect(statuses).toEqual([200, 200, 429])
    await node.close()
  })
})

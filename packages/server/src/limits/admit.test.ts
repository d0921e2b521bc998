import { describe, expect, it } from 'vitest'
import { commit } from '@konfig/app'
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

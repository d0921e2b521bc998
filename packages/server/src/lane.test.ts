import { once } from 'node:events'
import { connect } from 'node:net'
import { commit } from '@konfig/app'
import type { JsonObject } from '@konfig/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readUrl } from './lane/read-url.ts'
import { openTestNode, type TestNode } from './testing/node.ts'

let node: TestNode
let port: number
let key: string
beforeAll(async () => {
  node = await openTestNode()
  port = await node.server.listen('127.0.0.1', 0)
  key = await node.key('reader')
})
afterAll(async () => {
  await node.close()
})

/** All bytes of an answer, over a socket of its own. */
const exchange = async (lines: readonly string[]): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  let text = ''
  socket.on('data', (part: string) => {
    text += part
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (text.includes('\r\n\r\n') && body.length >= length) socket.end()
  })
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  await once(socket, 'close')
  return text
}

const get = (path: string, more: readonly string[] = [], credential = `X-API-Key: ${key}`) =>
  exchange([`GET /api/v1/values${path} HTTP/1.1`, 'Host: localhost', credential, ...more])

const counts = async (): Promise<{ readonly hit: number; readonly aside: number }> => {
  const text = (await node.server.fastify.inject('/metrics')).body
  const read = (result: string) =>
    Number(new RegExp(`konfig_lane_requests_total\\{result="${result}"\\} (\\d+)`).exec(text)?.[1])
  return { hit: read('hit'), aside: read('aside') }
}

const plain = (answer: string): string =>
  answer
    .replace(/x-request-id: \S+/, 'x-request-id: ID')
    .replace(/Date: [^\r]+/, 'Date: D')
    .replace(/ratelimit: \S+/, 'ratelimit: R')

/** The same question once by the ordinary way (an `environment` that is escaped is none of the lane's), once by the lane. */
const both = async (path: string, more: readonly string[] = []) => {
  const ordinary = await get(path.replace('environment=p', 'environment=%70'), more)
  await get(path)
  const before = await counts()
  const fast = await get(path, more)
  const after = await counts()
  return { ordinary: plain(ordinary), fast: plain(fast), hits: after.hit - before.hit }
}

/** Writes a key of the namespace; answers the tenant's log. */
const write = async (name: string, body: JsonObject) => {
  const { app, tenant } = node
  const held = await app.logs.hold(tenant.config)
  await commit(
    {
      app,
      caller: { type: 'anonymous' },
      side: 'tenant',
      log: held,
      tenant,
      request: { id: 't', address: '' },
      write: { dryRun: false },
    },
    () => ({ ok: true, value: { intentions: [{ op: 'put', kind: 'config', namespace: 'billing', name, body }] } }),
    { trusted: 'the world of a test' },
  )
  return held
}

/** What comes back for requests that are all sent at once, until so many were answered. `pause`: nothing is read for so many milliseconds. */
const pipeline = async (requests: readonly string[], pause = 0): Promise<readonly string[]> => {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  await once(socket, 'connect')
  socket.write(requests.join(''))
  await new Promise((resolve) => setTimeout(resolve, pause))
  const answers: string[] = []
  let text = ''
  for await (const part of socket) {
    text += part as string
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const whole = end + 4 + Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0)
      if (text.length < whole) break
      answers.push(text.slice(0, whole))
      text = text.slice(whole)
    }
    if (answers.length === requests.length) break
  }
  return answers
}

const requestOf = (path: string, id: string, more = ''): string =>
  `GET /api/v1/values${path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${key}\r\nX-Request-Id: ${id}\r\n${more}\r\n`

describe('the hot lane', () => {
  it('answers one value with the same bytes as the ordinary way', async () => {
    const { ordinary, fast, hits } = await both('/billing/limit.day?environment=production')
    expect(hits).toBe(1)
    expect(fast).toBe(ordinary)
    expect(fast).toContain(
      '{"namespace":"billing","key":"limit.day","environment":"production","type":"number","value":10}',
    )
  })

  it('answers a namespace with the same bytes as the ordinary way', async () => {
    const { ordinary, fast, hits } = await both('/billing?environment=production')
    expect(hits).toBe(1)
    expect(fast).toBe(ordinary)
  })

  it('answers 304 with the same bytes as the ordinary way', async () => {
    const etag = /etag: (\S+)/.exec(await get('/billing/retries?environment=production'))?.[1]
    const { ordinary, fast, hits } = await both('/billing/retries?environment=production', [`If-None-Match: ${etag}`])
    expect(hits).toBe(1)
    expect(fast).toMatch(/^HTTP\/1\.1 304 /)
    expect(fast).toBe(ordinary)
  })

  it('takes the key from either header, and a request id that is harmless', async () => {
    await get('/billing/retries?environment=production')
    const answer = await get(
      '/billing/retries?environment=production',
      ['X-Request-Id: mine'],
      `Authorization: Bearer ${key}`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer).toContain('x-request-id: mine\r\n')
    expect(await get('/billing/retries?environment=production', ['X-Request-Id: not mine'])).not.toContain('not mine')
  })

  it('counts, logs and measures as the ordinary way does', async () => {
    await get('/billing/retries?environment=production')
    const left = (answer: string) => Number(/r=(\d+)/.exec(answer)?.[1])
    const one = left(await get('/billing/retries?environment=production'))
    expect(left(await get('/billing/retries?environment=production'))).toBe(one - 1)
    await get('/billing/retries?environment=production', ['X-Request-Id: in-the-log'])
    await expect.poll(() => node.lines().find((line) => line.includes('in-the-log'))).toBeDefined()
    const line = JSON.parse(node.lines().find((each) => each.includes('in-the-log')) ?? '{}')
    expect(line).toMatchObject({
      msg: 'request',
      method: 'GET',
      path: '/api/v1/values/billing/retries',
      route: '/values/{ns}/{key}',
      status: 200,
    })
  })

  it('steps aside for everything that it does not wholly understand', async () => {
    const path = '/billing/retries?environment=production'
    await get(path)
    const before = await counts()
    const asked = [
      await get(`${path}&explain=true`),
      await get(path, ['Konfig-Min-Point: 0-1']),
      await get(path, ['Origin: https://example.com']),
      await get(path, ['If-None-Match: *']),
      await get(path, [`X-API-Key: ${key}`]),
      await get(path, [], 'X-Nothing: 1'),
      await get(path, [], `Authorization: Basic ${key}`),
      await get(path, [], `X-API-Key: ${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`),
      await get('/billing/nowhere?environment=production'),
      await exchange([`GET /api/v1/values${path} HTTP/1.0`, `X-API-Key: ${key}`]),
    ]
    expect(asked.map((answer) => answer.slice(9, 12))).toEqual([
      '200',
      '200',
      '200',
      '304',
      '400',
      '401',
      '401',
      '401',
      '404',
      '200',
    ])
    expect((await counts()).hit).toBe(before.hit)
  })

  it('answers requests that come at once in the order of their coming, whoever answers them', async () => {
    const path = '/billing/retries?environment=production'
    await get(path)
    const before = await counts()
    const paths = [path, path, path.replace('=p', '=%70'), path, '/billing/nowhere?environment=production', path, path]
    const answers = await pipeline(paths.map((each, index) => requestOf(each, `turn-${index}`)))
    expect(answers.map((answer) => /x-request-id: (\S+)/.exec(answer)?.[1])).toEqual(
      paths.map((_, index) => `turn-${index}`),
    )
    expect(answers.map((answer) => answer.slice(9, 12))).toEqual(['200', '200', '200', '200', '404', '200', '200'])
    expect((await counts()).hit - before.hit).toBe(2)
  })

  it('leaves a connection that is to end with this answer to the ordinary way', async () => {
    const path = '/billing/retries?environment=production'
    await get(path)
    const before = await counts()
    const answer = await get(path, ['Connection: close'])
    expect(answer).toContain('Connection: close\r\n')
    expect((await get(path, ['Connection: Keep-Alive'])).split('\r\n')).toContain('Connection: keep-alive')
    expect((await counts()).hit - before.hit).toBe(1)
  })

  it('sends every byte of many large answers to a reader who is slow', async () => {
    await write('text', { type: 'string', value: 'x'.repeat(400_000) })
    const path = '/billing/text?environment=production'
    const [, body = ''] = (await get(path)).split('\r\n\r\n')
    expect(body.length).toBeGreaterThan(400_000)
    const before = await counts()
    const answers = await pipeline(
      Array.from({ length: 60 }, (_, index) => requestOf(path, `slow-${index}`)),
      50,
    )
    expect((await counts()).hit - before.hit).toBe(60)
    expect(answers.map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4) === body)).toEqual(
      answers.map(() => true),
    )
  })

  it('serves a new value from the moment on that it was written', async () => {
    await get('/billing/retries?environment=production')
    const { app } = node
    const held = await write('retries', { type: 'number', value: 99 })
    const answer = await get('/billing/retries?environment=production')
    expect(answer).toContain('"value":99')
    expect(answer).toContain(`konfig-point: ${app.platform.state().revision}-${held.state().revision}`)
  })

  it('refuses who may not read there, in the ordinary way', async () => {
    const narrow = await node.key('reader', ['dev'])
    await get('/billing/retries?environment=production')
    expect(await get('/billing/retries?environment=production', [], `X-API-Key: ${narrow}`)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('reads nothing from a log that was let go, until it is held again', async () => {
    const path = '/billing/limit.day?environment=production'
    await get(path)
    const { app, tenant } = node
    const before = await counts()
    const old = await app.logs.hold(tenant.config)
    app.logs.forget(tenant.config)
    expect(await get(path)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await app.logs.hold(tenant.config)).not.toBe(old)
    expect((await counts()).hit).toBe(before.hit)
    await get(path)
    expect((await counts()).hit).toBe(before.hit + 1)
  })
})

describe('the address of a hot read', () => {
  it('is read only where it can be read in one way', () => {
    const start = '/api/v1/values/'
    expect(readUrl(`${start}billing/a.B-c_1?environment=dev`)).toEqual({
      path: `${start}billing/a.B-c_1`,
      namespace: 'billing',
      key: 'a.B-c_1',
      environment: 'dev',
    })
    expect(readUrl(`${start}billing?environment=dev`)).toMatchObject({ namespace: 'billing', key: undefined })
    for (const url of [
      'billing',
      'billing?',
      'billing?environment=',
      'billing?environment=dev&at=1',
      'billing?environment=dev#x',
      'billing?Environment=dev',
      'billing/?environment=dev',
      '/key?environment=dev',
      'billing//key?environment=dev',
      'billing/a/b?environment=dev',
      'billing/a%2eb?environment=dev',
      'billing/a;b?environment=dev',
      'billing/a b?environment=dev',
      'Billing?environment=dev',
      'billing/é?environment=dev',
      'billing?environment=dev?environment=production',
      '6b0f4dd2-8a1b-4a55-9d2c-0f0e0d0c0b0a?environment=dev',
      'billing?environment=dev/x',
    ])
      expect([url, readUrl(start + url)]).toEqual([url, undefined])
    expect(readUrl('/api/v1/value/billing?environment=dev')).toBeUndefined()
  })
})

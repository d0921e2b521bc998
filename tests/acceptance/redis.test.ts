// Two nodes with a real Redis, as processes: what they tell each other over it, and that nothing needs it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { loginAs } from '../harness/client.ts'
import { type Session, session } from '../harness/session.ts'
import { type RedisServer, startRedis } from '../servers/redis.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-redis-'))
const children: Child[] = []
let redis: RedisServer
let urls: readonly string[] = []
let first: {
  readonly apiKey: string
  readonly editorKey: string
  readonly platformAdmin: { email: string; password: string }
}

const start = async (name: string): Promise<string> => {
  const child = startServer({
    KONFIG_DATA: folder,
    KONFIG_PORT: '0',
    KONFIG_REDIS: redis.url,
    KONFIG_DRAIN_SECONDS: '1',
    KONFIG_ACCESS_LOG: 'off',
  })
  children.push(child)
  const [, url = ''] = await child.waitFor(/"url":"([^"]+)".*"msg":"Listening"/)
  if (name === 'one') first = JSON.parse(readFileSync(join(folder, 'first-run.json'), 'utf8')) as typeof first
  return url
}
const as = (url: string, credential: string): Session => session({ url }, credential)

beforeAll(async () => {
  redis = await startRedis({ password: 'a word of ours' })
  // Away when the first node starts.
  await redis.stop()
  const one = await start('one')
  await redis.start()
  urls = [one, await start('other')]
})
afterAll(async () => {
  await Promise.all(
    children.map((child) => {
      child.kill('SIGTERM')
      return child.ended
    }),
  )
  await redis.remove()
  rmSync(folder, { recursive: true, force: true })
})

const key = '/namespaces/vets-service/configs/vets.cache.ttl'
const read = 'GET /values/vets-service/vets.cache.ttl?environment=production'

describe('two nodes and a Redis', () => {
  it('start without it, say so once and never its password, and find it when it comes', async () => {
    const [child] = children
    await child?.waitFor(/"msg":"Redis is there"/)
    expect(child?.errors().match(/warning: Redis at 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)/g)).toHaveLength(
      1,
    )
    expect(`${child?.errors()}${child?.output()}`).not.toContain('a word of ours')
  })

  it('read what the other wrote; and also while Redis is away', async () => {
    const [one = '', other = ''] = urls
    const writes = async (value: number): Promise<void> => {
      expect((await as(one, first.editorKey)(`PUT ${key}`, { body: { type: 'number', value } })).status).toBe(200)
      await expect.poll(async () => (await as(other, first.apiKey)(read)).json).toMatchObject({ value })
    }
    await writes(101)
    await redis.stop()
    await writes(102)
    for (const url of urls) expect((await session({ url })('GET //health/ready')).status).toBe(200)
    await redis.start()
    await writes(103)
  })

  it('leave each other what they loaded, sealed; and a node that finds rubbish there, or nothing, starts as well', async () => {
    const client = createClient({ url: redis.url })
    client.on('error', () => undefined)
    await client.connect()
    // Redis was empty when it came back: this node leaves what it loads.
    const [one = ''] = urls
    const expected = (await as(one, first.apiKey)(read)).json
    const serves = async (): Promise<void> => {
      expect((await as(await start('cold'), first.apiKey)(read)).json).toEqual(expected)
    }
    await serves()
    const logs = await client.keys('konfig.log.*')
    expect(logs.length).toBeGreaterThan(0)
    for (const log of logs) expect(await client.get(log)).not.toContain('vets-service')
    await serves()
    for (const log of logs) await client.set(log, 'rubbish')
    await serves()
    client.destroy()
  })

  it('together let a tenant have its minute and what one takes between two exchanges, no more', async () => {
    const [one = '', other = ''] = urls
    // Those two alone speak from now on.
    for (const cold of children.splice(2)) {
      cold.kill('SIGTERM')
      await cold.ended
    }
    const listener = createClient({ url: redis.url })
    listener.on('error', () => undefined)
    await listener.connect()
    /** When each last said what it counts. */
    const spoke = new Map<string, number>()
    await listener.pSubscribe('konfig.*.uses', (word) => {
      const [, from = '', at] = /\[\d+,"([^"]+)",(\d+)/.exec(word) ?? []
      spoke.set(from, Number(at))
    })
    const admin = as(
      one,
      await loginAs({ url: one }, first.platformAdmin.email, undefined, first.platformAdmin.password),
    )
    const said = (child: Child, what: string): number => child.output().split(`"msg":"Redis is ${what}"`).length
    for (const child of children) await expect.poll(() => said(child, 'there') - said(child, 'away')).toBe(0)
    const limit = 60
    for (const plan of ['free', 'basic', 'standard', 'premium', 'enterprise'])
      expect(
        (await admin(`PATCH /platform/plans/${plan}`, { body: { limits: { requestsPerMinute: limit } } })).status,
      ).toBe(200)
    await expect
      .poll(async () => (await as(other, first.apiKey)(read)).headers.get('ratelimit-policy'))
      .toBe(`"default";q=${limit};w=60`)

    // What the tests before took counts, too.
    let sum = 0
    const between = 10
    const take = async (url: string): Promise<number> => ((await as(url, first.apiKey)(read)).status === 200 ? 1 : 0)
    const takeMany = async (url: string): Promise<number> => {
      let taken = 0
      for (let turn = 0; turn < between; turn += 1) taken += await take(url)
      return taken
    }
    const total = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0)
    const began = Date.now()
    for (let going = true; going; ) {
      const taken = total(await Promise.all(urls.map(takeMany)))
      // Whoever takes one more has something to say after that, at the latest when it says all that it counts.
      const since = Date.now()
      const more = total(await Promise.all(urls.map(take)))
      const heard = (): number => [...spoke.values()].filter((at) => at >= since).length
      await expect.poll(heard, { timeout: 90_000 }).toBeGreaterThanOrEqual(more)
      // Who answers has heard what was said before the question.
      for (const url of urls) await session({ url })('GET //health/ready')
      sum += taken + more
      going = taken >= between
    }
    const minutes = (Date.now() - began) / 60_000
    listener.destroy()
    expect(sum).toBeGreaterThan(0)
    // While this went on, as much of the minute before was over.
    expect(sum).toBeLessThanOrEqual(limit * (1 + minutes) + between + 1)
  })
})

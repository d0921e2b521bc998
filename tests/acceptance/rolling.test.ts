// Both nodes of an installation are restarted, one after the other, behind a balancer and under reads, writes and streams: nobody notices.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { newPlace, type Place, sharedBackends } from '../harness/place.ts'
import { makeSample } from '../harness/sample.ts'
import { type Balancer, openBalancer } from '../servers/balancer.ts'
import { freePort } from '../servers/port.ts'

describe.each(sharedBackends)('on %s', (backend) => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-rolling-'))
  const nodes = new Map<number, Child>()
  let place: Place
  let options: Place['options'] = {}
  let balancer: Balancer
  let first: { readonly apiKey: string; readonly editorKey: string }

  const start = async (port: number): Promise<void> => {
    const child = startServer({
      ...options,
      KONFIG_DATA: folder,
      KONFIG_PORT: String(port),
      KONFIG_LEAVE_SECONDS: '3',
      KONFIG_DRAIN_SECONDS: '2',
      KONFIG_ACCESS_LOG: 'off',
    })
    nodes.set(port, child)
    await child.waitFor(/"msg":"Listening"/)
  }

  beforeAll(async () => {
    place = await newPlace(backend)
    options = await makeSample(folder, backend === 'sqlite' ? undefined : place)
    const ports = [await freePort(), await freePort()]
    for (const port of ports) await start(port)
    first = JSON.parse(readFileSync(join(folder, 'first-run.json'), 'utf8')) as typeof first
    balancer = await openBalancer(ports)
  })
  afterAll(async () => {
    await balancer.close()
    await Promise.all(
      [...nodes.values()].map((child) => {
        child.kill('SIGTERM')
        return child.ended
      }),
    )
    await place.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  /** One request over a connection that is kept, as programs do. */
  const ask = (
    agent: Agent,
    method: string,
    path: string,
    key: string,
    body?: object,
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const asked = request(
        `${balancer.url}/api/v1${path}`,
        {
          agent,
          method,
          headers: { 'x-api-key': key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (piece: string) => (text += piece))
          response.on('error', reject)
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        },
      )
      asked.on('error', reject)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })

  it('a rolling restart fails no request and loses no write', async () => {
    let running = true
    const failures: string[] = []
    const counts = { reads: 0, writes: 0, streams: 0 }
    const key = '/namespaces/vets-service/configs/vets.cache.ttl'
    const value = '/values/vets-service/vets.cache.ttl?environment=production'
    let last = 0

    const reader = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      while (running) {
        const outcome = await ask(agent, 'GET', value, first.apiKey).catch((reason: unknown) => ({
          status: 0,
          text: String(reason),
        }))
        if (outcome.status === 200) counts.reads++
        else failures.push(`read ${outcome.status} ${outcome.text}`)
      }
      agent.destroy()
    }
    const writer = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      while (running) {
        const next = last + 1
        const outcome = await ask(agent, 'PUT', key, first.editorKey, { type: 'number', value: next }).catch(
          (reason: unknown) => ({
            status: 0,
            text: String(reason),
          }),
        )
        if (outcome.status === 200) {
          last = next
          counts.writes++
        } else failures.push(`write ${outcome.status} ${outcome.text}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      agent.destroy()
    }
    const follower = async (): Promise<void> => {
      while (running) {
        const response = await fetch(`${balancer.url}/api/v1/stream?environment=production`, {
          headers: { 'x-api-key': first.apiKey },
        }).catch((reason: unknown) => String(reason))
        if (typeof response === 'string' || !response.ok) {
          failures.push(
            `stream ${typeof response === 'string' ? response : `${response.status} ${await response.text()}`}`,
          )
          continue
        }
        counts.streams++
        let text = ''
        const decoder = new TextDecoder()
        // Ends by itself when its node goes, having said when to come back.
        for await (const bytes of response.body ?? []) {
          text = (text + decoder.decode(bytes as Uint8Array, { stream: true })).slice(-200)
          if (!running) break
        }
        if (running && !/retry: \d+\n\n$/.test(text)) failures.push(`stream ended with ${JSON.stringify(text)}`)
      }
    }

    const load = [reader(), reader(), reader(), writer(), follower(), follower()]
    const enough = (): boolean => counts.reads > 100 && counts.writes > 50 && counts.streams >= 2
    await expect.poll(enough).toBe(true)
    for (const [port, child] of nodes) {
      await expect.poll(() => balancer.ready().length).toBe(2)
      child.kill('SIGTERM')
      expect(await child.ended).toBe(0)
      await start(port)
    }
    await expect.poll(() => balancer.ready().length).toBe(2)
    running = false
    // Streams wait for news: this is the last.
    const agent = new Agent()
    await Promise.all(load.slice(0, 4))
    await ask(agent, 'PUT', key, first.editorKey, { type: 'number', value: last + 1 })
    await Promise.all(load)

    expect([...new Set(failures)]).toEqual([])
    // Each was sent elsewhere twice at the most, and once at least.
    expect(counts.streams).toBeGreaterThanOrEqual(3)
    // Every write that was answered is there, once, and in its order; the node that is asked may hear of the last a moment later.
    const expected = Array.from({ length: Math.min(last, 900) }, (_, at) => last + 1 - at)
    await expect
      .poll(async () => {
        const { text } = await ask(agent, 'GET', `${key}/history?limit=1000`, first.editorKey)
        const { items } = JSON.parse(text) as { readonly items: readonly { readonly value: number }[] }
        return items.slice(0, expected.length).map((item) => item.value)
      })
      .toEqual(expected)
    agent.destroy()
  })
})

// What surrounds the routes: health, metrics, CORS, TLS, stopping.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { request as requestTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operation } from '@konfig/api'
import Type from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { openTestNode, type TestNode } from './testing/node.ts'

const nodes: TestNode[] = []
const open = async (given: Parameters<typeof openTestNode>[0] = {}): Promise<TestNode> => {
  const node = await openTestNode(given)
  nodes.push(node)
  return node
}
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.close()))
})

describe('health', () => {
  it('is alive and ready, and not ready once it is told to stop', async () => {
    const { server } = await open()
    expect((await server.fastify.inject('/health')).json()).toEqual({
      status: 'ok',
      checks: { live: 'ok', ready: 'ok', keys: 'ok' },
    })
    server.beginStop()
    expect((await server.fastify.inject('/health/ready')).statusCode).toBe(503)
    expect((await server.fastify.inject('/health/live')).statusCode).toBe(200)
  })
})

describe('metrics', () => {
  it('have base units, routes and statuses, and no tenant', async () => {
    const { server, tenant } = await open()
    await server.fastify.inject('/api/v1/values/billing')
    const { body } = await server.fastify.inject('/metrics')
    expect(body).toMatch(
      /konfig_http_request_duration_seconds_bucket\{method="GET",route="\/values\/\{ns\}",status="401",le="\+Inf"\} 1/,
    )
    expect(body).toContain('nodejs_eventloop_lag_seconds')
    expect(body).toContain('konfig_lane_requests_total{result="hit"} 0')
    expect(body).not.toContain(tenant.name)
    expect(body.match(/^# TYPE \S+_total (?!counter)/gm)).toBeNull()
  })

  it('are for whoever has the token, where there is one', async () => {
    const { server } = await open({ options: { metrics: { mode: 'token', token: 'a-token-that-is-long' } } })
    expect((await server.fastify.inject('/metrics')).statusCode).toBe(401)
    expect(
      (await server.fastify.inject({ url: '/metrics', headers: { authorization: 'Bearer wrong' } })).statusCode,
    ).toBe(401)
    expect(
      (await server.fastify.inject({ url: '/metrics', headers: { authorization: 'Bearer a-token-that-is-long' } }))
        .statusCode,
    ).toBe(200)
  })

  it('do not exist where nobody may read them here, and on loopback alone where they are open', async () => {
    const closed = await open({ options: { metrics: { mode: 'closed' } } })
    expect((await closed.server.fastify.inject('/metrics')).statusCode).toBe(404)
    const { server } = await open()
    expect((await server.fastify.inject({ url: '/metrics', remoteAddress: '10.0.0.1' })).statusCode).toBe(404)
  })

  it('may have a listener of their own', async () => {
    const { server } = await open({ options: { metrics: { mode: 'closed' } } })
    const listening = await server.listenForMetrics('127.0.0.1', 0)
    const { port } = listening.address() as { readonly port: number }
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('konfig_platform_revision')
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(404)
    listening.close()
  })
})

describe('CORS', () => {
  const preflight = { origin: 'https://console.example', 'access-control-request-method': 'GET' }
  it('is off until origins are listed', async () => {
    const { server } = await open()
    const answer = await server.fastify.inject({ method: 'OPTIONS', url: '/api/v1/values', headers: preflight })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('then holds for those and no others', async () => {
    const { server } = await open({ options: { corsOrigins: ['https://console.example'] } })
    const ask = (origin: string, method: 'GET' | 'OPTIONS') =>
      server.fastify.inject({ method, url: '/api/v1/values', headers: { ...preflight, origin } })
    const allowed = await ask('https://console.example', 'OPTIONS')
    expect([
      allowed.statusCode,
      allowed.headers['access-control-allow-origin'],
      allowed.headers['access-control-allow-methods'],
    ]).toEqual([204, 'https://console.example', 'GET, HEAD'])
    expect((await ask('https://evil.example', 'OPTIONS')).headers['access-control-allow-origin']).toBeUndefined()
    const refused = await ask('https://console.example', 'GET')
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([
      401,
      'https://console.example',
    ])
    expect(refused.headers['vary']).toContain('Origin')
    expect((await ask('https://evil.example', 'GET')).headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('TLS', () => {
  const certificate = (folder: string, name: string) => {
    const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
        '-subj',
        `/CN=${name}`,
      ],
      { stdio: 'ignore' },
    )
    return { cert: readFileSync(cert), key: readFileSync(key) }
  }
  const subject = async (port: number): Promise<{ readonly name: unknown; readonly hsts: unknown }> => {
    const asked = requestTls({
      host: '127.0.0.1',
      port,
      path: '/health',
      rejectUnauthorized: false,
      agent: false,
    }).end()
    const [answer] = await once(asked, 'response')
    const name = answer.socket.getPeerCertificate().subject.CN
    answer.resume()
    return { name, hsts: answer.headers['strict-transport-security'] }
  }

  it('serves by the files that are given, says so to browsers, and takes new ones without stopping', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-tls-'))
    const { server } = await open({ options: { tls: certificate(folder, 'first') } })
    const port = await server.listen('127.0.0.1', 0)
    expect(await subject(port)).toEqual({ name: 'first', hsts: 'max-age=31536000' })
    server.reloadTls(certificate(folder, 'second'))
    expect(await subject(port)).toMatchObject({ name: 'second' })
    rmSync(folder, { recursive: true })
  })
})

describe('stopping', () => {
  it('answers what is under way, then closes, also connections that wait for nothing', async () => {
    let finish: () => void = () => undefined
    const started = { yes: false }
    const slow = operation({
      route: 'GET /slow',
      summary: 'Slow',
      tag: 'Toys',
      guard: 'public',
      side: 'platform',
      answer: Type.Unknown(),
      refuses: [],
      example: {},
      run: async () => {
        started.yes = true
        await new Promise<void>((resolve) => (finish = resolve))
        return { body: { done: true } }
      },
    })
    const { server } = await open({ operations: [slow] })
    const port = await server.listen('127.0.0.1', 0)
    const idle = connect(port, '127.0.0.1')
    await once(idle, 'connect')
    const answer = fetch(`http://127.0.0.1:${port}/api/v1/slow`)
    await expect.poll(() => started.yes).toBe(true)
    const stopped = server.stop(10_000)
    finish()
    expect(await (await answer).json()).toEqual({ done: true })
    idle.resume()
    await Promise.all([stopped, once(idle, 'close')])
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed')
  })

  it('cuts what does not end in time', async () => {
    const endless = operation({
      route: 'GET /endless',
      summary: 'Endless',
      tag: 'Toys',
      guard: 'public',
      side: 'platform',
      answer: Type.Unknown(),
      refuses: [],
      example: {},
      run: () => new Promise<never>(() => undefined),
    })
    const { server } = await open({ operations: [endless] })
    const port = await server.listen('127.0.0.1', 0)
    const answer = fetch(`http://127.0.0.1:${port}/api/v1/endless`)
    const cut = answer.then(
      () => 'answered',
      () => 'cut',
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    await server.stop(50)
    expect(await cut).toBe('cut')
  })
})

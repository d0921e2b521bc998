// What belongs to this SDK alone: options, listeners, hooks, the end of a client. What every SDK must do is in spec/vectors.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { checkedText } from '../cache/checksum.ts'
import { management } from '../management/management.ts'
import { openScriptedServer, type ScriptedServer } from '../testing/server.ts'
import type { Konfig } from './client.ts'
import { connect } from './connect.ts'
import type { ConnectOptions } from './options.ts'

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 5 })
const secret = 'kfg_very_secret'
const open: { readonly close: () => Promise<unknown> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

const sync = (values: object, id = '1-1') => ({
  event: 'sync',
  id,
  data: { log: 'platform-1.tenant-1', values: { billing: values } } as never,
})
const change = (values: object, id: string) => ({
  event: 'change',
  id,
  data: { changed: { billing: values }, removed: {} } as never,
})

const server = async (): Promise<ScriptedServer> => {
  const opened = await openScriptedServer()
  open.push(opened)
  return opened
}
const begin = (to: ScriptedServer, more: Partial<ConnectOptions> = {}): Promise<Konfig> =>
  connect({
    url: to.url,
    apiKey: secret,
    environment: 'production',
    namespaces: ['billing'],
    pace: { first: 10 },
    ...more,
  })
const connected = async (values: object, more: Partial<ConnectOptions> = {}) => {
  const to = await server()
  const connecting = begin(to, more)
  const stream = await to.next()
  await stream.answer({ stream: [sync(values)] })
  const konfig = await connecting
  open.push(konfig)
  return { to, stream, konfig }
}

describe('options', () => {
  it.each<readonly [string, Partial<ConnectOptions>]>([
    ['a url that is none', { url: 'konfig' }],
    ['a url of another kind', { url: 'file:///etc/passwd' }],
    ['a url with a user', { url: 'http://user:word@127.0.0.1' }],
    ['an empty key', { apiKey: '' }],
    ['a key with a line end', { apiKey: `${secret}\n` }],
    ['an application and namespaces', { application: 'shop' }],
    ['no namespaces at all', { namespaces: [] }],
    ['a pace that does not exist', { pace: { often: 1 } as never }],
    ['a negative time', { timeout: -1 }],
  ])('%s is refused, and the key not repeated', async (_, wrong) => {
    const reason: unknown = await connect({
      url: 'http://127.0.0.1:1',
      apiKey: secret,
      namespaces: ['billing'],
      ...wrong,
    }).catch((thrown: unknown) => thrown)
    expect(reason).toBeInstanceOf(TypeError)
    expect(String(reason)).not.toContain(secret)
  })

  it('a key may come from a function, which is asked before each request', async () => {
    const keys = ['first', 'second']
    const to = await server()
    const connecting = begin(to, { apiKey: async () => keys.shift() ?? 'last' })
    const first = await to.next()
    expect(first.headers.authorization).toBe('Bearer first')
    await first.answer({ stream: [sync({ a: 1 })], after: 'end' })
    open.push(await connecting)
    expect((await to.next()).headers.authorization).toBe('Bearer second')
  })

  it.each(['/konfig/', '/konfig/api/v1', '/konfig/api/v1/'])('a path before /api is kept: %s', async (path) => {
    const to = await server()
    const connecting = begin(to, { url: `${to.url}${path}` })
    const stream = await to.next()
    expect(stream.path).toBe('/konfig/api/v1/stream')
    await stream.answer({ stream: [sync({ a: 1 })] })
    open.push(await connecting)
  })

  it('a server that sends elsewhere is not followed there', async () => {
    const elsewhere: string[] = []
    const far = createServer((request, response) => {
      elsewhere.push(request.url ?? '')
      response.end()
    })
    const near = createServer((request, response) => {
      const { port } = far.address() as AddressInfo
      response.writeHead(307, { location: `http://localhost:${port}${request.url}` }).end()
    })
    for (const each of [far, near]) await new Promise<void>((done) => each.listen(0, '127.0.0.1', done))
    const { port } = near.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    await expect(connect({ url, apiKey: secret, timeout: 500 })).rejects.toThrow('No values could be had')
    const client = management({ url, token: secret })
    const body = { value: 'a secret' }
    await expect(client.putNamespaceConfig({ path: { ns: 'billing', key: 'a' }, body })).rejects.toBeInstanceOf(Error)
    expect(elsewhere).toEqual([])
    for (const each of [far, near]) each.close()
  })

  it('values to begin with may come from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-bootstrap-'))
    try {
      writeFileSync(join(folder, 'values.json'), '{"environment":"production","values":{"billing":{"a":7}}}')
      const to = await server()
      const connecting = begin(to, { bootstrap: join(folder, 'values.json') })
      await (await to.next()).answer({ drop: true })
      const konfig = await connecting
      open.push(konfig)
      expect([konfig.state, konfig.get('a')]).toEqual(['stale', 7])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('a file to begin with that is missing or spoilt is told, and harms nothing', async () => {
    for (const bootstrap of ['/nowhere/values.json', import.meta.filename]) {
      const codes: string[] = []
      const { konfig } = await connected({ a: 1 }, { bootstrap, on: { error: ({ code }) => codes.push(code) } })
      expect([codes, konfig.get('a')]).toEqual([['bootstrap_unreadable'], 1])
    }
  })
})

describe('a slow line', () => {
  it.each([true, false])('may take as long as it likes, while more comes (streaming: %s)', async (streaming) => {
    const armed: number[] = []
    const clock = {
      now: () => 0,
      after: (millis: number) => {
        armed.push(millis)
        return () => undefined
      },
    }
    const to = await server()
    const connecting = begin(to, { streaming, clock, pace: { firstEvent: 11, answer: 11 } })
    const request = await to.next()
    const waited = (): Promise<void> =>
      soon(() => {
        expect(armed.filter((millis) => millis === 11).length).toBeGreaterThan(1)
      })
    if (streaming) {
      await request.answer({ stream: ['event: sync\n'] })
      await waited()
      await request.send(['id: 1-1\n', 'data: {"values":{"billing":{"a":1}}}\n\n'])
    } else await request.answer({ values: { billing: { a: 1 } }, point: '1-1' })
    await waited()
    const konfig = await connecting
    open.push(konfig)
    expect(konfig.get('a')).toBe(1)
  })
})

describe('reading', () => {
  it('never throws, whatever is asked for', async () => {
    const { konfig } = await connected({ a: 1 })
    for (const name of ['', '/', 'billing/', 'billing/a', '__proto__', 'constructor', 'toString'])
      expect(() => [konfig.get(name), konfig.string(name), konfig.number(name, 0), konfig.json(name)]).not.toThrow()
    expect([konfig.get('__proto__'), konfig.get('toString'), konfig.get('billing/a')]).toEqual([
      undefined,
      undefined,
      1,
    ])
  })

  it('all values are one object until something changes', async () => {
    const { konfig, stream } = await connected({ a: 1 })
    const before = konfig.getAll()
    expect(konfig.getAll()).toBe(before)
    await stream.send([change({ a: 2 }, '1-2')])
    await soon(() => {
      expect(konfig.getAll()).toEqual({ billing: { a: 2 } })
    })
    expect(before).toEqual({ billing: { a: 1 } })
  })
})

describe('listeners', () => {
  it('of a key hear of that key alone, by either of its names, until they are stopped', async () => {
    const { konfig, stream } = await connected({ a: 1, b: 1 })
    const seen: unknown[] = []
    const stop = konfig.watch('a', (value, before) => seen.push(['a', value, before]))
    konfig.watch('billing/a', (value) => seen.push(['billing/a', value]))
    await stream.send([change({ b: 2 }, '1-2'), change({ a: 2 }, '1-3')])
    await soon(() => {
      expect(seen).toEqual([
        ['a', 2, 1],
        ['billing/a', 2],
      ])
    })
    stop()
    stop()
    await stream.send([change({ a: 3 }, '1-4')])
    await soon(() => {
      expect(seen.slice(2)).toEqual([['billing/a', 3]])
    })
  })

  it('that throw are told as an error, and harm neither others nor the client', async () => {
    const faults: string[] = []
    const { konfig, stream } = await connected(
      { a: 1 },
      { on: { error: ({ code, message }) => faults.push(`${code}: ${message}`) } },
    )
    konfig.on('error', () => {
      throw new Error('even here')
    })
    konfig.on('change', () => {
      throw new Error('in change')
    })
    konfig.watch('a', () => {
      throw new Error('in watch')
    })
    const seen: unknown[] = []
    konfig.watch('a', (value) => seen.push(value))
    await stream.send([change({ a: 2 }, '1-2')])
    await soon(() => {
      expect(seen).toEqual([2])
    })
    expect(faults).toEqual(['listener_failed: A listener of change threw.', 'listener_failed: A watcher of a threw.'])
    expect(konfig.state).toBe('ready')
  })

  it('see all of a change when they are called for a part of it', async () => {
    const { konfig, stream } = await connected({ a: 1, b: 1 })
    const seen: unknown[] = []
    konfig.watch('a', () => seen.push([konfig.get('a'), konfig.get('b')]))
    await stream.send([change({ a: 2, b: 2 }, '1-2')])
    await soon(() => {
      expect(seen).toEqual([[2, 2]])
    })
  })
})

describe('hooks', () => {
  it('hear of requests, may add headers, and never see the key', async () => {
    const heard: unknown[] = []
    const { to, konfig, stream } = await connected(
      { a: 1 },
      {
        hooks: {
          request: ({ method, url, headers }) => {
            heard.push(`${method} ${new URL(url).pathname} ${JSON.stringify(headers)}`)
            headers['traceparent'] = '00-1-2-01'
            return ({ status }) => heard.push(`ended ${status}`)
          },
          log: (entry) => heard.push(JSON.stringify(entry)),
        },
      },
    )
    expect(stream.headers['traceparent']).toBe('00-1-2-01')
    expect(to.waiting()).toBe(0)
    await konfig.close()
    expect(heard.filter((each) => !String(each).startsWith('{'))).toEqual(['GET /api/v1/stream {}', 'ended 200'])
    expect(JSON.stringify(heard)).not.toContain(secret)
  })

  it('that throw are ignored', async () => {
    const fail = (): never => {
      throw new Error('a hook')
    }
    const { konfig } = await connected({ a: 1 }, { hooks: { request: fail, log: fail, wait: fail } })
    expect(konfig.get('a')).toBe(1)
  })
})

describe('closing', () => {
  it('ends the connection, saves what is to be kept, and leaves the values to be read', async () => {
    let saved = ''
    const store = { load: async () => undefined, save: async (text: string) => void (saved = text) }
    const { to, konfig } = await connected({ a: 1 }, { cache: store })
    const waiting = konfig.reached('9-9').catch((reason: unknown) => reason)
    await konfig.close()
    await konfig.close()
    expect(JSON.parse(checkedText(saved) ?? '')).toMatchObject({ values: { billing: { a: 1 } } })
    expect([konfig.state, konfig.get('a')]).toEqual(['closed', 1])
    expect(await waiting).toMatchObject({ name: 'KonfigUnavailable', code: 'closed' })
    await expect(konfig.ready()).rejects.toMatchObject({ code: 'closed' })
    expect(to.waiting()).toBe(0)
  })

  it('ends a wait that is under way', async () => {
    const to = await server()
    const connecting = begin(to, {
      bootstrap: { values: { billing: {} } },
      pace: { first: 3_600_000, most: 3_600_000 },
      random: () => 0.9,
    })
    await (await to.next()).answer({ drop: true })
    const konfig = await connecting
    await konfig.close()
    expect(konfig.state).toBe('closed')
  })
})

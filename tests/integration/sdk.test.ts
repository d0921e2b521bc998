// The SDK against real servers: follows what is changed over the API, lives on when the server is gone or its key revoked, comes back.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, eachItem, type Konfig, management } from '@konfig/sdk'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { openWorld, type World } from '../harness/world.ts'
import { freePort } from '../servers/port.ts'

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 10 })
const open: { readonly close: () => Promise<void> }[] = []
const closing = <Closed extends { readonly close: () => Promise<void> }>(each: Closed): Closed => {
  open.push(each)
  return each
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()))
})

describe('with a server', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => {
    await world.close()
  })
  const following = async (more: Partial<Parameters<typeof connect>[0]> = {}): Promise<Konfig> =>
    closing(await connect({ url: world.url, apiKey: world.keys.reader, environment: 'production', ...more }))
  const editor = () => management({ url: world.url, apiKey: world.keys.editor })

  it('a value changed over the API calls back who watches it, with what it was', async () => {
    const konfig = await following({ namespaces: ['billing'] })
    expect(konfig.state).toBe('ready')
    expect(konfig.number('retries', 0)).toBe(5)
    expect(konfig.string('greeting')).toBe('hello')
    expect(konfig.json('limits')).toEqual({ a: 1 })
    expect(konfig.boolean('missing', true)).toBe(true)
    const seen: unknown[] = []
    konfig.watch('greeting', (value, before) => seen.push([value, before]))
    const { body } = await editor().putNamespaceConfig({
      path: { ns: 'billing', key: 'greeting' },
      body: { value: 'hi' },
    })
    expect(body).toMatchObject({ value: 'hi' })
    await soon(() => {
      expect(seen).toEqual([['hi', 'hello']])
    })
    await editor().putNamespaceConfig({ path: { ns: 'billing', key: 'greeting' }, body: { value: 'hello' } })
  })

  it('an application, several namespaces and all that a key may read are followed alike', async () => {
    const shop = await following({ application: 'shop' })
    const two = await following({ namespaces: ['billing', 'platform-defaults'] })
    const all = await following()
    const polled = await following({ namespaces: ['billing', 'platform-defaults'], streaming: false })
    expect(shop.number('timeout')).toBe(30)
    for (const konfig of [two, all, polled]) expect(konfig.get('platform-defaults/timeout')).toBe(30)
    expect(two.getAll()).toEqual(polled.getAll())
    await editor().putNamespaceConfig({
      path: { ns: 'platform-defaults', key: 'timeout' },
      query: { environment: 'production' },
      body: { value: 45 },
    })
    await soon(() => {
      expect([shop.get('timeout'), two.get('platform-defaults/timeout'), all.get('platform-defaults/timeout')]).toEqual(
        [45, 45, 45],
      )
    })
  })

  it('what was written can be waited for, also by a client that polls', async () => {
    const polling = await following({ namespaces: ['billing'], streaming: false })
    const streaming = await following({ namespaces: ['billing'] })
    const { point } = await editor().putNamespaceConfig({
      path: { ns: 'billing', key: 'greeting' },
      body: { value: 'now' },
    })
    expect(point).toMatch(/^\d+-\d+$/)
    await polling.reached(point ?? '')
    expect(polling.get('greeting')).toBe('now')
    await streaming.reached(point ?? '')
    expect(streaming.get('greeting')).toBe('now')
  })

  it('a key that is revoked keeps its values and says stale', async () => {
    const { body } = await management({ url: world.url, token: await ownerToken(world) }).createApiKey({
      body: { name: 'to-be-revoked', role: 'reader', namespaces: [], environments: [] },
    })
    const { id, key } = body as { readonly id: string; readonly key: string }
    const konfig = await following({ apiKey: key, namespaces: ['billing'], pace: { refused: 50 } })
    expect(konfig.number('retries')).toBe(5)
    await management({ url: world.url, token: await ownerToken(world) }).deleteApiKey({ path: { id } })
    await soon(() => {
      expect([konfig.state, konfig.reason]).toEqual(['stale', 'unauthenticated'])
    })
    expect(konfig.number('retries')).toBe(5)
  })

  it('a wrong key, an unknown environment and a foreign namespace are told at once', async () => {
    await expect(following({ apiKey: `${world.keys.reader}x` })).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(following({ environment: 'nowhere' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(following({ apiKey: world.keys.dev })).rejects.toMatchObject({ code: 'denied' })
  })

  it('lists are walked, and refusals are problems', async () => {
    const names: string[] = []
    for await (const { name } of eachItem(editor().listNamespaces, { query: { limit: 1 } })) names.push(name)
    expect(names).toEqual(['billing', 'empty', 'platform-defaults'])
    await expect(editor().readNamespace({ path: { ns: 'nowhere' } })).rejects.toMatchObject({
      name: 'KonfigProblem',
      status: 404,
      code: 'resource_not_found',
    })
    await expect(
      editor().putNamespaceConfig({ path: { ns: 'billing', key: 'retries' }, body: { value: 'many' } }),
    ).rejects.toMatchObject({ status: 422 })
    const dry = await editor().createNamespace({ body: { name: 'not-stored' }, dryRun: true })
    expect(dry.body.name).toBe('not-stored')
    await expect(editor().readNamespace({ path: { ns: 'not-stored' } })).rejects.toMatchObject({ status: 404 })
  })

  const ownerToken = async ({ url }: World): Promise<string> => {
    const { password } = await import('../harness/world.ts')
    const { body } = await management({ url, token: 'none-yet' }).login({
      body: { email: 'owner@acme.example', password, tenant: 'acme' },
    })
    return body.accessToken
  }
})

describe('without one', () => {
  it('last known values serve while a server is away, from memory and in a new process, and it is followed again when it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-sdk-'))
    const port = await freePort()
    const cache = join(folder, 'known.json')
    let server: Child | undefined
    const start = async (): Promise<void> => {
      server = startServer({ KONFIG_DATA: join(folder, 'data'), KONFIG_PORT: String(port), KONFIG_HOST: '127.0.0.1' })
      await server.waitFor(/listening|ready|http:\/\//i)
    }
    try {
      await start()
      const facts = JSON.parse(readFileSync(join(folder, 'data/first-run.json'), 'utf8')) as {
        readonly url: string
        readonly apiKey: string
        readonly editorKey: string
      }
      const edit = management({ url: facts.url, apiKey: facts.editorKey })
      await edit.createNamespace({ body: { name: 'followed' } })
      await edit.createNamespaceConfig({ path: { ns: 'followed' }, body: { key: 'a', type: 'number', value: 1 } })

      const options = {
        url: facts.url,
        apiKey: facts.apiKey,
        environment: 'dev',
        namespaces: ['followed'],
        cache,
        pace: { first: 50, most: 200 },
      }
      const konfig = closing(await connect(options))
      const told: string[] = []
      konfig.on('stale', ({ reason }) => told.push(`stale ${reason}`))
      konfig.on('ready', () => told.push('ready'))
      expect(konfig.number('a')).toBe(1)
      await soon(() => {
        const [checksum = '', text = ''] = readFileSync(cache, 'utf8').split('\n')
        expect(checksum).toMatch(/^konfig crc32 [0-9a-f]{8}$/)
        expect(JSON.parse(text)).toMatchObject({ values: { followed: { a: 1 } } })
      })
      expect(statSync(cache).mode & 0o777).toBe(0o600)

      server?.kill('SIGKILL')
      await server?.ended
      await soon(() => {
        expect(konfig.state).toBe('stale')
      })
      expect(konfig.number('a')).toBe(1)
      const second = closing(await connect(options))
      expect([second.state, second.number('a')]).toEqual(['stale', 1])
      const spoilt = join(folder, 'spoilt.json')
      writeFileSync(spoilt, readFileSync(cache, 'utf8').replace('"a":1', '"a":2'))
      await expect(connect({ ...options, cache: spoilt, timeout: 200 })).rejects.toMatchObject({ code: 'unreachable' })
      await expect(connect({ ...options, cache: join(folder, 'none.json'), timeout: 200 })).rejects.toMatchObject({
        name: 'KonfigUnavailable',
        code: 'unreachable',
      })

      await start()
      await Promise.all([konfig.ready(), second.ready()])
      await edit.putNamespaceConfig({ path: { ns: 'followed', key: 'a' }, body: { value: 2 } })
      await soon(() => {
        expect([konfig.number('a'), second.number('a')]).toEqual([2, 2])
      })
      expect(told).toEqual(['stale unreachable', 'ready'])
    } finally {
      await Promise.all(open.splice(0).map((each) => each.close()))
      server?.kill('SIGKILL')
      await server?.ended
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

// The first minutes of a newcomer: the server starts on an empty folder, says how to use it, what it says works when pasted, twice and tomorrow, and nothing is lost by a stop.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { loginAs } from '../harness/client.ts'
import { field, session } from '../harness/session.ts'
import { freePort } from '../servers/port.ts'

interface FirstRun {
  readonly url: string
  readonly tenant: string
  readonly apiKey: string
  readonly editorKey: string
  readonly owner: { readonly email: string; readonly password: string }
  readonly platformAdmin: { readonly email: string; readonly password: string }
}

let data = ''
let child: Child | undefined
const start = (port: string, more: { readonly [variable: `KONFIG_${string}`]: string } = {}): Child => {
  child = startServer({ KONFIG_DATA: data, KONFIG_PORT: port, ...more })
  return child
}
const stop = async (): Promise<number | null> => {
  child?.kill('SIGTERM')
  const code = await child?.ended
  child = undefined
  return code ?? null
}
const listening = /"msg":"Listening"/
const linesOf = (output: string): readonly string[] => output.split('\n').filter((line) => line.startsWith('  curl '))
const serverLog = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n')
const paste = (line: string): Record<string, unknown> => {
  const run = spawnSync('bash', ['-c', line], {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', HOME: data },
  })
  expect(`${line} ${run.status} ${run.stderr}`).toBe(`${line} 0 `)
  return JSON.parse(run.stdout) as Record<string, unknown>
}
const readFirstRun = (): FirstRun => JSON.parse(readFileSync(join(data, 'first-run.json'), 'utf8')) as FirstRun

/** What the five lines answer, whenever and however often they are pasted. */
const pasteAll = (lines: readonly string[]): void => {
  const [value, why, refused, rollback, before] = lines.map(paste)
  expect(value).toMatchObject({ environment: 'production', type: 'number', value: 90 })
  expect(why).toMatchObject({
    value: 90,
    explanation: [
      {
        winner: { layer: 'tenant', environment: 'production', value: 90 },
        shadowed: expect.arrayContaining([expect.objectContaining({ layer: 'plan:enterprise' })]),
      },
    ],
  })
  expect(refused).toMatchObject({ status: 409, code: 'policy_bounded' })
  expect(rollback).toMatchObject({ namespace: 'vets-service', key: 'vets.cache.ttl', value: 60 })
  expect(before).toMatchObject({ key: 'vets.cache.ttl', value: 600 })
}

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'konfig-first-run-'))
})
afterEach(() => stop())
afterAll(() => {
  rmSync(data, { recursive: true, force: true })
})

describe('a first start', () => {
  let port = ''
  let file = ''
  let lines: readonly string[] = []
  let revision = 0

  it('makes a sample, says how to use it, and what it says works as it is pasted, twice', async () => {
    port = String(await freePort())
    const server = start(port)
    await server.waitFor(listening)
    const path = join(data, 'first-run.json')
    file = readFileSync(path, 'utf8')
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
    expect((statSync(join(data, 'konfig.db')).mode & 0o777).toString(8)).toBe('600')
    expect((statSync(join(data, 'master.key')).mode & 0o777).toString(8)).toBe('600')
    const first = readFirstRun()
    const login = { email: expect.stringContaining('@'), password: expect.any(String) }
    const key = expect.stringMatching(/^kfg_/)
    expect(first).toEqual({
      url: `http://127.0.0.1:${port}`,
      tenant: 'petclinic',
      apiKey: key,
      editorKey: key,
      owner: login,
      platformAdmin: login,
    })
    expect(server.output()).toContain(first.owner.password)
    lines = linesOf(server.output())
    expect(lines).toHaveLength(5)
    pasteAll(lines)
    pasteAll(lines)

    const reader = session(first, first.apiKey)
    const all = await reader('GET /values?environment=docker')
    expect(Object.keys(field<object>(all, 'values'))).toEqual(
      expect.arrayContaining(['application', 'vets-service', 'platform-defaults']),
    )
    expect((await reader('POST /namespaces', { body: { name: 'no' } })).status).toBe(403)
    const editor = session(first, first.editorKey)
    const written = await editor('PUT /namespaces/vets-service/configs/kept', {
      body: { type: 'string', value: 'kept' },
    })
    expect(written.status).toBe(201)
    revision = field(written, 'revision')
    const owner = await loginAs(first, first.owner.email, first.tenant, first.owner.password)
    expect((await session(first, owner)('GET /audit')).status).toBe(200)
    const administrator = await loginAs(first, first.platformAdmin.email, undefined, first.platformAdmin.password)
    expect(field<readonly object[]>(await session(first, administrator)('GET /platform/tenants'), 'items')).toEqual([
      expect.objectContaining({ name: 'petclinic', plan: 'enterprise' }),
    ])
    for (const page of ['/health', '/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs'])
      expect(`${page} ${(await fetch(`${first.url}${page}`)).status}`).toBe(`${page} 200`)

    expect(await stop()).toBe(0)
    expect(server.errors()).toBe('')
    const log = serverLog(server.output())
    expect(log).toContain('"msg":"Stopped"')
    const master = readFileSync(join(data, 'master.key'), 'utf8').trim()
    for (const secret of [
      first.apiKey,
      first.editorKey,
      first.owner.password,
      first.platformAdmin.password,
      owner,
      administrator,
      master,
    ])
      expect(log.includes(secret)).toBe(false)
  })

  it('is followed by others that keep all data and first-run.json, and whose lines, old and new, work', async () => {
    const server = start(port)
    await server.waitFor(listening)
    expect(readFileSync(join(data, 'first-run.json'), 'utf8')).toBe(file)
    const first = readFirstRun()
    expect((await session(first, first.apiKey)('GET /values/vets-service/kept?environment=dev')).json).toMatchObject({
      value: 'kept',
    })
    pasteAll(lines)
    pasteAll(linesOf(server.output()))
    for (const secret of [first.apiKey, first.editorKey, first.owner.password, first.platformAdmin.password])
      expect(server.output().includes(secret)).toBe(false)
    // Nothing was made again: what went before is all that there is.
    const { items } = (await session(first, first.editorKey)('GET /commits?limit=1000')).json as {
      items: readonly { revision: number }[]
    }
    expect(items.map((commit) => commit.revision)).toEqual(Array.from(items, (_, index) => items.length - index))
    expect(items.length).toBeGreaterThanOrEqual(revision)
    expect(await stop()).toBe(0)
  })

  it('answers what is under way before it stops, and takes nothing new', async () => {
    const server = start(port)
    await server.waitFor(listening)
    const first = readFirstRun()
    const editor = session(first, first.editorKey)
    const under = Array.from({ length: 20 }, (_, index) =>
      editor('PUT /namespaces/vets-service/configs/late', { body: { type: 'number', value: index } }).catch(
        () => undefined,
      ),
    )
    await Promise.race(under)
    server.kill('SIGTERM')
    const replies = await Promise.all(under)
    const statuses = replies.flatMap((reply) => (reply === undefined ? [] : [reply.status]))
    expect(statuses.filter((status) => ![200, 201, 503].includes(status))).toEqual([])
    expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(0)
    expect(await server.ended).toBe(0)
    await expect(fetch(first.url)).rejects.toThrow('fetch failed')
  })

  it('loses nothing that was acknowledged when it is killed', async () => {
    const server = start(port)
    await server.waitFor(listening)
    const first = readFirstRun()
    const editor = session(first, first.editorKey)
    const acknowledged: string[] = []
    const write = async (writer: number): Promise<void> => {
      for (let index = 0; ; index++) {
        const key = `killed-${writer}-${index}`
        const reply = await editor(`PUT /namespaces/vets-service/configs/${key}`, {
          body: { type: 'number', value: index },
        }).catch(() => undefined)
        if (reply?.status !== 201) return
        acknowledged.push(key)
        if (acknowledged.length === 60) server.kill('SIGKILL')
      }
    }
    await Promise.all([0, 1, 2, 3].map(write))
    await server.ended
    expect(acknowledged.length).toBeGreaterThanOrEqual(60)
    await start(port).waitFor(listening)
    const values = field<Record<string, Record<string, unknown>>>(
      await session(first, first.apiKey)('GET /values/vets-service?environment=dev'),
      'values',
    )
    expect(acknowledged.filter((key) => values['vets-service']?.[key] === undefined)).toEqual([])
    const owner = session(first, await loginAs(first, first.owner.email, first.tenant, first.owner.password))
    expect(await owner('POST /audit/verify')).toMatchObject({ status: 200, json: { ok: true } })
  })
})

describe('a start that cannot be right', () => {
  it('is refused with a wrong master key, in words, and harms nothing', async () => {
    const key = join(data, 'master.key')
    renameSync(key, `${key}.right`)
    writeFileSync(key, `${Buffer.alloc(32, 9).toString('base64')}\n`, { mode: 0o600 })
    const wrong = start('0')
    expect(await wrong.ended).toBe(1)
    expect(wrong.errors()).toMatch(/^error: The master key is not the one that this installation was made with/)
    expect(wrong.errors()).not.toContain('    at ')

    rmSync(key)
    const missing = start('0')
    expect(await missing.ended).toBe(1)
    expect(missing.errors()).toMatch(/master key/)

    renameSync(`${key}.right`, key)
    await start('0').waitFor(listening)
    expect(await stop()).toBe(0)
  })

  it('is refused without a master key where it is not embedded, and with options that are none', async () => {
    const other = mkdtempSync(join(tmpdir(), 'konfig-options-'))
    try {
      for (const [more, words] of [
        [{ KONFIG_JOURNAL: `sqlite:${other}/konfig.db` }, /KONFIG_MASTER_KEY/],
        [
          { KONFIG_JOURNAL: 'oracle:somewhere', KONFIG_MASTER_PASSPHRASE: 'long enough to be one' },
          /KONFIG_JOURNAL.*sqlite/,
        ],
        [{ KONFIG_PORT: 'eighty' }, /KONFIG_PORT/],
        [{ KONFIG_MASTER_KEY: 'c2hvcnQ=' }, /KONFIG_MASTER_KEY must be 32/],
      ] as const) {
        const server = startServer({ KONFIG_DATA: other, KONFIG_PORT: '0', ...more })
        expect(await server.ended).toBeGreaterThan(0)
        expect(server.errors()).toMatch(words)
        expect(server.errors()).not.toContain('    at ')
        expect(server.errors()).not.toContain('c2hvcnQ')
      }
    } finally {
      rmSync(other, { recursive: true, force: true })
    }
  })

  it('is refused where the port is taken, and says how to choose another', async () => {
    const server = start('0')
    await server.waitFor(listening)
    const { port } = new URL((/"url":"([^"]+)"/.exec(server.output()) ?? [])[1] ?? '')
    const other = mkdtempSync(join(tmpdir(), 'konfig-second-'))
    const second = startServer({ KONFIG_DATA: other, KONFIG_PORT: port })
    expect(await second.ended).toBe(1)
    expect(second.errors()).toMatch(/PORT=/)
    rmSync(other, { recursive: true, force: true })
  })
})

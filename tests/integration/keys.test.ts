// Keys as an operator meets them, with real processes: one master key that replaces another under a running node, killed anywhere; two nodes
// with different ones; a key store that goes away.
import { spawn } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, cleanEnvironment, startServer } from '../harness/child.ts'
import { newPlace, type Place, sharedBackends } from '../harness/place.ts'
import { makeSample } from '../harness/sample.ts'
import { startOpenBao } from '../servers/openbao.ts'

interface FirstRun {
  readonly apiKey: string
  readonly platformAdmin: { readonly email: string; readonly password: string }
}

const listening = /Konfig is at (\S+)/
const cli = join(import.meta.dirname, '../../packages/cli/src/main.ts')
const root = mkdtempSync(join(tmpdir(), 'konfig-keys-'))
const at = (name: string): string => join(root, name)
const children: Child[] = []

type Options = { readonly [variable: `KONFIG_${string}`]: string }

const serve = async (
  folder: string,
  options: Options = {},
): Promise<{ readonly child: Child; readonly url: string }> => {
  const child = startServer({ KONFIG_DATA: at(folder), KONFIG_PORT: '0', KONFIG_LOG_LEVEL: 'error', ...options })
  children.push(child)
  const [, url = ''] = await child.waitFor(listening)
  return { child, url }
}
const end = async (child: Child): Promise<void> => {
  child.kill('SIGTERM')
  await child.ended
}
/** What the process said, and how it ended; killed after so long where that is given. */
const konfig = (words: readonly string[], options: Options, killAfter?: number) =>
  new Promise<{ readonly code: number | null; readonly said: string }>((resolve) => {
    const child = spawn(process.execPath, [cli, ...words], { env: { ...cleanEnvironment(), ...options } })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
    child.on('close', (code) => resolve({ code, said }))
  })
const firstRunOf = (folder: string): FirstRun =>
  JSON.parse(readFileSync(at(`${folder}/first-run.json`), 'utf8')) as FirstRun
const read = async (url: string, { apiKey }: FirstRun): Promise<unknown> => {
  const response = await fetch(`${url}/api/v1/values/vets-service/vets.cache.ttl?environment=production`, {
    headers: { 'x-api-key': apiKey },
  })
  return ((await response.json()) as { readonly value: unknown }).value
}
const administrator = async (url: string, { platformAdmin }: FirstRun) => {
  const headers = { 'content-type': 'application/json' }
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify(platformAdmin),
  })
  const { accessToken } = (await login.json()) as { readonly accessToken: string }
  return async (method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, json: await response.json().catch(() => undefined) }
  }
}

beforeAll(() => {
  for (const name of ['new', 'other']) writeFileSync(at(`${name}.key`), `${randomBytes(32).toString('base64')}\n`)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map(({ ended }) => ended))
  rmSync(root, { recursive: true, force: true })
})

const current = (name: string): Options => ({ KONFIG_MASTER_KEY_FILE: at(`${name}.key`) })
const both: Options = { ...current('new'), KONFIG_PREVIOUS_MASTER_KEY_FILE: at('old.key') }

const inFile = 'sqlite'

describe.each([...new Set([inFile, ...sharedBackends] as const)])('a master key, on %s', (backend) => {
  let place: Place | undefined
  const data = backend
  let on: Options = {}
  beforeAll(async () => {
    mkdirSync(at(data), { mode: 0o700 })
    // Embedded, it lies in the folder, where the tests below find it.
    if (backend !== inFile) place = await newPlace(backend)
    on = await makeSample(at(data), place)
    copyFileSync(at(`${data}/master.key`), at('old.key'))
  })
  afterAll(() => place?.remove())

  it('that is another than that of the node beside it opens nothing: the second does not start, the first goes on', async () => {
    const first = await serve(data, { ...on, ...current('old') })
    const before = await read(first.url, firstRunOf(data))
    const second = startServer({ ...on, KONFIG_DATA: at(data), KONFIG_PORT: '0', ...current('other') })
    expect(await second.ended).toBe(1)
    expect(second.errors()).toMatch(/^error: The master key is not the one that this installation was made with/)
    expect(await read(first.url, firstRunOf(data))).toBe(before)
    await end(first.child)
  })

  it('takes over under a running node, however often the work is killed, and then needs no other', async () => {
    const node = await serve(data, { ...on, ...both })
    const first = firstRunOf(data)
    const before = await read(node.url, first)
    const ask = await administrator(node.url, first)
    for (let index = 0; index < 30; index += 1)
      expect((await ask('POST', '/platform/tenants', { name: `tenant-${index}` })).status).toBe(201)
    const words = ['key', 'rewrap', '--data', at(data)]
    expect((await konfig([...words, '--dry-run'], { ...on, ...both })).said).toContain(
      'The keys of 64 of 64 logs would be',
    )
    for (let turn = 0, delay = 350; turn < 6; turn += 1, delay += 60) {
      await konfig(words, { ...on, ...both }, delay)
      // Between any two steps tenants are made, and keys rotated.
      expect((await ask('POST', '/platform/tenants', { name: `late-${turn}` })).status).toBe(201)
      expect((await ask('POST', `/platform/tenants/tenant-${turn}/keys/rotate`)).status).toBe(200)
    }
    const finished = await konfig(words, { ...on, ...both })
    expect(finished).toMatchObject({ code: 0 })
    expect((await konfig(words, { ...on, ...both })).said).toContain('Wrapped the keys of 0 of 76 logs anew')
    expect(await read(node.url, first)).toBe(before)
    await end(node.child)
    const old = startServer({ ...on, KONFIG_DATA: at(data), KONFIG_PORT: '0', ...current('old') })
    expect(await old.ended).toBe(1)
    const alone = await serve(data, { ...on, ...current('new') })
    expect(await read(alone.url, first)).toBe(before)
    await end(alone.child)
    const examined = await konfig(['doctor', '--data', at(data)], { ...on, ...current('new') })
    expect(examined).toMatchObject({ code: 0, said: expect.stringContaining('37 tenants, 76 logs') })
  })
})

describe('a database that cannot be opened', () => {
  it('tells whoever works on it what to do', async () => {
    const unreadable = await konfig(['key', 'rewrap', '--data', at(inFile)], current('old'))
    expect(unreadable).toMatchObject({ said: expect.stringContaining('KONFIG_PREVIOUS_MASTER_') })
    expect(unreadable.code).not.toBe(0)
    cpSync(at(inFile), at('altered'), { recursive: true })
    const database = new DatabaseSync(join(at('altered'), 'konfig.db'))
    database.exec('UPDATE batches SET payload = zeroblob(length(payload))')
    database.close()
    const altered = await konfig(['doctor', '--data', at('altered'), '--mend'], current('new'))
    expect(altered).toMatchObject({ said: expect.stringMatching(/does not verify[^]*restore a backup that verifies/) })
    expect(altered.code).not.toBe(0)
    // It does not stop at the log that it would need first.
    expect(altered.said.match(/is not as it was written from revision 1 on/g)?.length).toBeGreaterThan(37)
    expect(altered.said).toContain('the indexes could not be made anew: that takes an installation that opens')
    const node = startServer({ KONFIG_DATA: at('altered'), KONFIG_PORT: '0', ...current('new') })
    expect(await node.ended).toBe(1)
    expect(node.errors()).toContain(`konfig doctor --data ${at('altered')}`)
  })
})

describe('a key store', () => {
  it('that goes away keeps nobody from reading, is told by health, and is back by itself', async () => {
    const vault = await startOpenBao()
    await vault.call('POST', 'transit/keys/konfig', { derived: true })
    const token = await vault.call('POST', 'auth/token/create', { policies: ['root'] })
    const options: Options = {
      KONFIG_MASTER_VAULT: `${vault.url}/transit/konfig`,
      KONFIG_METRICS_TOKEN: 'metrics-of-the-test',
      KONFIG_VAULT_TOKEN: (token['auth'] as { client_token: string }).client_token,
    }
    const rewrapped = await konfig(['key', 'rewrap', '--data', at(inFile)], {
      ...options,
      KONFIG_PREVIOUS_MASTER_KEY_FILE: at('new.key'),
    })
    expect(rewrapped).toMatchObject({ code: 0 })
    const node = await serve(inFile, options)
    const first = firstRunOf(inFile)
    const ask = await administrator(node.url, first)
    const health = async (): Promise<unknown> => (await fetch(`${node.url}/health`)).json()
    const until = async (keys: string): Promise<void> => {
      while (!JSON.stringify(await health()).includes(`"keys":"${keys}"`))
        await new Promise((go) => setTimeout(go, 200))
    }
    // All keys are opened once, at leisure, and kept.
    const kept = async (): Promise<number> => {
      const metrics = await fetch(`${node.url}/metrics`, { headers: { authorization: 'Bearer metrics-of-the-test' } })
      return Number(/^konfig_keys_kept (\d+)/m.exec(await metrics.text())?.[1])
    }
    while ((await kept()) < 76) await new Promise((go) => setTimeout(go, 200))
    await vault.stop()
    await until('away')
    expect((await fetch(`${node.url}/health/ready`)).status).toBe(200)
    // A tenant that nobody has asked for since the start.
    expect((await ask('GET', '/platform/tenants/tenant-20')).status).toBe(200)
    expect(await read(node.url, first)).toBeDefined()
    expect((await ask('POST', '/platform/tenants', { name: 'not-now' })).status).toBe(503)
    await vault.start()
    await until('ok')
    expect((await ask('POST', '/platform/tenants', { name: 'now' })).status).toBe(201)
    await end(node.child)
    await vault.remove()
  })
})

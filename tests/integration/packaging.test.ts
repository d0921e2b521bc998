// The package as its users have it: packed, installed by npm outside the checkout, and run by its command.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePackage } from '../../scripts/package.ts'
import { type Child, cleanEnvironment, startChild } from '../harness/child.ts'
import { startOpenBao } from '../servers/openbao.ts'
import { borrowDatabase } from '../servers/postgres.ts'

const checkout = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'konfig-packaging-'))
const at = (name: string): string => join(folder, name)
const installed = at('prefix/lib/node_modules/konfig')
const command = at('prefix/bin/konfig')
const children: Child[] = []

/** npm as it was found, under the Node that it came with; not the one that the checkout brought. */
const withoutCheckout = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((each) => !each.startsWith(checkout))
  .join(delimiter)

const npm = (...words: readonly string[]): string => {
  const env = { ...cleanEnvironment(), PATH: withoutCheckout }
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm ${words.join(' ')}:\n${stdout}\n${stderr}`)
  return stdout
}

type Variables = { readonly [name: string]: string }

/** The shell of somebody who installed it: nothing of the checkout but its Node is on PATH, and the home is empty. */
const environment = (variables: Variables): NodeJS.ProcessEnv => ({
  PATH: `${dirname(process.execPath)}${delimiter}${withoutCheckout}`,
  HOME: at('home'),
  ...variables,
})

const konfig = (words: readonly string[], variables: Variables = {}) => {
  const { status, stdout, stderr } = spawnSync(command, words, {
    cwd: folder,
    env: environment(variables),
    encoding: 'utf8',
    timeout: 200_000,
  })
  return { status, output: stdout, errors: stderr }
}

const serve = async (variables: Variables): Promise<{ readonly child: Child; readonly url: string }> => {
  const child = startChild(command, ['serve'], {
    cwd: folder,
    env: environment({ KONFIG_PORT: '0', KONFIG_HOST: '127.0.0.1', ...variables }),
  })
  children.push(child)
  const [, url = ''] = await child.waitFor(/"url":"([^"]+)"/)
  return { child, url }
}

const stop = async (child: Child): Promise<number | null> => {
  child.kill('SIGTERM')
  return child.ended
}

beforeAll(async () => {
  mkdirSync(at('home'))
  await makePackage(at('package'))
  const packed = npm('pack', './package', '--loglevel=error').trim().split('\n').at(-1) ?? ''
  // With a prefix of its own npm would look for this machine's configuration (proxy, authorities) there.
  const configuration = npm('config', 'get', 'globalconfig', '--loglevel=error').trim()
  const where = ['--global', '--prefix', at('prefix'), '--globalconfig', configuration]
  npm('install', ...where, '--no-audit', '--no-fund', '--loglevel=error', at(packed))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true })
})

describe('what is installed', () => {
  it('says its version', () => {
    expect(konfig(['version'])).toEqual({
      status: 0,
      output: `konfig 0.1.0 (Node ${process.version})\n`,
      errors: '',
    })
  })

  it('keeps the compiled form of what it loads in the home of its user', () => {
    expect(existsSync(at('home/.cache/konfig'))).toBe(true)
  })

  it('holds no TypeScript of ours, no path of where it was made, and every licence', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.startsWith('node_modules') && /\.\w+$/.test(name),
    )
    expect(files.filter((name) => name.endsWith('.ts'))).toEqual([])
    const naming = files.filter((name) => readFileSync(join(installed, name), 'utf8').includes(checkout))
    expect(naming).toEqual([])
    const licences = readFileSync(join(installed, 'THIRD-PARTY-LICENCES'), 'utf8')
    for (const name of ['fastify', 'pg', 'commander', 'typebox', 'pino']) expect(licences).toMatch(`\n${name} `)
  })
})

describe('a server of it', () => {
  let first: { readonly url: string; readonly apiKey: string; readonly editorKey: string }
  let owner: { readonly email: string; readonly password: string }
  let child: Child
  let url = ''
  beforeAll(async () => {
    const running = await serve({ KONFIG_DATA: at('data') })
    child = running.child
    url = running.url
    first = JSON.parse(readFileSync(at('data/first-run.json'), 'utf8')) as typeof first & { owner: typeof owner }
    owner = (first as unknown as { owner: typeof owner }).owner
  })
  const asked = (key: string): Variables => ({ KONFIG_URL: url, KONFIG_API_KEY: key, KONFIG_ENVIRONMENT: 'production' })

  it('serves the sample to `konfig get`', () => {
    expect(konfig(['get', 'vets-service/vets.cache.ttl'], asked(first.apiKey))).toEqual({
      status: 0,
      output: '600\n',
      errors: '',
    })
  })

  it('is well, and shows the API with what its page needs', async () => {
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok' })
    const page = await fetch(`${url}/docs/`)
    const [, script = ''] = /src="([^"]+\.js)"/.exec(await page.text()) ?? []
    const loaded = await fetch(new URL(script, page.url))
    expect(loaded.status).toBe(200)
    expect((await loaded.text()).length).toBeGreaterThan(100_000)
    expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ info: { version: '0.1.0' } })
    expect((await fetch(`${url}/docs/problems`)).status).toBe(200)
  })

  it('hashes passwords in its thread', async () => {
    const login = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...owner, tenant: 'petclinic' }),
    })
    expect({ status: login.status, body: await login.json() }).toMatchObject({
      status: 200,
      body: { tenant: 'petclinic' },
    })
  })

  it('reads large files in its thread', () => {
    const lines = Array.from(
      { length: 9000 },
      (_, index) => `section-${index}.key=a value that is of some length ${index}`,
    )
    writeFileSync(at('large.properties'), lines.join('\n'))
    expect(konfig(['import', 'large.properties', '--json'], asked(first.editorKey))).toMatchObject({
      status: 0,
      errors: '',
    })
    expect(konfig(['get', 'large/section-8999.key'], asked(first.apiKey)).output).toContain('length 8999')
  })

  it('takes a change, and explains it', () => {
    expect(konfig(['set', 'vets-service/vets.cache.ttl', '77', '--yes'], asked(first.editorKey))).toMatchObject({
      status: 0,
    })
    const { output } = konfig(['explain', 'vets-service/vets.cache.ttl', '--json'], asked(first.apiKey))
    expect(JSON.parse(output)).toMatchObject({ value: 77 })
  })

  it('names what a refused change broke, with the exit code of its category', () => {
    const refused = konfig(['set', 'platform-defaults/request-timeout-seconds', '600', '--yes'], asked(first.editorKey))
    expect({ status: refused.status, output: refused.output }).toEqual({ status: 7, output: '' })
    expect(refused.errors).toContain('120')
  })

  it('is backed up while it runs, verified, and restored elsewhere with the same values', async () => {
    expect(konfig(['backup', 'create', 'all.backup', '--data', 'data'])).toMatchObject({ status: 0 })
    expect(konfig(['backup', 'verify', 'all.backup', '--data', 'data'])).toMatchObject({ status: 0 })
    mkdirSync(at('restored'), { mode: 0o700 })
    await copyFile(at('data/master.key'), at('restored/master.key'))
    expect(konfig(['backup', 'restore', 'all.backup', '--data', 'restored'])).toMatchObject({ status: 0 })
    const again = await serve({ KONFIG_DATA: at('restored') })
    expect(
      konfig(['get', 'vets-service/vets.cache.ttl'], { ...asked(first.apiKey), KONFIG_URL: again.url }).output,
    ).toBe('77\n')
    expect(await stop(again.child)).toBe(0)
  })

  it('ends when it is told to, and says so', async () => {
    expect(await stop(child)).toBe(0)
    expect(child.output()).toContain('"msg":"Stopped"')
    expect(child.errors()).toBe('')
  })
})

describe('away from one machine', () => {
  it('keeps its journal on PostgreSQL', async () => {
    const database = await borrowDatabase()
    try {
      const { child, url } = await serve({
        KONFIG_DATA: at('node'),
        KONFIG_JOURNAL: database.url,
        KONFIG_JOURNAL_MIGRATE: database.migrateUrl,
        KONFIG_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      })
      expect((await fetch(`${url}/health/ready`)).status).toBe(200)
      expect(child.output()).toContain('"journal":"postgres"')
      expect(await stop(child)).toBe(0)
    } finally {
      await database.drop()
    }
  })

  it('keeps its master key in a Vault', async () => {
    const vault = await startOpenBao()
    try {
      await vault.call('POST', 'transit/keys/konfig', { derived: true })
      const { auth } = (await vault.call('POST', 'auth/token/create', { policies: ['root'] })) as {
        auth: { client_token: string }
      }
      const { child, url } = await serve({
        KONFIG_DATA: at('vaulted'),
        KONFIG_MASTER_VAULT: `${vault.url}/transit/konfig`,
        KONFIG_VAULT_TOKEN: auth.client_token,
      })
      expect((await fetch(`${url}/health/ready`)).status).toBe(200)
      expect(await stop(child)).toBe(0)
    } finally {
      await vault.remove()
    }
  })
})

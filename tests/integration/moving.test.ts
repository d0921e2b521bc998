// Tenants and installations go from one real database to another, as an operator takes them: with nodes running that do not know of it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { ask, loginAs } from '../harness/client.ts'
import { type CommandLine, openCommandLine } from '../harness/command.ts'
import { field, session } from '../harness/session.ts'
import { borrowTable } from '../servers/dynamodb.ts'
import { borrowDatabase as borrowMongodbDatabase } from '../servers/ferretdb.ts'
import { borrowDatabase as borrowMysqlDatabase, type MysqlDatabase } from '../servers/mysql.ts'
import { borrowDatabase, type PostgresDatabase } from '../servers/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-moving-'))
const children: Child[] = []
const master = { KONFIG_MASTER_PASSPHRASE: 'a passphrase that goes along' }
let postgres: PostgresDatabase
let mariadb: MysqlDatabase
let konfig: CommandLine
let nodes: readonly string[] = []
let running: readonly Child[] = []
let login = { email: '', password: '' }
let key = ''

const main = `sqlite:${join(folder, 'main.db')}`
const beside = () => ({
  KONFIG_JOURNALS: `eu=${postgres.url},us=${mariadb.url}`,
  KONFIG_JOURNALS_MIGRATE: `eu=${postgres.migrateUrl},us=${mariadb.migrateUrl}`,
})
const start = async (name: string, journal: string, more: Record<`KONFIG_${string}`, string> = {}): Promise<Child> => {
  mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
  const child = startServer({
    ...master,
    ...beside(),
    KONFIG_JOURNAL: journal,
    KONFIG_DATA: join(folder, name),
    KONFIG_HOST: '127.0.0.1',
    KONFIG_PORT: '0',
    KONFIG_API_KEY_COST: '4',
    KONFIG_DRAIN_SECONDS: '0',
    ...more,
  })
  children.push(child)
  return child
}
const urlOf = async (child: Child): Promise<string> =>
  (await child.waitFor(/"url":"([^"]+)".*"msg":"Listening"/))[1] as string
const end = async (child: Child): Promise<void> => {
  child.kill('SIGTERM')
  await child.ended
}
const as = (url: string) => session({ url }, key)
const write = (url: string, value: number) =>
  as(url)('PUT /namespaces/web/configs/retries', { body: { type: 'number', value } })
const read = async (url: string): Promise<unknown> =>
  field(await as(url)('GET /values/web/retries?environment=dev'), 'value')
const copy = (...words: readonly string[]) =>
  konfig.run(['store', 'copy', ...words], { env: { ...master, ...beside(), KONFIG_DATA: join(folder, 'cli') } })
const move = (from: string, to: string) => copy(from, to, '--tenant', 'acme', '--journal', main, '--yes')
const one = (): string => nodes[0] ?? ''
const two = (): string => nodes[1] ?? ''

beforeAll(async () => {
  postgres = await borrowDatabase()
  mariadb = await borrowMysqlDatabase('mariadb')
  mkdirSync(join(folder, 'cli'), { mode: 0o700 })
  const first = await start('one', main)
  const url = await urlOf(first)
  const [, email = '', password = ''] = /shown this once: (\S+) {2}(\S+)/.exec(first.output()) ?? []
  login = { email, password }
  const second = await start('two', main)
  running = [first, second]
  nodes = [url, await urlOf(second)]
  konfig = openCommandLine(url)
  const world = { url }
  const platform = session(world, await loginAs(world, login.email, undefined, login.password))
  await platform('POST /platform/tenants', { body: { name: 'acme', plan: 'premium' } })
  await platform('POST /platform/tenants', { body: { name: 'globex', plan: 'premium', journal: 'us' } })
  const reply = await platform('POST /auth/token', { body: { tenant: 'acme' } })
  const acting = session(world, field<string>(reply, 'accessToken'))
  await acting('POST /namespaces', { body: { name: 'web' } })
  const made = await acting('POST /api-keys', {
    body: { name: 'deploy', role: 'editor', namespaces: [], environments: [] },
  })
  key = field<string>(made, 'key')
  await write(url, 1)
})
afterAll(async () => {
  await Promise.all(children.map(end))
  konfig.close()
  await postgres.drop()
  await mariadb.drop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a tenant that goes from one database to another while two nodes serve it', () => {
  it.each([
    ['main', 'eu'],
    ['eu', 'us'],
    ['us', 'main'],
  ])('is equal there, and both nodes follow: from %s to %s', async (from, to) => {
    const before = await read(two())
    expect(before).toBe(await read(one()))
    const { code, output, errors } = await move(from, to)
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/^✓ 2 logs, \d+ commits, [\d,]+ resolved values? equal$/m)
    expect(await read(two())).toBe(before)
    const value = Number(before) + 1
    expect((await write(two(), value)).status).toBeLessThan(300)
    expect((await write(one(), value + 1)).status).toBeLessThan(300)
    await expect.poll(() => read(two())).toBe(value + 1)
  })

  it('loses no acknowledged write and answers each with success or a 503 that says when to come back', async () => {
    let done = false
    const statuses = new Set<number>()
    const acknowledged: number[] = []
    const late: unknown[] = []
    const writers = [one(), two()].map(async (url, at) => {
      for (let turn = 0; !done; turn++) {
        const reply = await write(url, 1000 * (at + 1) + turn)
        statuses.add(reply.status)
        if (reply.status < 300) acknowledged.push(field<number>(reply, 'revision'))
        else late.push(reply.headers.get('retry-after'))
      }
    })
    const moved = await move('main', 'eu')
    done = true
    await Promise.all(writers)
    expect(moved).toMatchObject({ code: 0 })
    expect(late.filter((seconds) => !(Number(seconds) > 0))).toEqual([])
    expect([...statuses].filter((status) => status >= 300 && status !== 503)).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    const verified = await as(two())('POST /audit/verify', {})
    expect([200, 403]).toContain(verified.status)
    // The last word may be that of the other node.
    const newest = { 'konfig-min-point': `0-${Math.max(...acknowledged)}` }
    const history = await as(one())('GET /namespaces/web/configs/retries/history?limit=1000', { headers: newest })
    const landed = new Set((field<{ revision: number }[]>(history, 'items') ?? []).map(({ revision }) => revision))
    expect(acknowledged.slice(-200).filter((revision) => !landed.has(revision))).toEqual([])
  })

  it('is followed too where the old journal was erased, and cannot come back there', async () => {
    const before = Number(await read(one()))
    const words = ['--tenant', 'acme', '--journal', main, '--yes']
    const { code, output } = await copy('eu', 'us', ...words, '--erase')
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('✓ Journal eu holds nothing of it but where it went.') as string,
    })
    for (const [at, url] of [two(), one()].entries())
      expect((await write(url, before + at + 1)).status).toBeLessThan(300)
    await expect.poll(() => read(two())).toBe(before + 2)
    const back = await copy('us', 'eu', ...words)
    expect({ code: back.code, errors: back.errors }).toEqual({
      code: 7,
      errors: expect.stringContaining('Journal eu held tenant acme before, and erased it for good') as string,
    })
  })

  it('is refused by a name that is none, before anything is done', async () => {
    const { code, errors } = await move('us', 'asia')
    expect({ code, errors }).toEqual({
      code: 3,
      errors: expect.stringMatching(
        /TO names journal asia; this installation has main, eu, us[^]*KONFIG_JOURNALS here as the nodes have it/,
      ) as string,
    })
  })
})

describe('an installation that goes from one database to another', () => {
  it('is not copied while its nodes run, and is told which', async () => {
    const { code, errors } = await copy(main, `sqlite:${join(folder, 'other.db')}`, '--yes')
    expect({ code, errors }).toEqual({
      code: 7,
      errors: expect.stringMatching(/Nodes run on this installation: (.+, process \d+; )+.+--nodes-stopped/s) as string,
    })
  })

  it('is the same on every backend in turn, and erased in each; where it was says where it went to whoever starts there', async () => {
    for (const child of running) await end(child)
    const targets: readonly {
      readonly url: string
      readonly migrateUrl?: string
      readonly drop: () => Promise<void>
    }[] = [
      await borrowDatabase(),
      await borrowMysqlDatabase('mariadb'),
      await borrowMongodbDatabase(),
      await borrowTable(),
    ]
    const told = new Set<string>()
    let from = main
    for (const { url, migrateUrl } of targets) {
      const env = { ...master, ...beside(), KONFIG_DATA: join(folder, 'cli') }
      const words = ['store', 'copy', from, url, '--yes', '--erase']
      const ran = await konfig.run(words, {
        env: migrateUrl === undefined ? env : { ...env, KONFIG_JOURNAL_MIGRATE: migrateUrl },
      })
      expect(ran).toMatchObject({ code: 0, output: expect.stringContaining('holds nothing but where') as string })
      told.add(/[\d,]+ resolved values equal/.exec(ran.output)?.[0] ?? ran.output)
      from = url
    }
    expect(told.size).toBe(1)
    const child = await start('three', from)
    const url = await urlOf(child)
    expect(await read(url)).toEqual(expect.any(Number))
    expect((await write(url, 5)).status).toBeLessThan(300)
    expect((await ask({ url }, { method: 'GET', path: '//health' })).json).toMatchObject({
      checks: { journals: { eu: 'ok', us: 'ok' } },
    })
    await end(child)
    for (const old of [main, targets[0]?.url ?? '']) {
      const refused = await start('old', old)
      expect(await refused.ended).toBe(1)
      expect(refused.errors()).toMatch(
        /This installation was moved to (postgres|mysql):\/\/[^@]+; start its nodes there/,
      )
    }
    for (const { drop } of targets) await drop()
  })
})

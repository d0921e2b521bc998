// Opening: who may, what is made, what is refused, and in which words.
import { CannotOpen } from '@konfig/journal'
import { codeOf } from '@konfig/journal/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { borrowDatabase, type PostgresDatabase, query } from '../../../tests/servers/postgres.ts'
import { type Opened, openPostgres } from './open.ts'

const clock = { now: Date.now }
const batch = (first: number, log = 'log') => ({ log, first, last: first, payload: Buffer.from(`payload ${first}`) })

const databases: PostgresDatabase[] = []
const opened: Opened[] = []
const empty = async (): Promise<PostgresDatabase> => {
  const database = await borrowDatabase()
  databases.push(database)
  return database
}
const open = async (url: string, migrateUrl?: string): Promise<Opened> => {
  const one = await openPostgres({ url, migrateUrl, clock })
  opened.push(one)
  return one
}
const refusal = async (opening: Promise<unknown>): Promise<string> => {
  const reason = await opening.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(reason).toBeInstanceOf(CannotOpen)
  return (reason as Error).message
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ journal }) => journal.close()))
  await Promise.all(databases.splice(0).map(({ drop }) => drop()))
})

describe('opening a database', () => {
  it('makes the tables as their owner, lets the other role in, and finds everything again without the owner', async () => {
    const { url, migrateUrl } = await empty()
    const first = await open(url, migrateUrl)
    expect(first.warnings).toEqual([])
    expect(await first.journal.append([batch(1)])).toEqual(['landed'])
    const second = await open(url)
    expect(await second.journal.head('log')).toBe(1)
  })

  it('may be done by many nodes at once on an empty database', async () => {
    const { url, migrateUrl } = await empty()
    const nodes = await Promise.all(Array.from({ length: 6 }, () => open(url, migrateUrl)))
    const landings = await Promise.all(nodes.map(({ journal }) => journal.append([batch(1)])))
    expect(landings.flat()).toEqual(nodes.map(() => 'landed'))
  })

  it('warns where one role owns the tables and works with them', async () => {
    const { migrateUrl } = await empty()
    const { warnings, journal } = await open(migrateUrl)
    expect(warnings).toEqual([expect.stringContaining('owns its tables')])
    expect(await journal.append([batch(1)])).toEqual(['landed'])
  })

  it('refuses a newer format, names it, and changes nothing', async () => {
    const { url, migrateUrl } = await empty()
    await open(url, migrateUrl)
    await query(migrateUrl, "INSERT INTO konfig.migrations VALUES ('0007-later', '')")
    for (const owner of [migrateUrl, undefined])
      await expect(openPostgres({ url, migrateUrl: owner, clock })).rejects.toMatchObject({
        failure: { code: 'journal_newer', data: { found: 7 } },
      })
  })

  it('refuses tables of an older format where it may not bring them up to date', async () => {
    const { url, migrateUrl } = await empty()
    await open(url, migrateUrl)
    await query(migrateUrl, 'DELETE FROM konfig.migrations')
    expect(await refusal(openPostgres({ url, clock }))).toContain('KONFIG_JOURNAL_MIGRATE')
  })

  it('refuses a superuser, for whom row-level security would not hold', async () => {
    const { superUrl } = await empty()
    expect(await refusal(openPostgres({ url: superUrl, clock }))).toContain('superuser')
  })

  it('says which right is missing', async () => {
    const { url, migrateUrl } = await empty()
    expect(await refusal(openPostgres({ url, clock }))).toContain('has no tables of Konfig')
    await open(migrateUrl)
    expect(await refusal(openPostgres({ url, clock }))).toContain('may not read and write the tables')
  })

  it('says that role or password are wrong, and that there is no such database, and repeats no password', async () => {
    const { url } = await empty()
    const stranger = new URL(url)
    stranger.username = 'stranger'
    stranger.password = 'secret'
    const nowhere = new URL(url)
    nowhere.pathname = '/nowhere'
    nowhere.password = 'secret'
    const said = [
      await refusal(openPostgres({ url: stranger.href, clock })),
      await refusal(openPostgres({ url: nowhere.href, clock })),
    ]
    expect(said).toEqual([
      expect.stringContaining('refuses the role or the password of KONFIG_JOURNAL'),
      expect.stringContaining('has no database'),
    ])
    expect(said.join()).not.toContain('secret')
  })

  it('says unavailable where no server answers', async () => {
    expect(await codeOf(openPostgres({ url: 'postgres://konfig@127.0.0.1:1/konfig', clock }))).toBe('unavailable')
  })
})

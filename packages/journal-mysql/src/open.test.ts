// Opening: who may, what is made, what is refused, and in which words.
import { CannotOpen } from '@konfig/journal'
import { codeOf } from '@konfig/journal/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { borrowDatabase, kinds, type MysqlDatabase, query } from '../../../tests/servers/mysql.ts'
import { type Opened, openMysql } from './open.ts'

const clock = { now: Date.now }
const batch = (first: number, log = 'log') => ({ log, first, last: first, payload: Buffer.from(`payload ${first}`) })

const databases: MysqlDatabase[] = []
const opened: Opened[] = []
let empty: () => Promise<MysqlDatabase>
const emptyOn = async (kind: (typeof kinds)[number]): Promise<MysqlDatabase> => {
  const database = await borrowDatabase(kind)
  databases.push(database)
  return database
}
const open = async (url: string, migrateUrl?: string): Promise<Opened> => {
  const one = await openMysql({ url, migrateUrl, clock })
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

describe.each(kinds)('opening a database on %s', (kind) => {
  beforeEach(() => {
    empty = () => emptyOn(kind)
  })

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

  it('may be done with one role for both', async () => {
    const { migrateUrl } = await empty()
    const { warnings, journal } = await open(migrateUrl)
    expect(warnings).toEqual([])
    expect(await journal.append([batch(1)])).toEqual(['landed'])
  })

  it('refuses a newer format, names it, and changes nothing', async () => {
    const { url, migrateUrl } = await empty()
    await open(url, migrateUrl)
    await query(migrateUrl, "INSERT INTO konfig_migrations VALUES ('0007-later')")
    for (const owner of [migrateUrl, undefined])
      await expect(openMysql({ url, migrateUrl: owner, clock })).rejects.toMatchObject({
        failure: { code: 'journal_newer', data: { found: 7 } },
      })
  })

  it('refuses tables of an older format where it may not bring them up to date', async () => {
    const { url, migrateUrl } = await empty()
    await open(url, migrateUrl)
    await query(migrateUrl, 'DELETE FROM konfig_migrations')
    expect(await refusal(openMysql({ url, clock }))).toContain('KONFIG_JOURNAL_MIGRATE')
  })

  it('finishes what a node that died half way through had begun', async () => {
    const { url, migrateUrl } = await empty()
    await query(migrateUrl, 'CREATE TABLE konfig_settling (slot TINYINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL)')
    const { journal } = await open(url, migrateUrl)
    expect(await journal.append([batch(1)])).toEqual(['landed'])
  })

  it('says which right is missing', async () => {
    const { url, migrateUrl, superUrl } = await empty()
    expect(await refusal(openMysql({ url, clock }))).toContain('has no tables of Konfig')
    await open(migrateUrl)
    const role = new URL(url).username
    await query(superUrl, `REVOKE DELETE ON ${role}.* FROM ${role}`)
    expect(await refusal(openMysql({ url, clock }))).toContain('may not read and write the tables')
  })

  it('says that role or password are wrong, and that there is no such database, and repeats no password', async () => {
    const { url } = await empty()
    const stranger = new URL(url)
    stranger.username = 'stranger'
    stranger.password = 'secret'
    const nowhere = new URL(url)
    nowhere.pathname = '/nowhere'
    const said = [
      await refusal(openMysql({ url: stranger.href, clock })),
      await refusal(openMysql({ url: nowhere.href, clock })),
    ]
    expect(said).toEqual([
      expect.stringContaining('refuses the role or the password of KONFIG_JOURNAL'),
      expect.stringContaining('or there is no such database'),
    ])
    expect(said.join()).not.toContain('secret')
  })

  it('says unavailable where no server answers', async () => {
    expect(await codeOf(openMysql({ url: 'mysql://konfig@127.0.0.1:1/konfig', clock }))).toBe('unavailable')
  })
})

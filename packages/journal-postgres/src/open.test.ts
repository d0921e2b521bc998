// Opening: who may, what is made, what is refused, and in which words.
import type { Opened } from '@konfig/journal'
import { refusalOf, tablesContract } from '@konfig/journal/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { borrowDatabase, type PostgresDatabase, query } from '../../../tests/servers/postgres.ts'
import { openPostgres } from './open.ts'

const open = (url: string, migrateUrl?: string): Promise<Opened> =>
  openPostgres({ url, migrateUrl, clock: { now: Date.now } })
const changed = (url: string, change: Partial<URL>): string => Object.assign(new URL(url), change).href

tablesContract<PostgresDatabase>('postgres', {
  empty: borrowDatabase,
  open: ({ url, migrateUrl }) => open(url, migrateUrl),
  openMade: ({ url }) => open(url),
  nameOf: ({ url }) => new URL(url).host + new URL(url).pathname,
  warnings: [],
  makeHalf: ({ migrateUrl }) => query(migrateUrl, 'CREATE SCHEMA konfig'),
  makeNewer: ({ migrateUrl }) => query(migrateUrl, "INSERT INTO konfig.migrations VALUES ('0007-later', '')"),
  makeOlder: ({ migrateUrl }) => query(migrateUrl, 'DELETE FROM konfig.migrations'),
  alter: ({ migrateUrl }) => query(migrateUrl, 'ALTER TABLE konfig.batches RENAME COLUMN digest TO fingerprint'),
  formatsOf: ({ superUrl }) => query(superUrl, 'SELECT * FROM konfig.migrations ORDER BY name'),
  wrong: async function* ({ url }) {
    const stranger = changed(url, { username: 'stranger', password: 'secret' })
    yield { open: () => open(stranger), said: 'refuses the role or the password of KONFIG_JOURNAL.' }
    yield { open: () => open(url, stranger), said: 'the password of KONFIG_JOURNAL_MIGRATE.' }
    yield { open: () => open(changed(url, { pathname: '/nowhere', password: 'secret' })), said: 'has no database' }
  },
  lacking: async function* ({ url, migrateUrl }) {
    yield { open: () => open(url), said: 'has no tables of Konfig' }
    await (await open(migrateUrl)).journal.close()
    yield { open: () => open(url), said: 'may not read and write the tables' }
  },
  nowhere: () => open('postgres://konfig@127.0.0.1:1/konfig'),
})

describe('a role', () => {
  let database: PostgresDatabase | undefined
  afterEach(() => database?.drop())

  it('that owns the tables and works with them is warned of', async () => {
    database = await borrowDatabase()
    const { warnings, journal } = await open(database.migrateUrl)
    expect(warnings).toEqual([expect.stringContaining('owns its tables')])
    expect(await journal.append([{ log: 'log', first: 1, last: 1, payload: Buffer.from('x') }])).toEqual(['landed'])
    await journal.close()
  })

  it('of a superuser is refused, since row-level security would not hold for it', async () => {
    database = await borrowDatabase()
    expect(await refusalOf(open(database.superUrl))).toContain('superuser')
  })
})

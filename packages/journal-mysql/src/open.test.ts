// Opening: who may, what is made, what is refused, and in which words.
import type { Opened } from '@konfig/journal'
import { tablesContract } from '@konfig/journal/contract'
import { expect, it } from 'vitest'
import { borrowDatabase, kinds, type MysqlDatabase, query } from '../../../tests/servers/mysql.ts'
import { openMysql } from './open.ts'

const open = (url: string, migrateUrl?: string): Promise<Opened> =>
  openMysql({ url, migrateUrl, clock: { now: Date.now } })
const changed = (url: string, change: Partial<URL>): string => Object.assign(new URL(url), change).href

for (const kind of kinds)
  tablesContract<MysqlDatabase>(kind, {
    empty: () => borrowDatabase(kind),
    open: ({ url, migrateUrl }) => open(url, migrateUrl),
    openMade: ({ url }) => open(url),
    nameOf: ({ url }) => new URL(url).host + new URL(url).pathname,
    warnings: [],
    makeHalf: ({ migrateUrl }) =>
      query(migrateUrl, 'CREATE TABLE konfig_settling (slot TINYINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL)'),
    makeNewer: ({ migrateUrl }) => query(migrateUrl, "INSERT INTO konfig_migrations VALUES ('0007-later')"),
    makeOlder: ({ migrateUrl }) => query(migrateUrl, 'DELETE FROM konfig_migrations'),
    alter: ({ migrateUrl }) =>
      query(migrateUrl, 'ALTER TABLE konfig_batches CHANGE COLUMN digest fingerprint VARBINARY(32) NOT NULL'),
    formatsOf: ({ superUrl }) => query(superUrl, 'SELECT * FROM konfig_migrations ORDER BY name'),
    wrong: async function* ({ url }) {
      const stranger = changed(url, { username: 'stranger', password: 'secret' })
      yield { open: () => open(stranger), said: 'refuses the role or the password of KONFIG_JOURNAL,' }
      yield { open: () => open(url, stranger), said: 'the password of KONFIG_JOURNAL_MIGRATE,' }
      yield { open: () => open(changed(url, { pathname: '/nowhere' })), said: 'or there is no such database' }
    },
    lacking: async function* ({ url, migrateUrl, superUrl }) {
      yield { open: () => open(url), said: 'has no tables of Konfig' }
      await (await open(migrateUrl)).journal.close()
      const role = new URL(url).username
      await query(superUrl, `REVOKE DELETE ON ${role}.* FROM ${role}`)
      yield { open: () => open(url), said: 'may not read and write the tables' }
    },
    nowhere: () => open('mysql://konfig@127.0.0.1:1/konfig'),
  })

it.each(kinds)('opening a database on %s may be done with one role for both', async (kind) => {
  const database = await borrowDatabase(kind)
  const { warnings, journal } = await open(database.migrateUrl)
  expect(warnings).toEqual([])
  expect(await journal.append([{ log: 'log', first: 1, last: 1, payload: Buffer.from('x') }])).toEqual(['landed'])
  await journal.close()
  await database.drop()
})

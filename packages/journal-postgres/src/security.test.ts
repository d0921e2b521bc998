// Row-level security: what the database itself withholds, whatever the adapter asks.
import type { Opened } from '@konfig/journal'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, type PostgresDatabase, query } from '../../../tests/servers/postgres.ts'
import { openPostgres } from './open.ts'

let database: PostgresDatabase
let opened: Opened
const own = 'tenant-acme'
const other = 'tenant-globex'
const guarded = ['payloads', 'snapshots', 'snapshot_parts'] as const

beforeAll(async () => {
  database = await borrowDatabase()
  opened = await openPostgres({ ...database, clock: { now: Date.now } })
  for (const log of [own, other]) {
    await opened.journal.append([{ log, first: 1, last: 1, payload: Buffer.from(`sealed of ${log}`) }])
    await opened.journal.saveSnapshot({ log, revision: 1, parts: [Buffer.from(`snapshot of ${log}`)] })
  }
})
afterAll(async () => {
  await opened.journal.close()
  await database.drop()
})

/** In one transaction that names these logs. */
const within = async (url: string, named: readonly string[], text: string): Promise<readonly pg.QueryResultRow[]> => {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query("SELECT set_config('konfig.logs', $1, true)", [named.join('\n')])
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe.each(guarded)('the table %s', (table) => {
  describe.each(['url', 'migrateUrl'] as const)('as the role of %s', (role) => {
    it('shows and gives up no row to a statement that names no log', async () => {
      const url = database[role]
      expect(await query(url, `SELECT log FROM konfig.${table}`)).toEqual([])
      await query(url, `UPDATE konfig.${table} SET log = 'taken'; DELETE FROM konfig.${table}`)
      expect(await within(url, [own, other], `SELECT DISTINCT log FROM konfig.${table}`)).toHaveLength(2)
    })

    it('shows the logs that are named, and no other', async () => {
      const url = database[role]
      const all = `SELECT DISTINCT log FROM konfig.${table} ORDER BY log`
      expect(await within(url, [own], all)).toEqual([{ log: own }])
      expect(await within(url, [own, other], all)).toEqual([{ log: own }, { log: other }])
      expect(await within(url, [own], `SELECT log FROM konfig.${table} WHERE log = '${other}'`)).toEqual([])
    })

    it('takes no row of a log that is not named', async () => {
      await expect(within(database[role], [own], `UPDATE konfig.${table} SET log = '${other}'`)).rejects.toThrow(
        'violates row-level security policy',
      )
    })
  })
})

describe('the role that works with the tables', () => {
  it.each([
    'ALTER TABLE konfig.payloads DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE konfig.payloads NO FORCE ROW LEVEL SECURITY',
    'DROP POLICY named_logs ON konfig.payloads',
    'DROP TABLE konfig.batches',
    'TRUNCATE konfig.payloads',
    'CREATE TABLE konfig.mine ()',
    "UPDATE konfig.migrations SET name = 'x'",
  ])('may not %s', async (text) => {
    await expect(query(database.url, text)).rejects.toMatchObject({ code: '42501' })
  })

  it('finds no content in the table that shows the heads of all logs', async () => {
    const rows = await query(database.url, 'SELECT * FROM konfig.batches WHERE log = $1', [other])
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['changed', 'checkpoint', 'digest', 'first', 'last', 'log'])
  })

  it('names a log for one transaction, and nothing stays behind on the connection', async () => {
    const single = new URL(database.url)
    single.searchParams.set('connections', '2')
    const { journal } = await openPostgres({ url: single.href, clock: { now: Date.now } })
    await Promise.all(Array.from({ length: 10 }, () => journal.read(own, 0, 10)))
    const seen = await query<{ state: string }>(
      database.superUrl,
      "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'konfig'",
    )
    expect(seen.filter(({ state }) => state !== 'idle')).toEqual([])
    await journal.close()
  })
})

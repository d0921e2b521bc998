// The PostgreSQL adapters against both contract suites. Frozen by a lock that another holds; cut by a proxy that loses the answer.
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { borrowDatabase, type PostgresDatabase, query } from '../../../tests/servers/postgres.ts'
import { openProxy, type Proxy } from '../../../tests/servers/proxy.ts'
import { openPostgres } from './open.ts'

let database: PostgresDatabase
let proxy: Proxy
let url = ''

beforeAll(async () => {
  database = await borrowDatabase()
  proxy = await openProxy(Number(new URL(database.url).port))
  const throughProxy = new URL(database.url)
  throughProxy.port = String(proxy.port)
  url = throughProxy.href
  await (await open({ now: Date.now })).journal.close()
})
afterAll(async () => {
  await proxy.close()
  await database.drop()
})

const tables = ['batches', 'payloads', 'snapshots', 'snapshot_parts', 'records'].map((table) => `konfig.${table}`)
/** The names under which a write is prepared; they go with each request. */
const writes = ['append-one', 'append-many', 'create-record', 'replace-record', 'delete-record']

const levers = {
  reset: async () => {
    await query(database.migrateUrl, `TRUNCATE ${tables.join(', ')}`)
  },
  freeze: async () => {
    const other = new pg.Client(database.migrateUrl)
    other.on('error', () => undefined)
    await other.connect()
    await other.query(`BEGIN; LOCK TABLE ${tables.join(', ')} IN EXCLUSIVE MODE`)
    return () => other.end()
  },
  cut: async () => proxy.cut((bytes) => writes.some((name) => bytes.includes(name))),
}

const open = (clock: Clock, patience = 30_000) =>
  openPostgres({ url, migrateUrl: database.migrateUrl, clock, patience })

journalContract('postgres', { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
recordsContract('postgres', { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })

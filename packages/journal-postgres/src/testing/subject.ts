// Both contract suites on a server, or on one and its standby. Frozen by a lock that another holds; cut by a proxy that loses the answer.
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type PostgresDatabase, query } from '../../../../tests/servers/postgres.ts'
import { cutFirst, inRotation, openProxy, type Proxy } from '../../../../tests/servers/proxy.ts'
import { openPostgres } from '../open.ts'

const tables = ['batches', 'payloads', 'snapshots', 'snapshot_parts', 'records'].map((table) => `konfig.${table}`)
/** The names under which a write is prepared; they go with each request. */
const writes = ['append-one', 'append-many', 'create-record', 'replace-record', 'delete-record']

/** A database, and the ports of all servers that offer it: each opening begins with another one. */
export interface Offered {
  readonly database: Pick<PostgresDatabase, 'url' | 'migrateUrl'>
  readonly ports: readonly number[]
  readonly remove: () => Promise<void>
}

export const contractsOn = (name: string, offer: () => Promise<Offered>): void => {
  let offered: Offered
  let proxies: readonly Proxy[] = []
  let nextUrl = (): string => ''

  const open = (clock: Clock, patience = 30_000) =>
    openPostgres({ url: nextUrl(), migrateUrl: offered.database.migrateUrl, clock, patience })

  beforeAll(async () => {
    offered = await offer()
    proxies = await Promise.all(offered.ports.map(openProxy))
    nextUrl = inRotation(offered.database.url, proxies)
    await (await open({ now: Date.now })).journal.close()
  })
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await offered.remove()
  })

  const levers = {
    reset: async () => {
      await query(offered.database.migrateUrl, `TRUNCATE ${tables.join(', ')}`)
    },
    freeze: async () => {
      const other = new pg.Client(offered.database.migrateUrl)
      other.on('error', () => undefined)
      await other.connect()
      await other.query(`BEGIN; LOCK TABLE ${tables.join(', ')} IN EXCLUSIVE MODE`)
      return () => other.end()
    },
    cut: async () => cutFirst(proxies, (bytes) => writes.some((write) => bytes.includes(write))),
  }

  journalContract(name, { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
  recordsContract(name, { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })
}

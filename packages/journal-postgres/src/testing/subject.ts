// Both contract suites on a server, or on one and its standby. Frozen by a lock that another holds; cut by a proxy that loses the answer.
import pg from 'pg'
import { contractsThroughProxies, type Offered } from '../../../../tests/servers/contracts.ts'
import { query } from '../../../../tests/servers/postgres.ts'
import { openPostgres } from '../open.ts'

const tables = ['batches', 'payloads', 'snapshots', 'snapshot_parts', 'records'].map((table) => `konfig.${table}`)
/** The names under which a write is prepared; they go with each request. */
const names = ['append-one', 'append-after', 'append-many', 'create-record', 'replace-record', 'delete-record']

export const contractsOn = (name: string, offer: () => Promise<Offered>): void =>
  contractsThroughProxies(name, offer, {
    open: openPostgres,
    reset: async ({ database }) => {
      await query(database.migrateUrl, `TRUNCATE ${tables.join(', ')}`)
    },
    freeze: async ({ database }) => {
      const other = new pg.Client(database.migrateUrl)
      other.on('error', () => undefined)
      await other.connect()
      await other.query(`BEGIN; LOCK TABLE ${tables.join(', ')} IN EXCLUSIVE MODE`)
      return () => other.end()
    },
    writes: (bytes) => names.some((write) => bytes.includes(write)),
  })

// A tenant of 100,000 keys that nobody holds is loaded from its snapshot: on each database server, against SQLite in the same run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal, Records } from '@konfig/journal'
import { openDynamodb } from '@konfig/journal-dynamodb'
import { openMongodb } from '@konfig/journal-mongodb'
import { openMysql } from '@konfig/journal-mysql'
import { openPostgres } from '@konfig/journal-postgres'
import { openSqlite } from '@konfig/journal-sqlite'
import { openInstallationOn, ports as clock } from '../../tests/harness/installation.ts'
import { nameTable, startDynamodb } from '../../tests/servers/dynamodb.ts'
import { createDatabase as createMongodb, startFerretdb } from '../../tests/servers/ferretdb.ts'
import { startMariadb } from '../../tests/servers/mariadb.ts'
import { createDatabase as createMysql, type MysqlServer, startMysql } from '../../tests/servers/mysql.ts'
import { createDatabase, startPostgres } from '../../tests/servers/postgres.ts'
import { atMost, type Case, type Figure } from '../figure.ts'
import { median } from '../load/processes.ts'
import { seedOn } from '../world/seed.ts'

const keys = 100_000
const rounds = 5
const world = {
  name: 'cold',
  tenants: 1,
  namespaces: Array.from({ length: 10 }, (_, index) => ({ name: `namespace-${index}`, keys: keys / 10 })),
  snapshots: true,
}

interface Store {
  readonly open: () => Promise<{ readonly journal: Journal; readonly records: Records }>
  readonly remove: () => Promise<void>
}

const onSqlite = async (): Promise<Store> => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-bench-'))
  return {
    open: () => openSqlite({ path: join(folder, 'konfig.db'), clock }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

const onMysql = async (server: MysqlServer): Promise<Store> => {
  const database = await createMysql(server)
  return { open: () => openMysql({ ...database, clock }), remove: server.remove }
}

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  PostgreSQL: async () => {
    const server = await startPostgres({ durable: true })
    const database = await createDatabase(server)
    return { open: () => openPostgres({ ...database, clock }), remove: server.remove }
  },
  MariaDB: async () => onMysql(await startMariadb()),
  MySQL: async () => onMysql(await startMysql()),
  'the MongoDB wire (FerretDB)': async () => {
    const server = await startFerretdb({ durable: true })
    const database = await createMongodb(server)
    return { open: () => openMongodb({ url: database.url, clock }), remove: server.remove }
  },
  'DynamoDB Local': async () => {
    const server = await startDynamodb()
    const table = nameTable(server)
    return {
      open: () => openDynamodb({ url: table.url, clock }),
      remove: async () => {
        table.client.destroy()
        await server.remove()
      },
    }
  },
}

/** Seconds until the state is there, in a node that has just opened the store. */
const load = async ({ open }: Store): Promise<number> => {
  const { app, close } = await openInstallationOn(await open())
  const tenant = await app.directory.find('tenant-0')
  if (tenant === undefined) throw new Error('there is no tenant-0')
  const began = performance.now()
  const held = await app.logs.hold(tenant.config)
  const seconds = (performance.now() - began) / 1000
  if (held.commitsSinceSnapshot() !== 0) throw new Error('the tenant did not come from its snapshot')
  await close()
  return seconds
}

const seeded = async (make: () => Promise<Store>, say: (line: string) => void): Promise<Store> => {
  const store = await make()
  await seedOn(await openInstallationOn(await store.open()), world, say)
  return store
}

export const coldLoad: Case = async (say) => {
  const sqlite = await seeded(onSqlite, say)
  const figures: Figure[] = []
  for (const [name, make] of Object.entries(stores)) {
    const store = await seeded(make, say)
    await load(store)
    const ratios: number[] = []
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++) {
      const floor = await load(sqlite)
      const own = await load(store)
      seconds.push(own)
      ratios.push(own / floor)
    }
    await store.remove()
    say(`cold load: ${name} ${median(seconds).toFixed(2)} s, ${median(ratios).toFixed(2)} x SQLite`)
    figures.push(
      atMost(
        `cold load of ${keys} keys, ${name}`,
        median(ratios),
        3,
        'times SQLite',
        'one tenant from its snapshot into a node that has just started, alternating rounds, median of their ratios',
      ),
    )
  }
  await sqlite.remove()
  return figures
}

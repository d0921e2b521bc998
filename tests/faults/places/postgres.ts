// Three nodes on a PostgreSQL, through a proxy.
import { createDatabase, query, startPostgres } from '../../servers/postgres.ts'
import { openProxy } from '../../servers/proxy.ts'
import { openBase } from './ground.ts'
import { type Place, through } from './place.ts'

const diskMegabytes = 400

export const openPostgresPlace = async (): Promise<Place> => {
  const base = openBase(diskMegabytes)
  const server = await startPostgres({
    durable: true,
    ground: base.ground(['max_wal_size=64MB', 'min_wal_size=32MB', 'checkpoint_timeout=30s']),
  })
  const database = await createDatabase(server)
  const proxy = await openProxy(server.port)
  return {
    backend: 'postgres',
    optionsOf: () => ({
      KONFIG_JOURNAL: through(database.url, proxy),
      KONFIG_JOURNAL_MIGRATE: through(database.migrateUrl, proxy),
    }),
    nodes: 3,
    nodeMachine: base.nodeMachine,
    diskMachine: base.serverMachine,
    disk: base.disk ?? 'not mounted',
    database: {
      ...server,
      answers: async () => (await query(database.superUrl, 'SELECT 1')).length === 1,
    },
    proxy,
    remove: async () => {
      await proxy.close()
      await server.remove()
      base.remove()
    },
  }
}

// Three nodes on FerretDB, which speaks the protocol of MongoDB and keeps everything in a PostgreSQL of its own, through a proxy.
import { createDatabase, startFerretdb, withClient } from '../../servers/ferretdb.ts'
import { query, startPostgres } from '../../servers/postgres.ts'
import { openProxy } from '../../servers/proxy.ts'
import { openBase } from './ground.ts'
import { type Place, through } from './place.ts'

const diskMegabytes = 400

export const openMongodbPlace = async (): Promise<Place> => {
  const base = openBase(diskMegabytes)
  const store = await startPostgres({ durable: true, ground: base.ground(['max_wal_size=64MB', 'min_wal_size=32MB']) })
  const server = await startFerretdb({ on: store })
  const database = await createDatabase(server)
  const proxy = await openProxy(server.port)
  return {
    backend: 'mongodb',
    optionsOf: () => ({ KONFIG_JOURNAL: through(database.url, proxy) }),
    nodes: 3,
    nodeMachine: base.nodeMachine,
    diskMachine: base.serverMachine,
    disk: base.disk ?? 'not mounted',
    database: {
      stop: async () => {
        await server.stop()
        await store.stop()
      },
      crash: async () => {
        await server.crash()
        await store.crash()
      },
      start: async () => {
        await store.start()
        await server.start()
      },
      freeze: server.freeze,
      // It answers much from memory while its PostgreSQL is away, so that is asked too.
      answers: async () => {
        await query(server.store, 'SELECT 1')
        return withClient(database.url, async (client) => (await client.db().command({ ping: 1 }))['ok'] === 1)
      },
    },
    proxy,
    remove: async () => {
      await proxy.close()
      await server.crash()
      await store.remove()
      base.remove()
    },
  }
}

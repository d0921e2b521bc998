// Three nodes on a MySQL or a MariaDB, through a proxy.
import { startMariadb } from '../../servers/mariadb.ts'
import {
  createDatabase,
  type Kind,
  type MysqlOptions,
  type MysqlServer,
  query,
  startMysql,
} from '../../servers/mysql.ts'
import { openProxy } from '../../servers/proxy.ts'
import { openBase } from './ground.ts'
import { type Place, through } from './place.ts'

const diskMegabytes = 700
const settings = ['--innodb-log-file-size=16M']

const starters: { readonly [Name in Kind]: (options: MysqlOptions) => Promise<MysqlServer> } = {
  mariadb: startMariadb,
  mysql: startMysql,
}

export const openMysqlPlace = async (kind: Kind): Promise<Place> => {
  const base = openBase(diskMegabytes)
  const server = await starters[kind]({ durable: true, ground: base.ground(settings) })
  const database = await createDatabase(server)
  const proxy = await openProxy(server.port)
  return {
    backend: kind,
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

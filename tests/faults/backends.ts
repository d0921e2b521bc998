// Which places there are, by name. Each is loaded only when it is run on.
import { beside } from './places/beside.ts'
import type { Place } from './places/place.ts'
import { withWorkers } from './places/workers.ts'

type Openers = { readonly [backend: string]: () => Promise<Place> }

const single: Openers = {
  sqlite: async () => (await import('./places/sqlite.ts')).openSqlitePlace(),
  postgres: async () => (await import('./places/postgres.ts')).openPostgresPlace(),
  mariadb: async () => (await import('./places/mysql.ts')).openMysqlPlace('mariadb'),
  mysql: async () => (await import('./places/mysql.ts')).openMysqlPlace('mysql'),
  mongodb: async () => (await import('./places/mongodb.ts')).openMongodbPlace(),
  dynamodb: async () => (await import('./places/dynamodb.ts')).openDynamodbPlace(),
  'postgres-standby': async () => (await import('./places/postgres-standby.ts')).openStandbyPlace(),
  galera: async () => (await import('./places/galera.ts')).openGaleraPlace(),
}

const open = (backend: string): Promise<Place> => {
  const opener = single[backend]
  if (opener === undefined) throw new Error(`there is no place ${backend}`)
  return opener()
}
/** Nodes of several workers. */
const workersOn = (backend: string) => async (): Promise<Place> => withWorkers(await open(backend))
/** The clients' tenant in a journal of its own. */
const tenantIn = (theirs: string, platform: string) => async (): Promise<Place> =>
  beside(await open(theirs), await open(platform))

/** Those of the short form. */
export const shortOnes: Openers = {
  ...single,
  'sqlite-workers': workersOn('sqlite'),
  'postgres-beside-sqlite': tenantIn('postgres', 'sqlite'),
}

export const openers: Openers = {
  ...shortOnes,
  'postgres-workers': workersOn('postgres'),
  'mariadb-beside-postgres': tenantIn('mariadb', 'postgres'),
}

// Which places there are, by name. Each is loaded only when it is run on.
import { beside } from './places/beside.ts'
import type { Place } from './places/place.ts'
import { withWorkers } from './places/workers.ts'

export type Openers = { readonly [backend: string]: () => Promise<Place> }

/** One database server, or a file. */
export const single: Openers = {
  sqlite: async () => (await import('./places/sqlite.ts')).openSqlitePlace(),
  postgres: async () => (await import('./places/postgres.ts')).openPostgresPlace(),
  mariadb: async () => (await import('./places/mysql.ts')).openMysqlPlace('mariadb'),
  mysql: async () => (await import('./places/mysql.ts')).openMysqlPlace('mysql'),
  mongodb: async () => (await import('./places/mongodb.ts')).openMongodbPlace(),
  dynamodb: async () => (await import('./places/dynamodb.ts')).openDynamodbPlace(),
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

/** Several servers, several workers, several journals. */
export const several: Openers = {
  'postgres-standby': async () => (await import('./places/postgres-standby.ts')).openStandbyPlace(),
  galera: async () => (await import('./places/galera.ts')).openGaleraPlace(),
  'sqlite-workers': workersOn('sqlite'),
  'postgres-beside-sqlite': tenantIn('postgres', 'sqlite'),
}

/** All, with those that only the long form has. */
export const openers: Openers = {
  ...single,
  ...several,
  'postgres-workers': workersOn('postgres'),
  'mariadb-beside-postgres': tenantIn('mariadb', 'postgres'),
}

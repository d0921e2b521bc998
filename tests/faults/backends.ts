// Which places there are, by name. Each is loaded only when it is run on.
import type { Place } from './places/place.ts'

export const openers: { readonly [backend: string]: () => Promise<Place> } = {
  sqlite: async () => (await import('./places/sqlite.ts')).openSqlitePlace(),
  postgres: async () => (await import('./places/postgres.ts')).openPostgresPlace(),
  mariadb: async () => (await import('./places/mysql.ts')).openMysqlPlace('mariadb'),
  mysql: async () => (await import('./places/mysql.ts')).openMysqlPlace('mysql'),
  mongodb: async () => (await import('./places/mongodb.ts')).openMongodbPlace(),
  dynamodb: async () => (await import('./places/dynamodb.ts')).openDynamodbPlace(),
  'postgres-standby': async () => (await import('./places/postgres-standby.ts')).openStandbyPlace(),
  galera: async () => (await import('./places/galera.ts')).openGaleraPlace(),
}

/** Those of the short form: members of Galera take half a minute to come back. */
export const shortOnes = Object.keys(openers).filter((backend) => backend !== 'galera')

// Which places there are, by name. Each is loaded only when it is run on.
import type { Place } from './places/place.ts'

export const openers: { readonly [backend: string]: () => Promise<Place> } = {
  sqlite: async () => (await import('./places/sqlite.ts')).openSqlitePlace(),
  postgres: async () => (await import('./places/postgres.ts')).openPostgresPlace(),
  mariadb: async () => (await import('./places/mysql.ts')).openMysqlPlace('mariadb'),
  mysql: async () => (await import('./places/mysql.ts')).openMysqlPlace('mysql'),
  mongodb: async () => (await import('./places/mongodb.ts')).openMongodbPlace(),
  dynamodb: async () => (await import('./places/dynamodb.ts')).openDynamodbPlace(),
}

/** Servers of which one may go while another goes on. They take too long to be restarted for the short form. */
export const clusters: { readonly [name: string]: () => Promise<Place> } = {
  galera: async () => (await import('./places/galera.ts')).openGaleraPlace(),
  'postgres-standby': async () => (await import('./places/postgres-standby.ts')).openStandbyPlace(),
}

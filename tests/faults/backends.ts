// Which places there are, by name. Each is loaded only when it is run on.
import type { Place } from './places/place.ts'

export const openers: { readonly [backend: string]: () => Promise<Place> } = {
  sqlite: async () => (await import('./places/sqlite.ts')).openSqlitePlace(),
  postgres: async () => (await import('./places/postgres.ts')).openPostgresPlace(),
  mariadb: async () => (await import('./places/mysql.ts')).openMysqlPlace('mariadb'),
  mysql: async () => (await import('./places/mysql.ts')).openMysqlPlace('mysql'),
}

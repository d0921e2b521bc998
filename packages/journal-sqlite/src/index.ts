export { compactSqlite } from './compact.ts'
export { openSqlite, type SqliteOptions } from './open.ts'

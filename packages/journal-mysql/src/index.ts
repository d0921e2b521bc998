export { type MysqlOptions, openMysql } from './open.ts'
export { CannotOpen } from './refusal.ts'

export { type MysqlOptions, openMysql } from './open.ts'

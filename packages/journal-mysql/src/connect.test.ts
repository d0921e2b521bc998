import type { PoolConnection } from 'mysql2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { borrowDatabase, type MysqlDatabase } from '../../../tests/servers/mysql.ts'
import { configOf, newPool } from './connect.ts'
import { readLocation } from './location.ts'

let database: MysqlDatabase
beforeAll(async () => {
  database = await borrowDatabase('mariadb')
})
afterAll(() => database.drop())

it('hears every error that is said of a connection: one that nobody heard would end the process', async () => {
  const pool = newPool(configOf(readLocation(database.url)), 2)
  const client = await new Promise<PoolConnection>((resolve, reject) => {
    pool.getConnection((error, found) => (error === null ? resolve(found) : reject(error)))
  })
  const breaks = () => client.emit('error', new Error('the connection broke'))
  expect([breaks(), breaks()]).toEqual([true, true])
  await new Promise((resolve) => pool.end(resolve))
})

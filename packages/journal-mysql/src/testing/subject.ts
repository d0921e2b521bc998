// Both contract suites on one of the two servers that this adapter is for. Frozen by a lock that another holds; cut by a proxy that loses the answer.
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll } from 'vitest'
import { borrowDatabase, type Kind, type MysqlDatabase, query } from '../../../../tests/servers/mysql.ts'
import { openProxy, type Proxy } from '../../../../tests/servers/proxy.ts'
import { openMysql } from '../open.ts'

const tables = ['batches', 'parts', 'snapshots', 'snapshot_parts', 'records'].map((table) => `konfig_${table}`)

/** A request that runs a prepared statement; the first after the lever was pulled is the write. */
const runs = (bytes: Buffer): boolean => bytes[3] === 0 && bytes[4] === 0x17

export const contractsOn = (kind: Kind): void => {
  let database: MysqlDatabase
  let proxy: Proxy
  let url = ''

  const open = (clock: Clock, patience = 30_000) => openMysql({ url, migrateUrl: database.migrateUrl, clock, patience })

  beforeAll(async () => {
    database = await borrowDatabase(kind)
    proxy = await openProxy(Number(new URL(database.url).port))
    const throughProxy = new URL(database.url)
    throughProxy.port = String(proxy.port)
    url = throughProxy.href
    await (await open({ now: Date.now })).journal.close()
  })
  afterAll(async () => {
    await proxy.close()
    await database.drop()
  })

  const levers = {
    reset: async () => {
      await query(database.migrateUrl, tables.map((table) => `DELETE FROM ${table}`).join('; '))
    },
    freeze: async () => {
      const other = await mysql.createConnection(database.migrateUrl)
      other.on('error', () => undefined)
      await other.query(`LOCK TABLES ${tables.map((table) => `${table} READ`).join(', ')}`)
      return async () => other.destroy()
    },
    cut: async () => proxy.cut(runs),
  }

  journalContract(kind, { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
  recordsContract(kind, { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })
}

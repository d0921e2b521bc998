// Both contract suites on one of the servers that this adapter is for, or on a cluster of them. Frozen by a lock that another holds; cut by a proxy
// that loses the answer.
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll } from 'vitest'
import { borrowDatabase, type Kind, type MysqlDatabase, query } from '../../../../tests/servers/mysql.ts'
import { cutFirst, inRotation, openProxy, type Proxy } from '../../../../tests/servers/proxy.ts'
import { openMysql } from '../open.ts'

const tables = ['batches', 'parts', 'snapshots', 'snapshot_parts', 'records'].map((table) => `konfig_${table}`)

/** A request that runs a prepared statement; the first after the lever was pulled is the write. */
const runs = (bytes: Buffer): boolean => bytes[3] === 0 && bytes[4] === 0x17

/** A database, and the ports of all servers that offer it: each opening begins with another one. */
export interface Offered {
  readonly database: Omit<MysqlDatabase, 'drop'>
  readonly ports: readonly number[]
  readonly remove: () => Promise<void>
}

/** A database of the server that all suites share. */
export const sharedOn = (kind: Kind) => async (): Promise<Offered> => {
  const database = await borrowDatabase(kind)
  return { database, ports: [Number(new URL(database.url).port)], remove: database.drop }
}

export const contractsOn = (name: string, offer: () => Promise<Offered>): void => {
  let offered: Offered
  let proxies: readonly Proxy[] = []
  let nextUrl = (): string => ''

  const open = (clock: Clock, patience = 30_000) =>
    openMysql({ url: nextUrl(), migrateUrl: offered.database.migrateUrl, clock, patience })

  beforeAll(async () => {
    offered = await offer()
    proxies = await Promise.all(offered.ports.map(openProxy))
    nextUrl = inRotation(offered.database.url, proxies)
    await (await open({ now: Date.now })).journal.close()
  })
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await offered.remove()
  })

  const lockOn = async (port: number): Promise<() => void> => {
    const url = new URL(offered.database.migrateUrl)
    url.port = String(port)
    const other = await mysql.createConnection(url.href)
    other.on('error', () => undefined)
    await other.query(`LOCK TABLES ${tables.map((table) => `${table} READ`).join(', ')}`)
    return () => other.destroy()
  }
  const levers = {
    reset: async () => {
      await query(offered.database.migrateUrl, tables.map((table) => `DELETE FROM ${table}`).join('; '))
    },
    freeze: async () => {
      const unlocks = await Promise.all(offered.ports.map(lockOn))
      return async () => {
        for (const unlock of unlocks) unlock()
      }
    },
    cut: async () => cutFirst(proxies, runs),
  }

  journalContract(name, { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
  recordsContract(name, { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })
}

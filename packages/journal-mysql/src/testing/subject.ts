// Both contract suites on one of the servers that this adapter is for, or on a cluster of them. Frozen by a lock that another holds; cut by a proxy
// that loses the answer.
import mysql from 'mysql2/promise'
import { contractsThroughProxies, type Offered } from '../../../../tests/servers/contracts.ts'
import { borrowDatabase, type Kind, query } from '../../../../tests/servers/mysql.ts'
import { openMysql } from '../open.ts'

const tables = ['batches', 'parts', 'snapshots', 'snapshot_parts', 'records'].map((table) => `konfig_${table}`)

/** A database of the server that all suites share. */
export const sharedOn = (kind: Kind) => async (): Promise<Offered> => {
  const database = await borrowDatabase(kind)
  return { database, ports: [Number(new URL(database.url).port)], remove: database.drop }
}

const lockOn = async (migrateUrl: string, port: number): Promise<() => void> => {
  const url = new URL(migrateUrl)
  url.port = String(port)
  const other = await mysql.createConnection(url.href)
  other.on('error', () => undefined)
  await other.query(`LOCK TABLES ${tables.map((table) => `${table} READ`).join(', ')}`)
  return () => other.destroy()
}

export const contractsOn = (name: string, offer: () => Promise<Offered>): void =>
  contractsThroughProxies(name, offer, {
    open: openMysql,
    reset: async ({ database }) => {
      await query(database.migrateUrl, tables.map((table) => `DELETE FROM ${table}`).join('; '))
    },
    freeze: async ({ database, ports }) => {
      const unlocks = await Promise.all(ports.map((port) => lockOn(database.migrateUrl, port)))
      return async () => {
        for (const unlock of unlocks) unlock()
      }
    },
    // One that runs a prepared statement.
    writes: (bytes) => bytes[3] === 0 && bytes[4] === 0x17,
  })

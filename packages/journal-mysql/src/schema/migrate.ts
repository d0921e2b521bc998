// Brings the tables to this version's format. Safe when many nodes start at once: one at a time, and the others find it done.
import { createHash } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { type Config, newClient } from '../connect.ts'
import { format, formatOf, migrations } from './tables.ts'

const lockSeconds = 60
/** Locks are the whole server's, and their names have 64 characters at most. */
const lockOf = ({ database }: Config): string => `konfig.${createHash('sha1').update(database).digest('hex')}`

/** Format of the tables; 0 where there are none. */
export const formatIn = async (client: Connection): Promise<number> => {
  const [tables] = await client.query<RowDataPacket[]>("SHOW TABLES LIKE 'konfig\\_migrations'")
  if (tables.length === 0) return 0
  const [rows] = await client.query<RowDataPacket[]>('SELECT name FROM konfig_migrations')
  return Math.max(0, ...rows.map((row) => formatOf(String(row['name']))))
}

const apply = async (client: Connection, from: number): Promise<void> => {
  await client.query(
    'CREATE TABLE IF NOT EXISTS konfig_migrations (name VARBINARY(100) NOT NULL PRIMARY KEY) ENGINE = InnoDB',
  )
  for (const { name, statements } of migrations) {
    if (formatOf(name) <= from) continue
    for (const text of statements) await client.query(text)
    await client.query('INSERT IGNORE INTO konfig_migrations VALUES (?)', [name])
  }
}

const refuseNewer = (found: number): void => {
  if (found > format) throw new KonfigError(failure('journal_newer', { found }))
}

/** Makes the tables, or brings them up to date. Rejects with `journal_newer` for tables of a newer version, and changes nothing then. */
export const migrate = async (config: Config): Promise<void> => {
  const client = await newClient(config)
  try {
    const before = await formatIn(client)
    refuseNewer(before)
    if (before === format) return
    const [rows] = await client.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS held', [lockOf(config), lockSeconds])
    if (rows[0]?.['held'] !== 1) throw unavailable(new Error('another node is bringing the tables up to date'))
    const found = await formatIn(client)
    refuseNewer(found)
    if (found < format) await apply(client, found)
  } finally {
    // The lock goes with the connection.
    client.destroy()
  }
}

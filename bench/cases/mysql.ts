// Appends through the MySQL adapter against bare inserts, on MariaDB and on MySQL.
import { openMysql } from '@konfig/journal-mysql'
import mysql, { type Pool } from 'mysql2/promise'
import { startMariadb } from '../../tests/servers/mariadb.ts'
import { createDatabase, type MysqlServer, query, startMysql } from '../../tests/servers/mysql.ts'
import type { Case, Figure } from '../figure.ts'
import { type Append, appendFigures, connections, payload } from '../load/appends.ts'

/** Prepared, which is its faster form. */
const bare =
  (pool: Pool): Append =>
  (log, revision) =>
    pool.execute('INSERT INTO bare (log, first, last, payload) VALUES (?, ?, ?, ?)', [log, revision, revision, payload])

const on = async (name: string, server: MysqlServer, say: (line: string) => void): Promise<readonly Figure[]> => {
  try {
    const database = await createDatabase(server)
    const { journal } = await openMysql({ ...database, clock: { now: Date.now } })
    await query(
      database.migrateUrl,
      'CREATE TABLE bare (log VARBINARY(64), first BIGINT, last BIGINT, payload LONGBLOB, PRIMARY KEY (log, first)) ENGINE = InnoDB',
    )
    const pool = mysql.createPool({ uri: database.migrateUrl, connectionLimit: connections })
    const figures = await appendFigures(name, { floor: bare(pool), bare: 'mysql2, a prepared INSERT', journal }, say)
    await pool.end()
    await journal.close()
    return figures
  } finally {
    await server.remove()
  }
}

export const mysqlAndMariadb: Case = async (say) => [
  ...(await on('MariaDB', await startMariadb({ durable: true }), say)),
  ...(await on('MySQL', await startMysql({ durable: true }), say)),
]

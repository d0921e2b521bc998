// Appends through the PostgreSQL adapter against bare inserts.
import { openPostgres } from '@konfig/journal-postgres'
import pg from 'pg'
import { createDatabase, query, startPostgres } from '../../tests/servers/postgres.ts'
import type { Case } from '../figure.ts'
import { type Append, appendFigures, connections, payload } from '../load/appends.ts'

/** Prepared, which is its faster form. */
const bare =
  (pool: pg.Pool): Append =>
  (log, revision) =>
    pool.query({
      name: 'bare',
      text: 'INSERT INTO bare (log, first, last, payload) VALUES ($1, $2, $3, $4)',
      values: [log, revision, revision, payload],
    })

export const postgres: Case = async (say) => {
  const server = await startPostgres({ durable: true })
  try {
    const database = await createDatabase(server)
    const { journal } = await openPostgres({ ...database, clock: { now: Date.now } })
    await query(
      database.migrateUrl,
      'CREATE SCHEMA bare; CREATE TABLE bare.bare (log text COLLATE "C", first bigint, last bigint, payload bytea, PRIMARY KEY (log, first))',
    )
    const pool = new pg.Pool({
      connectionString: database.migrateUrl,
      options: '-c search_path=bare',
      max: connections,
    })
    const figures = await appendFigures(
      'PostgreSQL',
      { floor: bare(pool), bare: 'pg, a prepared INSERT', journal },
      say,
    )
    await pool.end()
    await journal.close()
    return figures
  } finally {
    await server.remove()
  }
}

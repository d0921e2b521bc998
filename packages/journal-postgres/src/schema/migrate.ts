// Brings the tables to this version's format. Safe when many nodes start at once: one at a time, and the others find it done.
import { failure, KonfigError } from '@konfig/core'
import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import type pg from 'pg'
import { type Config, newClient, newPool } from '../connect.ts'
import { format, formatOf, migrations } from './tables.ts'

/** Any number, as long as it is always the same. */
const lock = 5_663_447_210_935
const schema = 'konfig'
const table = 'migrations'

/** Format of the tables; 0 where there are none. */
const formatIn = async (client: pg.Client): Promise<number> => {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('${schema}.${table}') IS NOT NULL AS there`,
  )
  if (tables[0]?.there !== true) return 0
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${schema}.${table}`)
  return Math.max(0, ...rows.map(({ name }) => formatOf(name)))
}

const apply = async (config: Config): Promise<void> => {
  const database = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: newPool({ ...config, pipeline: false, lock_timeout: 0 }, 2) }),
  })
  try {
    const { error } = await new Migrator({
      db: database,
      provider: { getMigrations: async () => ({ ...migrations }) },
      migrationTableSchema: schema,
      migrationTableName: table,
      migrationLockTableName: 'migrations_lock',
    }).migrateToLatest()
    if (error !== undefined) throw error as Error
  } finally {
    await database.destroy()
  }
}

/** Everything that the application does, and nothing that would change a table. */
const grant = async (client: pg.Client, role: string): Promise<void> => {
  const name = client.escapeIdentifier(role)
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${name}`)
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name}`)
  await client.query(
    `REVOKE INSERT, UPDATE, DELETE ON ${schema}.${table}, ${schema}.migrations_lock, ${schema}.installation FROM ${name}`,
  )
}

/**
 * Makes the tables, or brings them up to date, and lets the application's role in where it is another.
 * Rejects with `journal_newer` for tables of a newer version, and changes nothing then.
 */
export const migrate = async (config: Config, applicationRole: string): Promise<void> => {
  const client = newClient({ ...config, lock_timeout: 0 })
  await client.connect()
  try {
    const before = await formatIn(client)
    if (before > format) throw new KonfigError(failure('journal_newer', { found: before }))
    if (before === format && config.user === applicationRole) return
    await client.query('SELECT pg_advisory_lock($1)', [lock])
    const found = await formatIn(client)
    if (found > format) throw new KonfigError(failure('journal_newer', { found }))
    if (found < format) await apply(config)
    if (config.user !== applicationRole) await grant(client, applicationRole)
  } finally {
    await client.end()
  }
}

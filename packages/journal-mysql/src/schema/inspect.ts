// What the application's role may do in this database, and what the tables are. Reads only.
import { CannotOpen } from '@konfig/journal'
import { failure, KonfigError } from '@konfig/core'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { numberOf } from '../errors.ts'
import { formatIn } from './migrate.ts'
import { format, packetBytes } from './tables.ts'

export interface Inspected {
  /** Tells this installation's cursors from those of another. */
  readonly id: string
  /** The server is a node of a Galera cluster. */
  readonly cluster: boolean
}

const isOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number.parseFloat)
  return /mariadb/i.test(version) ? major < 10 || (major === 10 && minor < 5) : major < 8
}

/** Writes that touch no row: they fail where the right to them is missing, or a table is not as the migrations made it. */
const attempts = [
  'INSERT INTO konfig_batches (log, first, last, digest, changed, bytes, parts, payload) SELECT 0, 0, 0, 0, UTC_TIMESTAMP(6), 0, 0, 0 FROM DUAL WHERE 1 = 0',
  'UPDATE konfig_records SET collection = 0, id = 0, version = 0, value = 0, expires_at = 0 WHERE 1 = 0',
  'UPDATE konfig_snapshots SET number = 0, log = 0, revision = 0, whole = 0, parts = 0, started = 0 WHERE 1 = 0',
  'UPDATE konfig_snapshot_parts SET log = 0, snapshot = 0, position = 0, bytes = 0 WHERE 1 = 0',
  'UPDATE konfig_settling SET number = number + 1 WHERE slot < 0',
  'DELETE FROM konfig_parts WHERE 1 = 0',
]

const denied = [1142, 1143, 1044]
/** A column, or a table, that is not there. */
const altered = [1054, 1146]

/** Throws `CannotOpen`, or `journal_newer`. */
export const inspect = async (client: Connection): Promise<Inspected> => {
  const [facts] = await client.query<RowDataPacket[]>('SELECT VERSION() AS version, @@max_allowed_packet AS packet')
  if (isOld(String(facts[0]?.['version'])))
    throw new CannotOpen('MySQL 8.0 or newer, or MariaDB 10.5 or newer, is needed.')
  if (Number(facts[0]?.['packet']) < packetBytes)
    throw new CannotOpen(
      `max_allowed_packet of the server must be at least ${packetBytes / 1024 / 1024} MiB; docs/how-to-mysql.md says why.`,
    )
  const found = await formatIn(client)
  if (found === 0)
    throw new CannotOpen(
      'The database has no tables of Konfig, and the role of KONFIG_JOURNAL may not make them. Let it create tables there, or give the URL of a role that may as KONFIG_JOURNAL_MIGRATE; docs/how-to-mysql.md shows how.',
    )
  if (found > format) throw new KonfigError(failure('journal_newer', { found }))
  if (found < format)
    throw new CannotOpen(
      "The tables of Konfig are of an older version. Start once with the owner's URL as KONFIG_JOURNAL_MIGRATE, which brings them up to date.",
    )
  try {
    for (const text of attempts) await client.query(text)
  } catch (error) {
    if (error instanceof Error && altered.includes(numberOf(error) ?? 0))
      throw new CannotOpen(
        `The tables of Konfig are not as this version made them: ${error.message}. Somebody altered them; undo that, or restore them from a backup.`,
        { cause: error },
      )
    if (!denied.includes(numberOf(error) ?? 0)) throw error
    throw new CannotOpen(
      'The role of KONFIG_JOURNAL may not read and write the tables of Konfig: grant it SELECT, INSERT, UPDATE and DELETE on the database; docs/how-to-mysql.md shows how.',
      { cause: error },
    )
  }
  const [ids] = await client.query<RowDataPacket[]>('SELECT id FROM konfig_installation')
  const [cluster] = await client.query<RowDataPacket[]>("SHOW VARIABLES LIKE 'wsrep\\_on'")
  return { id: String(ids[0]?.['id'] ?? ''), cluster: cluster[0]?.['Value'] === 'ON' }
}

// What the application's role may do in this database, and what the tables are. Reads only.
import { CannotOpen } from '@konfig/journal'
import { failure, KonfigError } from '@konfig/core'
import type pg from 'pg'
import { stateOf } from '../errors.ts'
import { format } from './tables.ts'

/** The oldest server with transaction ids of 64 bits. */
const oldest = 130_000

export interface Inspected {
  /** Tells this installation's cursors from those of another. */
  readonly id: string
  /** The role could take the guards off its tables. */
  readonly owns: boolean
}

interface Facts {
  readonly version: number
  readonly beyond: boolean
  readonly there: boolean
  readonly usable: boolean
  readonly owns: boolean
}

const facts = `
SELECT current_setting('server_version_num')::integer AS version,
  (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS beyond,
  EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'konfig' AND c.relname = 'payloads') AS there,
  coalesce((SELECT has_schema_privilege(n.oid, 'USAGE') AND bool_and(has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE'))
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'konfig' AND c.relname IN ('batches', 'payloads', 'snapshots', 'snapshot_parts', 'records') GROUP BY n.oid), false) AS usable,
  coalesce((SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'konfig' AND c.relname = 'payloads'), false) AS owns`

const refusalOf = ({ version, beyond, there, usable }: Facts): string | undefined => {
  if (version < oldest) return 'PostgreSQL 13 or newer is needed.'
  if (beyond)
    return 'The role of KONFIG_JOURNAL is a superuser or has BYPASSRLS, so row-level security would not hold for it. Give KONFIG_JOURNAL a role of its own, and this one as KONFIG_JOURNAL_MIGRATE; docs/how-to-postgresql.md shows how.'
  if (!there)
    return 'The database has no tables of Konfig, and the role of KONFIG_JOURNAL may not make them. Let it create schemas there, or give the URL of a role that may as KONFIG_JOURNAL_MIGRATE; docs/how-to-postgresql.md shows how.'
  if (!usable)
    return "The role of KONFIG_JOURNAL may not read and write the tables of Konfig. Start once with the owner's URL as KONFIG_JOURNAL_MIGRATE, which grants it; docs/how-to-postgresql.md shows how."
  return undefined
}

/** Reads that find no row: they fail where a table is not as the migrations made it. */
const attempts = [
  'SELECT log, first, last, checkpoint, digest, changed FROM konfig.batches WHERE false',
  'SELECT log, first, payload FROM konfig.payloads WHERE false',
  'SELECT number, log, revision, whole, parts, started FROM konfig.snapshots WHERE false',
  'SELECT log, snapshot, position, bytes FROM konfig.snapshot_parts WHERE false',
  'SELECT collection, id, version, value, expires_at FROM konfig.records WHERE false',
]
const altered = ['42703', '42P01']

const checkTables = async (client: pg.Client): Promise<void> => {
  try {
    for (const text of attempts) await client.query(text)
  } catch (error) {
    if (!(error instanceof Error) || !altered.includes(stateOf(error) ?? '')) throw error
    throw new CannotOpen(
      `The tables of Konfig are not as this version made them: ${error.message}. Somebody altered them; undo that, or restore them from a backup.`,
      { cause: error },
    )
  }
}

/** Throws `CannotOpen`, or `journal_newer`. */
export const inspect = async (client: pg.Client): Promise<Inspected> => {
  const { rows } = await client.query<Facts>(facts)
  const [found] = rows
  const refusal = found === undefined ? 'The database does not say what it is.' : refusalOf(found)
  if (found === undefined || refusal !== undefined) throw new CannotOpen(refusal)
  const { rows: names } = await client.query<{ found: number }>(
    'SELECT coalesce(max(substring(name from 1 for 4)::integer), 0) AS found FROM konfig.migrations',
  )
  const there = names[0]?.found ?? 0
  if (there > format) throw new KonfigError(failure('journal_newer', { found: there }))
  if (there < format)
    throw new CannotOpen(
      "The tables of Konfig are of an older version. Start once with the owner's URL as KONFIG_JOURNAL_MIGRATE, which brings them up to date.",
    )
  await checkTables(client)
  const { rows: ids } = await client.query<{ id: string }>('SELECT id FROM konfig.installation')
  return { id: ids[0]?.id ?? '', owns: found.owns }
}

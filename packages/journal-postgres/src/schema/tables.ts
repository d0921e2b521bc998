// The tables, as migrations that are applied in order. Knows SQL; not how or when they are applied.
import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

// `batches` says what there is and `payloads` holds it, one row each for a batch: the first carries no content, so that it needs no guard
// and followers can ask for the heads of all logs; the second shows nothing but the logs that a transaction named.
// `changed` is the transaction that wrote the row, since sequences do not rise in the order of commits.
// There is no index on (log, last): the row before is found by its first revision, as `first` is dense.
// A gravestone is (log, 0, -1): no append can follow it. What is sealed cannot be compressed, so nobody tries (EXTERNAL).
const statements: readonly string[] = [
  `CREATE TABLE konfig.installation (id uuid NOT NULL)`,
  `CREATE TABLE konfig.batches (
     log text COLLATE "C" NOT NULL,
     first bigint NOT NULL,
     last bigint NOT NULL,
     checkpoint boolean NOT NULL DEFAULT false,
     digest bytea NOT NULL,
     changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
     PRIMARY KEY (log, first))`,
  `CREATE INDEX batches_by_change ON konfig.batches (changed)`,
  `CREATE TABLE konfig.payloads (
     log text COLLATE "C" NOT NULL,
     first bigint NOT NULL,
     payload bytea NOT NULL,
     PRIMARY KEY (log, first))`,
  `ALTER TABLE konfig.payloads ALTER COLUMN payload SET STORAGE EXTERNAL`,
  `CREATE TABLE konfig.snapshots (
     number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     log text COLLATE "C" NOT NULL,
     revision bigint NOT NULL,
     whole boolean NOT NULL DEFAULT false,
     parts integer NOT NULL DEFAULT 0,
     started bigint NOT NULL)`,
  `CREATE INDEX snapshots_by_log ON konfig.snapshots (log, revision)`,
  `CREATE TABLE konfig.snapshot_parts (
     log text COLLATE "C" NOT NULL,
     snapshot bigint NOT NULL,
     position integer NOT NULL,
     bytes bytea NOT NULL,
     PRIMARY KEY (log, snapshot, position))`,
  `ALTER TABLE konfig.snapshot_parts ALTER COLUMN bytes SET STORAGE EXTERNAL`,
  `CREATE TABLE konfig.records (
     collection text COLLATE "C" NOT NULL,
     id text COLLATE "C" NOT NULL,
     version text COLLATE "C" NOT NULL,
     value bytea NOT NULL,
     expires_at bigint,
     PRIMARY KEY (collection, id))`,
  `CREATE INDEX records_by_expiry ON konfig.records (expires_at) WHERE expires_at IS NOT NULL`,
]

/** Tables of content: a transaction sees and writes the logs that it named, and without naming any it sees none. The owner is held to it too. */
const guarded = ['payloads', 'snapshots', 'snapshot_parts'] as const

const guard = (table: string): readonly string[] => [
  `ALTER TABLE konfig.${table} ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE konfig.${table} FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY named_logs ON konfig.${table}
     USING (log = ANY (string_to_array(current_setting('konfig.logs', true), E'\\n')))`,
]

const first: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const text of [...statements, ...guarded.flatMap(guard)]) await sql.raw(text).execute(database)
    await sql`INSERT INTO konfig.installation VALUES (${randomUUID()})`.execute(database)
  },
}

/** In order of name; the number says the format. */
export const migrations: { readonly [name: string]: Migration } = { '0001-tables': first }

export const formatOf = (name: string): number => Number.parseInt(name, 10)
export const format = Math.max(...Object.keys(migrations).map(formatOf))

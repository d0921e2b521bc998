// The tables, and the one row that tells their format. Opens a connection, or says why it cannot be used.
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

/** Raised with every change that an older version could not read. */
export const format = 1

export class NewerFormat extends Error {
  readonly found: number
  constructor(found: number) {
    super(`the file has format ${found}, this version knows formats up to ${format}`)
    this.found = found
  }
}

// `number` rises in the order of commits, since SQLite has one writer at a time and the newest row of a log always stays:
// that makes it a cursor. A gravestone is (log, 0, -1): no append can follow it.
const tables = `
CREATE TABLE IF NOT EXISTS batches (
  number INTEGER PRIMARY KEY,
  log TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  checkpoint INTEGER NOT NULL DEFAULT 0,
  payload BLOB NOT NULL,
  UNIQUE (log, first)
) STRICT;
CREATE TABLE IF NOT EXISTS snapshots (
  number INTEGER PRIMARY KEY,
  log TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('writing', 'whole', 'gone')),
  parts INTEGER NOT NULL,
  started INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS snapshots_by_log ON snapshots (log, revision);
CREATE INDEX IF NOT EXISTS snapshots_gone ON snapshots (number) WHERE state = 'gone';
CREATE TABLE IF NOT EXISTS snapshot_parts (
  snapshot INTEGER NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (snapshot, position)
) STRICT;
CREATE TABLE IF NOT EXISTS records (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  value BLOB NOT NULL,
  expires_at INTEGER,
  UNIQUE (collection, id)
) STRICT;
CREATE INDEX IF NOT EXISTS records_by_expiry ON records (expires_at) WHERE expires_at IS NOT NULL;
`

export interface Store {
  readonly database: DatabaseSync
  /** Tells this file's cursors from those of another. */
  readonly id: string
}

/** A short wait between tries: the first start of several processes may meet SQLite's own locks, which no timeout covers. */
const insist = (work: () => void, patience: number): void => {
  const until = performance.now() + patience
  for (;;) {
    try {
      work()
      return
    } catch (error) {
      const busy = error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
      if (!busy || performance.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

export const openStore = (path: string, patience: number): Store => {
  const database = new DatabaseSync(path, { timeout: patience, enableForeignKeyConstraints: false })
  try {
    insist(() => database.exec('PRAGMA journal_mode = WAL'), patience)
    // FULL: the write-ahead log is synced with every commit, before it is answered. FAST: what is deleted is overwritten where the page is written anyway.
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST')
    insist(() => prepare(database), patience)
    const { id } = database.prepare('SELECT id FROM format').get() as { id: string }
    return { database, id }
  } catch (error) {
    database.close()
    throw error
  }
}

const prepare = (database: DatabaseSync): void => {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(
      'CREATE TABLE IF NOT EXISTS format (version INTEGER NOT NULL, id TEXT NOT NULL, settled INTEGER NOT NULL) STRICT',
    )
    const row = database.prepare('SELECT version FROM format').get() as { version: number } | undefined
    if (row !== undefined && row.version > format) throw new NewerFormat(row.version)
    if (row === undefined) {
      database.exec(tables)
      database.prepare('INSERT INTO format VALUES (?, ?, 0)').run(format, randomUUID())
    }
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

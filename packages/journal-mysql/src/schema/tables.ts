// The tables, as migrations that are applied in order. Knows SQL; not how or when they are applied.

export interface Migration {
  readonly name: string
  /** Each may be run again: these servers cannot take back what a migration that ended half way has made. */
  readonly statements: readonly string[]
}

// Keys are VARBINARY: with a collation, even a binary one, these servers hold 'a' and 'a ' for the same.
// A gravestone is (log, 0, -1): no append can follow it. What is larger than one part has its bytes in `konfig_parts`, else they stand in
// the row. `changed` is the server's time, since sequences do not rise in the order of commits. `konfig_settling` is written to by whoever
// tells what he only read, so that his answer is as durable as what he tells.
const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS konfig_batches (
     log VARBINARY(64) NOT NULL,
     first BIGINT NOT NULL,
     last BIGINT NOT NULL,
     checkpoint BOOLEAN NOT NULL DEFAULT FALSE,
     digest VARBINARY(32) NOT NULL,
     changed DATETIME(6) NOT NULL,
     bytes INT NOT NULL,
     parts SMALLINT NOT NULL,
     payload LONGBLOB NOT NULL,
     PRIMARY KEY (log, first),
     KEY batches_by_change (changed)) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS konfig_parts (
     log VARBINARY(64) NOT NULL,
     first BIGINT NOT NULL,
     position INT NOT NULL,
     bytes LONGBLOB NOT NULL,
     PRIMARY KEY (log, first, position)) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS konfig_settling (
     slot TINYINT NOT NULL PRIMARY KEY,
     number BIGINT NOT NULL) ENGINE = InnoDB`,
  `INSERT IGNORE INTO konfig_settling VALUES ${Array.from({ length: 16 }, (_, slot) => `(${slot}, 0)`).join(', ')}`,
  `CREATE TABLE IF NOT EXISTS konfig_snapshots (
     number BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
     log VARBINARY(64) NOT NULL,
     revision BIGINT NOT NULL,
     whole BOOLEAN NOT NULL DEFAULT FALSE,
     parts INT NOT NULL DEFAULT 0,
     started BIGINT NOT NULL,
     KEY snapshots_by_log (log, revision)) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS konfig_snapshot_parts (
     log VARBINARY(64) NOT NULL,
     snapshot BIGINT NOT NULL,
     position INT NOT NULL,
     bytes MEDIUMBLOB NOT NULL,
     PRIMARY KEY (log, snapshot, position)) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS konfig_records (
     collection VARBINARY(255) NOT NULL,
     id VARBINARY(255) NOT NULL,
     version VARBINARY(64) NOT NULL,
     value MEDIUMBLOB NOT NULL,
     expires_at BIGINT,
     PRIMARY KEY (collection, id),
     KEY records_by_expiry (expires_at)) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS konfig_installation (
     one TINYINT NOT NULL PRIMARY KEY,
     id VARBINARY(36) NOT NULL) ENGINE = InnoDB`,
  `INSERT IGNORE INTO konfig_installation VALUES (1, UUID())`,
]

/** In order; the number in a name says the format. */
export const migrations: readonly Migration[] = [{ name: '0001-tables', statements }]

export const formatOf = (name: string): number => Number.parseInt(name, 10)
export const format = Math.max(...migrations.map(({ name }) => formatOf(name)))

/** Larger payloads go in several, since a statement must fit into a packet, of which MariaDB takes 16 MiB by default. */
export const partBytes = 4 * 1024 * 1024
/** The least packet that the server must take: a part, or a group of small batches, whose bytes take twice the room there. */
export const packetBytes = 8 * 1024 * 1024
/** Rows of `konfig_settling`. */
export const slots = 16

// How every connection is made: limits of time, numbers as exact numbers, TLS, and what each session is set to. Knows no table.
import type { Millis } from '@konfig/core'
import { createPool, type Pool } from 'mysql2'
import { type Connection, createConnection } from 'mysql2/promise'
import type { Location } from './location.ts'

export interface Patience {
  /** How long a statement waits for what another holds before it is refused; the servers count whole seconds. */
  readonly lock: Millis
  /** How long the server may take for an answer, besides time for its bytes; after that it counts as lost. */
  readonly answer: Millis
}

const statementSeconds = 30
/** Longer than the pool keeps a connection that nobody uses, so that a transaction whose client vanished ends. */
const silenceSeconds = 120
const connectMillis = 5000

export const configOf = (location: Location) => ({
  host: location.host,
  port: location.port,
  database: location.database,
  user: location.user,
  password: location.password ?? '',
  ...(location.tls === undefined ? {} : { ssl: location.tls }),
  connectTimeout: connectMillis,
  enableKeepAlive: true,
  keepAliveInitialDelay: 10_000,
  // Revisions beyond 2^53 would be rounded without a word; these come as text instead, and none is ever written.
  supportBigNumbers: true,
  // Rows that a statement left as they were are not counted, so that the count of an insert tells whether it inserted.
  flags: ['-FOUND_ROWS'],
  connectAttributes: { program_name: location.applicationName },
})

export type Config = ReturnType<typeof configOf>

/** With callbacks: the driver's promises cost as much as half an append, for each of the two that one takes. */
export const newPool = (config: Config, connections: number): Pool => {
  const pool = createPool({
    ...config,
    connectionLimit: connections,
    // The driver looks for idle connections only where this is below the limit.
    maxIdle: connections - 1,
    idleTimeout: 30_000,
  })
  // The driver listens for one error of a connection. A second, such as of what was still to be written when the server went, would end the process.
  pool.on('connection', (client) => client.on('error', () => undefined))
  return pool
}

export const newClient = async (config: Config): Promise<Connection> => {
  const client = await createConnection(config)
  client.on('error', () => undefined)
  return client
}

/**
 * What a new session must run first. READ COMMITTED: in a snapshot of before, the repeat of a batch that has just landed would look like a conflict.
 * Strict, since a key that is too long would be cut to length and stored.
 */
export const sessionOf = (patience: Patience, cluster: boolean): readonly string[] => {
  const lock = Math.max(1, Math.ceil(patience.lock / 1000))
  return [
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    `SET SESSION autocommit = 1, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00',
       innodb_lock_wait_timeout = ${lock}, lock_wait_timeout = ${lock}, wait_timeout = ${silenceSeconds}
       /*M! , max_statement_time = ${statementSeconds}, idle_transaction_timeout = ${statementSeconds} */`,
    // A node of a Galera cluster answers only when it has what the others had acknowledged.
    ...(cluster ? ['SET SESSION wsrep_sync_wait = 7'] : []),
  ]
}

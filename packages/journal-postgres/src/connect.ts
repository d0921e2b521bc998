// How every connection is made: limits of time, numbers as exact numbers, TLS. Knows no table.
import type { Millis } from '@konfig/core'
import pg from 'pg'
import type { Location } from './location.ts'

export interface Patience {
  /** How long a statement waits for what another holds before it is refused. */
  readonly lock: Millis
  /** How long the server may take for an answer, besides time for its bytes; after that it counts as lost. */
  readonly answer: Millis
}

/** A statement or an idle transaction ends after this long at the server: what followers need to be sure that a slow commit is not missed. */
const statementMillis = 30_000
const connectMillis = 5000

const int8 = 20
const parsers = new pg.TypeOverrides()
parsers.setTypeParser(int8, (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('the database holds a number that is not exact')
  return value
})

export const configOf = (location: Location, patience: Patience) => ({
  host: location.host,
  port: location.port,
  database: location.database,
  user: location.user,
  // Never from the environment of the process, which belongs to other tools.
  password: location.password ?? '',
  ssl:
    location.tls === undefined
      ? false
      : {
          ...location.tls,
          ...(location.tls.namesHost ? {} : { checkServerIdentity: () => undefined }),
        },
  application_name: location.applicationName,
  connectionTimeoutMillis: Math.min(connectMillis, patience.answer),
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  statement_timeout: statementMillis,
  lock_timeout: patience.lock,
  idle_in_transaction_session_timeout: statementMillis,
  // Statements with arrays would be planned anew each time, which takes as long as running them.
  options: '-c plan_cache_mode=force_generic_plan',
  types: parsers,
  pipeline: true,
})

export type Config = ReturnType<typeof configOf>

/** Follows another server and takes no writes. */
export const checkPrimary = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ follows: boolean }>('SELECT pg_is_in_recovery() AS follows')
  if (rows[0]?.follows !== false) throw new Error('the server is a standby')
}

/** `check`: what every connection must pass before it is used. */
export const newPool = (
  config: Config,
  connections: number,
  check?: (client: pg.ClientBase) => Promise<void>,
): pg.Pool => {
  const pool = new pg.Pool({
    ...config,
    max: connections,
    idleTimeoutMillis: 30_000,
    ...(check === undefined
      ? {}
      : {
          verify: (client: pg.ClientBase, done: (error?: Error) => void) => {
            const refuse = (reason: Error): void => done(reason)
            const take = (): void => done()
            check(client).then(take, refuse)
          },
        }),
  })
  // A connection that breaks is replaced by the next call; whoever uses it meanwhile is told by the answer to what was asked.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

export const newClient = (config: Config): pg.Client => {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  return client
}

// Opens both ports on one PostgreSQL database: brings its tables up to date, looks at what the role may do, then connects.
import { setTimeout as wait } from 'node:timers/promises'
import { KonfigError, type Millis } from '@konfig/core'
import {
  CannotOpen,
  type Clock,
  firstOf,
  inTurn,
  type Journal,
  type Records,
  tlsWords,
  unavailable,
} from '@konfig/journal'
import { openBell } from './bell.ts'
import { checkPrimary, type Config, configOf, newClient, newPool } from './connect.ts'
import { openDatabase } from './database.ts'
import { stateOf } from './errors.ts'
import { postgresJournal } from './journal.ts'
import { isLocal, type Location, nameOf, readLocations } from './location.ts'
import { postgresRecords } from './records.ts'
import { inspect } from './schema/inspect.ts'
import { migrate } from './schema/migrate.ts'

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=…`, or several hosts parted by commas; the role that the application works as. */
  readonly url: string
  /** The same for the role that owns the tables, where it is another. */
  readonly migrateUrl?: string | undefined
  readonly clock: Clock
  /** How long a write waits for what another holds before it is refused. */
  readonly patience?: Millis
  /** How long an answer may take before it counts as lost. */
  readonly answerMillis?: Millis
}

const goodbyeMillis = 2000

export interface Opened {
  readonly journal: Journal
  readonly records: Records
  /** What an operator should know, in whole sentences. */
  readonly warnings: readonly string[]
  /** Host, port and database. */
  readonly name: string
}

const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
]

/** Whether it passes by itself: the server is away, starts, stops, or has no connection to spare. */
const isAway = (error: unknown): boolean => {
  const state = stateOf(error)
  if (state !== undefined) return ['08', '53', '57'].some((start) => state.startsWith(start))
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return networkCodes.includes(code) || /timeout|terminated/i.test(error.message) || ('errors' in error && code === '')
}

/** As the driver says it. */
const withoutTls = 'The server does not support SSL connections'

const refusalOf = (error: unknown, location: Location, variable: string): string => {
  const state = stateOf(error)
  const at = nameOf(location)
  // The name of that file stands in the server's words in every language.
  if (state === '28000' && error instanceof Error && error.message.includes('pg_hba.conf'))
    return `No line in pg_hba.conf of PostgreSQL lets the role of ${variable} into ${at} ${location.tls === undefined ? `unencrypted. Write sslmode=verify-full in ${variable} if it speaks TLS` : 'from here'}; else add such a line there.`
  if (state === '28P01' || state === '28000')
    return `PostgreSQL at ${at} refuses the role or the password of ${variable}.`
  if (state === '3D000') return `PostgreSQL has no database as in ${at}. Create it, or put ${variable} right.`
  if (state === '42501')
    return `The role of ${variable} may not do what is needed in ${at}: ${error instanceof Error ? error.message : ''}. docs/how-to-postgresql.md shows what it must be granted.`
  if (location.tls !== undefined && error instanceof Error && error.message === withoutTls)
    return `PostgreSQL at ${at} cannot be used: ${tlsWords.missing('sslmode', variable)}.`
  return `PostgreSQL at ${at} cannot be used: ${error instanceof Error ? error.message : 'unknown error'}.`
}

const explain = (error: unknown, location: Location, variable: string): unknown => {
  if (error instanceof CannotOpen || (error instanceof Error && 'failure' in error)) return error
  return isAway(error) ? unavailable(error) : new CannotOpen(refusalOf(error, location, variable), { cause: error })
}

const openInspected = async (config: Config) => {
  const client = newClient(config)
  try {
    await client.connect()
    return await inspect(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const warningsOf = (locations: readonly Location[], owns: boolean): readonly string[] => [
  ...(owns
    ? [
        'The role of KONFIG_JOURNAL owns its tables: row-level security holds for it, but it could switch that off. Give the owner as KONFIG_JOURNAL_MIGRATE and a role of its own to KONFIG_JOURNAL',
      ]
    : []),
  ...locations
    .filter((location) => location.tls === undefined && !isLocal(location))
    .map(
      (location) =>
        `The connection to PostgreSQL at ${nameOf(location)} is not encrypted. Add sslmode=verify-full to KONFIG_JOURNAL`,
    ),
]

const isUnavailable = (reason: unknown): boolean =>
  reason instanceof KonfigError && reason.failure.code === 'unavailable'

/** Where several servers offer the database, those that follow another count as away. */
const checkedPrimary = async (config: Config): Promise<void> => {
  const client = newClient(config)
  try {
    await client.connect()
    await checkPrimary(client).catch((error: unknown) => {
      throw unavailable(error)
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Both ports share their connections: closing either closes both.
 * Rejects with `CannotOpen` for what a person must put right, `journal_newer` for tables of a newer version, `unavailable` while the server is away.
 */
export const openPostgres = async (options: PostgresOptions): Promise<Opened> => {
  const locations = readLocations(options.url)
  const owners = options.migrateUrl === undefined ? locations : readLocations(options.migrateUrl)
  const patience = { lock: options.patience ?? 5000, answer: options.answerMillis ?? 10_000 }
  const at = async <T>(location: Location, variable: string, work: (config: Config) => Promise<T>): Promise<T> => {
    const config = configOf(location, patience)
    try {
      if (locations.length > 1) await checkedPrimary(config)
      return await work(config)
    } catch (error) {
      throw explain(error, location, variable)
    }
  }
  const migrateVariable = options.migrateUrl === undefined ? 'KONFIG_JOURNAL' : 'KONFIG_JOURNAL_MIGRATE'
  const migrateAt = (owner: Location): Promise<void> =>
    at(owner, migrateVariable, (config) =>
      migrate(config, (locations[0] as Location).user).catch((error: unknown) => {
        // What is missing then is told better by looking at the tables.
        if (options.migrateUrl === undefined && stateOf(error) === '42501') return
        throw error
      }),
    )
  await firstOf(inTurn(owners), migrateAt, isUnavailable)
  const servers = inTurn(locations)
  const { id, owns } = await firstOf(
    servers,
    (location) => at(location, 'KONFIG_JOURNAL', openInspected),
    isUnavailable,
  )

  const check = locations.length > 1 ? checkPrimary : undefined
  const configs = new Map(
    servers.all().map((location) => {
      const config = configOf(location, patience)
      return [newPool(config, location.connections, check), config] as const
    }),
  )
  const pools = inTurn([...configs.keys()])
  const database = openDatabase(pools, patience.answer)
  const bell = openBell(() => configs.get(pools.current()) as Config)
  const waiting = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= (async () => {
      await Promise.allSettled(waiting)
      // A server that hangs takes no goodbye; what was acknowledged does not depend on it.
      await Promise.race([
        Promise.all([database.close(), bell.close()]),
        wait(goodbyeMillis + patience.answer, undefined, { ref: false }),
      ])
    })()
    return closed
  }
  const count = (work: Promise<unknown>): void => {
    waiting.add(work)
    work.finally(() => waiting.delete(work)).catch(() => undefined)
  }
  return {
    journal: postgresJournal(database, bell, id, options.clock, { closed: () => closed !== undefined, close, count }),
    records: postgresRecords(database, options.clock, close),
    warnings: warningsOf(locations, owns),
    name: locations.map(nameOf).join(', '),
  }
}

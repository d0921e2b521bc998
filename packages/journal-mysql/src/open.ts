// Opens both ports on one MySQL or MariaDB database: brings its tables up to date, looks at what the role may do, then connects.
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
import { type Config, configOf, newClient, newPool, sessionOf } from './connect.ts'
import { openDatabase } from './database.ts'
import { numberOf } from './errors.ts'
import { mysqlJournal } from './journal.ts'
import { isLocal, type Location, nameOf, readLocations } from './location.ts'
import { mysqlRecords } from './records.ts'
import { inspect } from './schema/inspect.ts'
import { migrate } from './schema/migrate.ts'

export interface MysqlOptions {
  /** `mysql://user:password@host:port/database?sslmode=…`, or several hosts parted by commas; the role that the application works as. */
  readonly url: string
  /** The same for the role that makes the tables, where it is another. */
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

/** Of the network; all that begin with PROTOCOL_ too. */
const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
]
/** No connection to spare, a stop under way, a node of a cluster without its others, a lock that another holds. */
const awayNumbers = [1040, 1047, 1053, 1203, 1205, 1226, 1927]

/** Whether it passes by itself. */
const isAway = (error: unknown): boolean => {
  const number = numberOf(error)
  if (number !== undefined) return awayNumbers.includes(number)
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return networkCodes.includes(code) || code.startsWith('PROTOCOL_') || ('errors' in error && code === '')
}

/** require_secure_transport is on. */
const secureOnly = 3159
/** The driver's word. */
const withoutTls = 'HANDSHAKE_NO_SSL_SUPPORT'

const refusalOf = (error: unknown, location: Location, variable: string): string => {
  const number = numberOf(error) ?? 0
  const at = nameOf(location)
  if ([1045, 1698].includes(number))
    return `The server at ${at} refuses the role or the password of ${variable}${location.tls === undefined ? ', or takes the role encrypted only: then write sslmode=verify-full there' : ''}.`
  if (number === secureOnly)
    return `The server at ${at} cannot be used: ${tlsWords.wanted('sslmode=verify-full', variable)}.`
  if (number === 1049) return `There is no database as in ${at}. Create it, or put ${variable} right.`
  if ([1044, 1142, 1143, 1227].includes(number))
    return `The role of ${variable} may not do what is needed in ${at}, or there is no such database. docs/how-to-mysql.md shows what it must be granted.`
  if (location.tls !== undefined && error instanceof Error && 'code' in error && error.code === withoutTls)
    return `The server at ${at} cannot be used: ${tlsWords.missing('sslmode', variable)}.`
  return `The server at ${at} cannot be used: ${error instanceof Error ? error.message : 'unknown error'}.`
}

const explain = (error: unknown, location: Location, variable: string): unknown => {
  if (error instanceof CannotOpen || (error instanceof Error && 'failure' in error)) return error
  return isAway(error) ? unavailable(error) : new CannotOpen(refusalOf(error, location, variable), { cause: error })
}

const openInspected = async (config: Config) => {
  const client = await newClient(config)
  try {
    return await inspect(client)
  } finally {
    client.destroy()
  }
}

const warningsOf = (locations: readonly Location[]): readonly string[] =>
  locations
    .filter((location) => location.tls === undefined && !isLocal(location))
    .map(
      (location) =>
        `The connection to the server at ${nameOf(location)} is not encrypted. Add sslmode=verify-full to KONFIG_JOURNAL`,
    )

const isUnavailable = (reason: unknown): boolean =>
  reason instanceof KonfigError && reason.failure.code === 'unavailable'

/**
 * Both ports share their connections: closing either closes both.
 * Rejects with `CannotOpen` for what a person must put right, `journal_newer` for tables of a newer version, `unavailable` while the server is away.
 */
export const openMysql = async (options: MysqlOptions): Promise<Opened> => {
  const locations = readLocations(options.url)
  const owners = options.migrateUrl === undefined ? locations : readLocations(options.migrateUrl)
  const patience = { lock: options.patience ?? 5000, answer: options.answerMillis ?? 10_000 }
  const migrateAt = async (owner: Location): Promise<void> =>
    migrate(configOf(owner)).catch((error: unknown) => {
      // What is missing then is told better by looking at the tables.
      if (options.migrateUrl === undefined && numberOf(error) === 1142) return
      throw explain(error, owner, options.migrateUrl === undefined ? 'KONFIG_JOURNAL' : 'KONFIG_JOURNAL_MIGRATE')
    })
  await firstOf(inTurn(owners), migrateAt, isUnavailable)
  const inspectAt = (location: Location) =>
    openInspected(configOf(location)).catch((error: unknown) => {
      throw explain(error, location, 'KONFIG_JOURNAL')
    })
  const servers = inTurn(locations)
  const { id, cluster } = await firstOf(servers, inspectAt, isUnavailable)

  const pools = inTurn(servers.all().map((location) => newPool(configOf(location), location.connections)))
  const database = openDatabase(pools, sessionOf(patience, cluster), patience.answer)
  const bell = openBell(database)
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
    journal: mysqlJournal(database, bell, id, options.clock, { closed: () => closed !== undefined, close, count }),
    records: mysqlRecords(database, options.clock, close),
    warnings: warningsOf(locations),
    name: locations.map(nameOf).join(', '),
  }
}

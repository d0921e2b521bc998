// Opens both ports on one MySQL or MariaDB database: brings its tables up to date, looks at what the role may do, then connects.
import {
  inTurn,
  isNetworkError,
  type Opened,
  openLifetime,
  prepare,
  type ServerOptions,
  tlsWords,
  warningsOfClear,
} from '@konfig/journal'
import { openBell } from './bell.ts'
import { type Config, configOf, newClient, newPool, sessionOf } from './connect.ts'
import { openDatabase } from './database.ts'
import { numberOf } from './errors.ts'
import { mysqlJournal } from './journal.ts'
import { type Location, nameOf, readLocations } from './location.ts'
import { mysqlRecords } from './records.ts'
import { inspect } from './schema/inspect.ts'
import { migrate } from './schema/migrate.ts'

/** URLs read `mysql://user:password@host:port/database?sslmode=…`, or name several hosts parted by commas. */
export type MysqlOptions = ServerOptions

/** No connection to spare, a stop under way, a node of a cluster without its others, a lock that another holds. */
const awayNumbers = [1040, 1047, 1053, 1203, 1205, 1226, 1927]

/** Whether it passes by itself. */
const isAway = (error: unknown): boolean => {
  const number = numberOf(error)
  if (number !== undefined) return awayNumbers.includes(number)
  // Of the driver's own: connections that were lost, or did not come about.
  const broke = error instanceof Error && 'code' in error && String(error.code).startsWith('PROTOCOL_')
  return broke || isNetworkError(error)
}

/** require_secure_transport is on. */
const secureOnly = 3159
/** The driver's word. */
const withoutTls = 'HANDSHAKE_NO_SSL_SUPPORT'

const refusalOf = (error: unknown, location: Location, variable: string): string | undefined => {
  if (isAway(error)) return undefined
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

const openInspected = async (config: Config) => {
  const client = await newClient(config)
  try {
    return await inspect(client)
  } finally {
    client.destroy()
  }
}

/**
 * Both ports share their connections: closing either closes both.
 * Rejects with `CannotOpen` for what a person must put right, `journal_newer` for tables of a newer version, `unavailable` while the server is away.
 */
export const openMysql = async (options: MysqlOptions): Promise<Opened> => {
  const { clock } = options
  const patience = { lock: options.patience ?? 5000, answer: options.answerMillis ?? 10_000 }
  const { locations, servers, found } = await prepare(options, {
    read: readLocations,
    migrate: (owner) => migrate(configOf(owner)),
    inspect: (location) => openInspected(configOf(location)),
    isDenied: (error) => numberOf(error) === 1142,
    refusalOf,
  })

  const pools = inTurn(servers.all().map((location) => newPool(configOf(location), location.connections)))
  const database = openDatabase(pools, sessionOf(patience, found.cluster), patience.answer)
  const bell = openBell(database)
  const lifetime = openLifetime(patience.answer, () => Promise.all([database.close(), bell.close()]))
  return {
    journal: mysqlJournal(database, bell, found.id, clock, lifetime),
    records: mysqlRecords(database, clock, lifetime.close),
    warnings: warningsOfClear(locations),
    name: locations.map(nameOf).join(', '),
  }
}

// Opens both ports on one PostgreSQL database: brings its tables up to date, looks at what the role may do, then connects.
import {
  inTurn,
  isNetworkError,
  type Opened,
  openLifetime,
  prepare,
  type ServerOptions,
  tlsWords,
  unavailable,
  warningsOfClear,
} from '@konfig/journal'
import { openBell } from './bell.ts'
import { checkPrimary, type Config, configOf, newClient, newPool } from './connect.ts'
import { openDatabase } from './database.ts'
import { stateOf } from './errors.ts'
import { postgresJournal } from './journal.ts'
import { type Location, nameOf, readLocations } from './location.ts'
import { postgresRecords } from './records.ts'
import { inspect } from './schema/inspect.ts'
import { migrate } from './schema/migrate.ts'

/** URLs read `postgres://user:password@host:port/database?sslmode=…`, or name several hosts parted by commas. */
export type PostgresOptions = ServerOptions

/** Whether it passes by itself: the server is away, starts, stops, or has no connection to spare. */
const isAway = (error: unknown): boolean => {
  const state = stateOf(error)
  if (state !== undefined) return ['08', '53', '57'].some((start) => state.startsWith(start))
  return isNetworkError(error) || (error instanceof Error && /timeout|terminated/i.test(error.message))
}

/** As the driver says it. */
const withoutTls = 'The server does not support SSL connections'

const refusalOf = (error: unknown, location: Location, variable: string): string | undefined => {
  if (isAway(error)) return undefined
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

const openInspected = async (config: Config) => {
  const client = newClient(config)
  try {
    await client.connect()
    return await inspect(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const ownerWarning =
  'The role of KONFIG_JOURNAL owns its tables: row-level security holds for it, but it could switch that off. Give the owner as KONFIG_JOURNAL_MIGRATE and a role of its own to KONFIG_JOURNAL'

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
  const { clock } = options
  const patience = { lock: options.patience ?? 5000, answer: options.answerMillis ?? 10_000 }
  const several = readLocations(options.url).length > 1
  const configAt = async (location: Location): Promise<Config> => {
    const config = configOf(location, patience)
    if (several) await checkedPrimary(config)
    return config
  }
  const { locations, servers, found } = await prepare(options, {
    read: readLocations,
    migrate: async (owner, { user }) => migrate(await configAt(owner), user),
    inspect: async (location) => openInspected(await configAt(location)),
    isDenied: (error) => stateOf(error) === '42501',
    refusalOf,
  })

  const check = several ? checkPrimary : undefined
  const configs = new Map(
    servers.all().map((location) => {
      const config = configOf(location, patience)
      return [newPool(config, location.connections, check), config] as const
    }),
  )
  const pools = inTurn([...configs.keys()])
  const database = openDatabase(pools, patience.answer)
  const bell = openBell(() => configs.get(pools.current()) as Config)
  const lifetime = openLifetime(patience.answer, () => Promise.all([database.close(), bell.close()]))
  return {
    journal: postgresJournal(database, bell, found.id, clock, lifetime),
    records: postgresRecords(database, clock, lifetime.close),
    warnings: [...(found.owns ? [ownerWarning] : []), ...warningsOfClear(locations)],
    name: locations.map(nameOf).join(', '),
  }
}

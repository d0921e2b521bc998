// Opens both ports on one MongoDB database: brings its collections up to date, looks at what the role may do, then connects.
import { type Opened, openLifetime, prepare, type ServerOptions } from '@konfig/journal'
import { type Db, type MongoClient, MongoError, MongoParseError } from 'mongodb'
import { openBell } from './bell.ts'
import { durable, newClient, type Patience } from './connect.ts'
import { openDatabase } from './database.ts'
import { tlsDisagreement } from './encryption.ts'
import { codeOfServer, faultOf } from './errors.ts'
import { mongodbJournal } from './journal.ts'
import { isLocal, type Location, nameOf, readLocation } from './location.ts'
import { mongodbRecords } from './records.ts'
import { inspect } from './schema/inspect.ts'
import { migrate } from './schema/migrate.ts'

/** URLs read `mongodb://user:password@host:port/database?…`. */
export type MongodbOptions = ServerOptions

const denied = 13
const authentication = [18, 8000]

/** What the driver found when it looked for a server is told by it in an error around that. */
const innermost = (error: unknown): unknown =>
  error instanceof MongoError && codeOfServer(error) === undefined && error.cause instanceof MongoError
    ? innermost(error.cause)
    : error

const refusalOf = (outer: unknown, location: Location, variable: string): string | undefined => {
  const error = innermost(outer)
  const code = codeOfServer(error)
  const at = nameOf(location)
  if (code !== undefined && authentication.includes(code))
    return `The server at ${at} refuses the user or the password of ${variable}.`
  if (code === denied)
    return `The user of ${variable} may not do what is needed in ${at}. docs/how-to-mongodb.md shows what it must be granted.`
  if (error instanceof MongoParseError || (error instanceof MongoError && faultOf(error, false) === 'wrong'))
    return `The server at ${at} cannot be used: ${error.message}.`
  return undefined
}

/** As commands take it. */
const concernOf = (patience: Patience) => {
  const { w, j, wtimeoutMS } = durable(patience)
  return { w, j, wtimeout: wtimeoutMS }
}

const once = async <T>(client: MongoClient, work: (db: Db) => Promise<T>): Promise<T> => {
  try {
    return await work(client.db())
  } finally {
    await client.close().catch(() => undefined)
  }
}

const warningsOf = (location: Location, replicated: boolean): readonly string[] => [
  ...(replicated
    ? []
    : [
        `The server at ${nameOf(location)} is no replica set: what is acknowledged is on that machine alone, and nodes hear of each other's writes by asking`,
      ]),
  ...(location.encrypted || isLocal(location)
    ? []
    : [`The connection to the server at ${nameOf(location)} is not encrypted. Add tls=true to KONFIG_JOURNAL`]),
]

/**
 * Both ports share their connections: closing either closes both.
 * Rejects with `CannotOpen` for what a person must put right, `journal_newer` for collections of a newer version, `unavailable` while the server is away.
 */
export const openMongodb = async (options: MongodbOptions): Promise<Opened> => {
  const patience: Patience = { server: options.patience ?? 2000, answer: options.answerMillis ?? 10_000 }
  const { servers, found } = await prepare(options, {
    // Of a URL that names several, the driver itself finds the one that takes writes.
    read: (url) => [readLocation(url)],
    migrate: (owner) => once(newClient(owner, patience), migrate),
    inspect: async (location) => ({
      ...(await once(newClient(location, patience), inspect)),
      database: await openDatabase(() => newClient(location, patience), concernOf(patience)),
    }),
    isDenied: (error) => codeOfServer(error) === denied,
    refusalOf,
    whyAway: tlsDisagreement,
  })
  const { database, installation, replicated } = found
  const bell = openBell(database, installation)
  const lifetime = openLifetime(patience.answer, () => Promise.all([database.close(), bell.close()]))
  return {
    journal: mongodbJournal(database, bell, installation, lifetime),
    records: mongodbRecords(database, options.clock, lifetime.close),
    warnings: warningsOf(servers.current(), replicated),
    name: nameOf(servers.current()),
  }
}

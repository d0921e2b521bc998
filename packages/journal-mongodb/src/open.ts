// Opens both ports on one MongoDB database: brings its collections up to date, looks at what the role may do, then connects.
import { setTimeout as wait } from 'node:timers/promises'
import type { Millis } from '@konfig/core'
import { CannotOpen, type Clock, type Journal, type Records, unavailable } from '@konfig/journal'
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

export interface MongodbOptions {
  /** `mongodb://user:password@host:port/database?…`; the role that the application works as. */
  readonly url: string
  /** The same for the role that makes the collections, where it is another. */
  readonly migrateUrl?: string | undefined
  readonly clock: Clock
  /** How long a call waits for a server that takes writes before it is refused. */
  readonly patience?: Millis
  /** How long the server may be silent before an answer counts as lost. */
  readonly answerMillis?: Millis
}

const goodbyeMillis = 2000

export interface Opened {
  readonly journal: Journal
  readonly records: Records
  /** What an operator should know, in whole sentences. */
  readonly warnings: readonly string[]
  /** Hosts and database. */
  readonly name: string
}

const denied = 13
const authentication = [18, 8000]

const refusalOf = (error: unknown, location: Location, variable: string): string | undefined => {
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

/** What the driver found when it looked for a server is told by it in an error around that. */
const innermost = (error: unknown): unknown =>
  error instanceof MongoError && codeOfServer(error) === undefined && error.cause instanceof MongoError
    ? innermost(error.cause)
    : error

const explain = async (error: unknown, location: Location, variable: string): Promise<unknown> => {
  if (error instanceof CannotOpen || (error instanceof Error && 'failure' in error)) return error
  const refusal = refusalOf(innermost(error), location, variable)
  if (refusal !== undefined) return new CannotOpen(refusal, { cause: error })
  const disagreement = await tlsDisagreement(location, variable)
  return unavailable(disagreement === undefined ? error : new Error(disagreement))
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
  const location = readLocation(options.url)
  const owner = options.migrateUrl === undefined ? location : readLocation(options.migrateUrl)
  const patience: Patience = { server: options.patience ?? 2000, answer: options.answerMillis ?? 10_000 }
  await once(newClient(owner, patience), migrate).catch(async (error: unknown) => {
    // What is missing then is told better by looking at the collections.
    if (options.migrateUrl === undefined && codeOfServer(error) === denied) return
    throw await explain(error, owner, options.migrateUrl === undefined ? 'KONFIG_JOURNAL' : 'KONFIG_JOURNAL_MIGRATE')
  })
  const { database, inspected } = await (async () => {
    try {
      const found = await once(newClient(location, patience), inspect)
      return {
        inspected: found,
        database: await openDatabase(() => newClient(location, patience), concernOf(patience)),
      }
    } catch (error) {
      throw await explain(error, location, 'KONFIG_JOURNAL')
    }
  })()

  const bell = openBell(database, inspected.installation)
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
  const lifetime = { closed: () => closed !== undefined, close, count }
  return {
    journal: mongodbJournal(database, bell, inspected.installation, lifetime),
    records: mongodbRecords(database, options.clock, close),
    warnings: warningsOf(location, inspected.replicated),
    name: nameOf(location),
  }
}

/** As commands take it. */
const concernOf = (patience: Patience) => {
  const { w, j, wtimeoutMS } = durable(patience)
  return { w, j, wtimeout: wtimeoutMS }
}

// How a database of a server is opened: whoever may makes what is needed or brings it up to date, then whoever works with it looks at what is
// there. Of several servers that offer it, the first that is not away. What is done there, and what errors mean, is the adapter's.
import { KonfigError, type Millis } from '@konfig/core'
import type { Clock } from '../journal.ts'
import { unavailable } from '../unavailable.ts'
import { CannotOpen } from './cannot-open.ts'
import { firstOf, type InTurn, inTurn } from './hosts.ts'

export interface ServerOptions {
  /** As the role that the application works as. */
  readonly url: string
  /** The same for the role that makes what is needed, where it is another. */
  readonly migrateUrl?: string | undefined
  readonly clock: Clock
  /** How long a write waits for what another holds, or for a server that takes writes, before it is refused. */
  readonly patience?: Millis
  /** How long an answer may take before it counts as lost. */
  readonly answerMillis?: Millis
}

export interface Preparing<Location, Found> {
  /** One for each server that a URL names. Throws `CannotOpen`. */
  readonly read: (url: string) => readonly Location[]
  readonly migrate: (owner: Location, worker: Location) => Promise<void>
  readonly inspect: (worker: Location) => Promise<Found>
  /** The role may not do that. */
  readonly isDenied: (error: unknown) => boolean
  /** What a person must put right, in a whole sentence that names the variable; undefined where it passes by itself. */
  readonly refusalOf: (error: unknown, location: Location, variable: string) => string | undefined
  /** Of a server that is away, where a look can tell: why that is, in words; undefined where it is not known. */
  readonly whyAway?: (location: Location, variable: string) => Promise<string | undefined>
}

export interface Prepared<Location, Found> {
  readonly locations: readonly Location[]
  /** The one that answered first. */
  readonly servers: InTurn<Location>
  readonly found: Found
}

/** Rejects with `CannotOpen`, with `unavailable` while all servers are away, and with what `migrate` and `inspect` refuse. */
export const prepare = async <Location, Found>(
  { url, migrateUrl }: Pick<ServerOptions, 'url' | 'migrateUrl'>,
  { read, migrate, inspect, isDenied, refusalOf, whyAway }: Preparing<Location, Found>,
): Promise<Prepared<Location, Found>> => {
  const locations = read(url)
  const [worker] = locations
  if (worker === undefined) throw new CannotOpen('The URL names no server.')
  const explained = async <T>(location: Location, variable: string, work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      if (error instanceof CannotOpen || error instanceof KonfigError) throw error
      const refusal = refusalOf(error, location, variable)
      if (refusal !== undefined) throw new CannotOpen(refusal, { cause: error })
      const why = await whyAway?.(location, variable)
      throw unavailable(why === undefined ? error : new Error(why))
    })
  const migrateAs = async (owner: Location): Promise<void> => {
    if (migrateUrl !== undefined) return explained(owner, 'KONFIG_JOURNAL_MIGRATE', migrate(owner, worker))
    const migrating = migrate(owner, worker).catch((error: unknown) => {
      // What is missing then is told better by looking at what is there.
      if (!isDenied(error)) throw error
    })
    return explained(owner, 'KONFIG_JOURNAL', migrating)
  }
  await firstOf(inTurn(migrateUrl === undefined ? locations : read(migrateUrl)), migrateAs)
  const servers = inTurn(locations)
  const found = await firstOf(servers, (location) => explained(location, 'KONFIG_JOURNAL', inspect(location)))
  return { locations, servers, found }
}

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

/** Whether the way to a server failed, which passes by itself. */
export const isNetworkError = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  // Each address of a name that has several failed in its own way.
  return networkCodes.includes(code) || ('errors' in error && code === '')
}

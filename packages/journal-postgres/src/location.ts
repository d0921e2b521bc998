// Where the database is and how to speak to it: reads the URL. Never repeats it, since it holds a password; knows nothing of connections.
import { readFileSync } from 'node:fs'
import { urlsOf } from '@konfig/journal'
import { CannotOpen } from './refusal.ts'

export interface Location {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string | undefined
  readonly tls: Tls | undefined
  /** At most so many connections, besides the one that listens. */
  readonly connections: number
  readonly applicationName: string
}

export interface Tls {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** Whether the certificate must come from a known authority. */
  readonly rejectUnauthorized: boolean
  /** Whether it must also name the host. */
  readonly namesHost: boolean
}

const modes = ['disable', 'require', 'verify-ca', 'verify-full'] as const
const parameters = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'connections', 'application_name']

const fileOf = (query: URLSearchParams, name: string): string | undefined => {
  const path = query.get(name)
  if (path === null || path === 'system') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new CannotOpen(`The file that ${name} of the PostgreSQL URL names cannot be read: ${path}.`)
  }
}

const tlsOf = (query: URLSearchParams): Tls | undefined => {
  const mode = query.get('sslmode') ?? (query.has('sslrootcert') ? 'verify-full' : 'disable')
  if (!(modes as readonly string[]).includes(mode))
    throw new CannotOpen(`sslmode of the PostgreSQL URL must be one of ${modes.join(', ')}.`)
  if (mode === 'disable') return undefined
  const [ca, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => fileOf(query, name))
  if (mode === 'verify-ca' && ca === undefined)
    throw new CannotOpen(
      'sslmode=verify-ca of the PostgreSQL URL needs sslrootcert: with public authorities it proves nothing.',
    )
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: mode !== 'require',
    namesHost: mode === 'verify-full',
  }
}

const connectionsOf = (query: URLSearchParams): number => {
  const text = query.get('connections') ?? '10'
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count >= 2 && count <= 1000) return count
  throw new CannotOpen('connections of the PostgreSQL URL must be a whole number from 2 to 1000.')
}

const form = 'postgres://user:password@host:5432/database?sslmode=verify-full'

/** Throws `CannotOpen`. */
export const readLocation = (text: string): Location => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '')
  if (
    url === undefined ||
    !/^postgres(ql)?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.username === '' ||
    database === ''
  )
    throw new CannotOpen(`The PostgreSQL URL must read ${form}, with user, host and database.`)
  const unknown = [...url.searchParams.keys()].filter((name) => !parameters.includes(name))
  if (unknown.length > 0)
    throw new CannotOpen(`The PostgreSQL URL has parameters that are not known: it may have ${parameters.join(', ')}.`)
  return {
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    tls: tlsOf(url.searchParams),
    connections: connectionsOf(url.searchParams),
    applicationName: url.searchParams.get('application_name') ?? 'konfig',
  }
}

/** Of each host that a URL names. Throws `CannotOpen`. */
export const readLocations = (text: string): readonly Location[] => urlsOf(text).map(readLocation)

/** For people: which database is meant, and nothing secret. */
export const nameOf = ({ host, port, database }: Location): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`

export const isLocal = ({ host }: Location): boolean => ['localhost', '127.0.0.1', '::1'].includes(host)

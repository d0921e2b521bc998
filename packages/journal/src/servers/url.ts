// Where a database server is and how to speak to it, as its URL says. Never repeats the URL, since it holds a password; knows no driver.
import { readFileSync } from 'node:fs'
import { CannotOpen } from './cannot-open.ts'

export interface ServerLocation {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string | undefined
  readonly tls: ServerTls | undefined
  /** At most so many connections for calls. */
  readonly connections: number
  readonly applicationName: string
}

export interface ServerTls {
  readonly files: { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** Whether the certificate must come from a known authority. */
  readonly rejectUnauthorized: boolean
  /** Whether it must also name the host. */
  readonly namesHost: boolean
}

/** What differs between servers that are named in this way. */
export interface ServerUrl {
  /** As people call it. */
  readonly product: string
  /** Of the URL, with the colon. */
  readonly protocols: readonly string[]
  readonly port: number
  /** An example, for who gets it wrong. */
  readonly form: string
}

const modes = ['disable', 'require', 'verify-ca', 'verify-full'] as const
const parameters = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'connections', 'application_name']

const fileOf = (query: URLSearchParams, name: string, product: string): string | undefined => {
  const path = query.get(name)
  if (path === null || path === 'system') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new CannotOpen(`The file that ${name} of the ${product} URL names cannot be read: ${path}.`)
  }
}

const tlsOf = (query: URLSearchParams, product: string): ServerTls | undefined => {
  const mode = query.get('sslmode') ?? (query.has('sslrootcert') ? 'verify-full' : 'disable')
  if (!(modes as readonly string[]).includes(mode))
    throw new CannotOpen(`sslmode of the ${product} URL must be one of ${modes.join(', ')}.`)
  if (mode === 'disable') return undefined
  const [ca, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => fileOf(query, name, product))
  if (mode === 'verify-ca' && ca === undefined)
    throw new CannotOpen(
      `sslmode=verify-ca of the ${product} URL needs sslrootcert: with public authorities it proves nothing.`,
    )
  return {
    files: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    },
    rejectUnauthorized: mode !== 'require',
    namesHost: mode === 'verify-full',
  }
}

/** Throws `CannotOpen`. */
export const connectionsIn = (query: URLSearchParams, product: string, otherwise: number): number => {
  const text = query.get('connections') ?? String(otherwise)
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count >= 2 && count <= 1000) return count
  throw new CannotOpen(`connections of the ${product} URL must be a whole number from 2 to 1000.`)
}

/** Throws `CannotOpen`. */
export const readServerUrl = (text: string, { product, protocols, port, form }: ServerUrl): ServerLocation => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '')
  if (
    url === undefined ||
    !protocols.includes(url.protocol) ||
    url.hostname === '' ||
    url.username === '' ||
    database === ''
  )
    throw new CannotOpen(`The ${product} URL must read ${form}, with user, host and database.`)
  const unknown = [...url.searchParams.keys()].filter((name) => !parameters.includes(name))
  if (unknown.length > 0)
    throw new CannotOpen(`The ${product} URL has parameters that are not known: it may have ${parameters.join(', ')}.`)
  return {
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    port: url.port === '' ? port : Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    tls: tlsOf(url.searchParams, product),
    connections: connectionsIn(url.searchParams, product, 10),
    applicationName: url.searchParams.get('application_name') ?? 'konfig',
  }
}

/** For people: which database is meant, and nothing secret. */
export const serverName = ({ host, port, database }: Pick<ServerLocation, 'host' | 'port' | 'database'>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`

/** Nothing of what is said there leaves the machine. */
const isLocal = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host)

/** What an operator is told of those to which everything goes in the clear. */
export const warningsOfClear = (
  locations: readonly (Parameters<typeof serverName>[0] & { readonly tls: object | undefined })[],
): readonly string[] =>
  locations
    .filter(({ tls, host }) => tls === undefined && !isLocal(host))
    .map(
      (location) =>
        `The connection to the server at ${serverName(location)} is not encrypted. Add sslmode=verify-full to KONFIG_JOURNAL`,
    )

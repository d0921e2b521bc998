// Where the database is and how to speak to it: what a PostgreSQL URL says. Knows nothing of connections.
import { readServerUrl, type ServerLocation, serverName, type ServerTls, urlsOf } from '@konfig/journal'

/** `connections` come besides the one that listens. */
export interface Location extends Omit<ServerLocation, 'tls'> {
  readonly tls: (ServerTls['files'] & Omit<ServerTls, 'files'>) | undefined
}

/** Throws `CannotOpen`. */
export const readLocation = (text: string): Location => {
  const { tls, ...location } = readServerUrl(text, {
    product: 'PostgreSQL',
    protocols: ['postgres:', 'postgresql:'],
    port: 5432,
    form: 'postgres://user:password@host:5432/database?sslmode=verify-full',
  })
  if (tls === undefined) return { ...location, tls }
  const { files, ...rest } = tls
  return { ...location, tls: { ...files, ...rest } }
}

/** Of each host that a URL names. Throws `CannotOpen`. */
export const readLocations = (text: string): readonly Location[] => urlsOf(text).map(readLocation)

export const nameOf = serverName

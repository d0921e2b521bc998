// Where the database is and how to speak to it: what a MySQL or MariaDB URL says. Knows nothing of connections.
import { isIP } from 'node:net'
import { CannotOpen, readServerUrl, type ServerLocation, serverName, type ServerTls, urlsOf } from '@konfig/journal'

export interface Location extends Omit<ServerLocation, 'tls'> {
  readonly tls: Tls | undefined
}

/** As the driver takes it. */
export interface Tls extends Readonly<ServerTls['files']> {
  readonly rejectUnauthorized: boolean
  /** Whether the certificate must also name the host. */
  readonly verifyIdentity: boolean
}

/** Throws `CannotOpen`. */
export const readLocation = (text: string): Location => {
  const { tls, ...location } = readServerUrl(text, {
    product: 'MySQL',
    protocols: ['mysql:', 'mariadb:'],
    port: 3306,
    form: 'mysql://user:password@host:3306/database?sslmode=verify-full',
  })
  if (tls === undefined) return { ...location, tls }
  const { files, rejectUnauthorized, namesHost } = tls
  // The driver would look for the name localhost in the certificate.
  if (namesHost && isIP(location.host) !== 0)
    throw new CannotOpen(
      'sslmode=verify-full of the MySQL URL needs the name of the host, not its address; or give sslrootcert and sslmode=verify-ca.',
    )
  return { ...location, tls: { ...files, rejectUnauthorized, verifyIdentity: namesHost } }
}

/** Of each host that a URL names. Throws `CannotOpen`. */
export const readLocations = (text: string): readonly Location[] => urlsOf(text).map(readLocation)

export const nameOf = serverName

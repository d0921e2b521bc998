// Where the database is and how to speak to it: reads the URL. Never repeats it, since it holds a password; knows nothing of connections.
import { CannotOpen, connectionsIn } from '@konfig/journal'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'

export interface Location {
  /** For the driver, without user and password. */
  readonly url: string
  /** One, or several of a replica set. */
  readonly hosts: readonly string[]
  readonly database: string
  readonly user: string | undefined
  readonly password: string | undefined
  readonly encrypted: boolean
  /** At most so many connections to a server. */
  readonly connections: number
}

/** Names and values are MongoDB's own. What else it knows is for Konfig to set: how durable a write is may not be chosen. */
const parameters = [
  'appName',
  'authMechanism',
  'authSource',
  'connections',
  'directConnection',
  'replicaSet',
  'tls',
  'tlsCAFile',
  'tlsCertificateKeyFile',
]
const files = ['tlsCAFile', 'tlsCertificateKeyFile']
const form = 'mongodb://user:password@host:27017/database?replicaSet=rs0&tls=true'
const shape = /^mongodb(\+srv)?:\/\/(?:([^:@/?]+)(?::([^:@/?]*))?@)?([^@/?]+)\/([^/?]+)(?:\?(.*))?$/

const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const check = (query: URLSearchParams): void => {
  const unknown = [...query.keys()].filter((name) => !parameters.includes(name))
  if (unknown.length > 0)
    throw new CannotOpen(`The MongoDB URL has parameters that are not known: it may have ${parameters.join(', ')}.`)
  for (const name of files) {
    const path = query.get(name)
    if (path !== null && !existsSync(path))
      throw new CannotOpen(`The file that ${name} of the MongoDB URL names cannot be read: ${path}.`)
  }
  for (const name of ['tls', 'directConnection'])
    if (!['true', 'false', null].includes(query.get(name)))
      throw new CannotOpen(`${name} of the MongoDB URL must be true or false.`)
}

/** Throws `CannotOpen`. */
export const readLocation = (text: string): Location => {
  const [, srv = '', user, password, hosts = '', database = '', parametersText = ''] = shape.exec(text) ?? []
  const name = decoded(database)
  if (
    name === undefined ||
    !/^[A-Za-z0-9_-]{1,63}$/.test(name) ||
    !hosts.split(',').every((host) => /^(\[[0-9a-f:.]+\]|[^:[\]]+)(:\d{1,5})?$/i.test(host)) ||
    (user !== undefined && decoded(user) === undefined) ||
    (password !== undefined && decoded(password) === undefined)
  )
    throw new CannotOpen(
      `The MongoDB URL must read ${form}, with host and database; the database in letters, digits, - and _.`,
    )
  const query = new URLSearchParams(parametersText)
  check(query)
  const connections = connectionsIn(query, 'MongoDB', 10)
  query.delete('connections')
  const tls = query.get('tls')
  const certain = tls === 'true' || (tls === null && (srv !== '' || files.some((each) => query.has(each))))
  const rest = query.toString()
  return {
    url: `mongodb${srv}://${hosts}/${name}${rest === '' ? '' : `?${rest}`}`,
    hosts: hosts.split(','),
    database: name,
    user: decoded(user),
    password: decoded(password),
    encrypted: certain,
    connections,
  }
}

/** For people: which database is meant, and nothing secret. */
export const nameOf = ({ hosts, database }: Location): string => `${hosts.join(',')}/${database}`

const bare = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.+)\]$/, '$1')

export const isLocal = ({ hosts }: Location): boolean =>
  hosts.map(bare).every((host) => host === 'localhost' || (isIP(host) !== 0 && /^(127\.|::1$)/.test(host)))

// A real PostgreSQL on loopback, with data of its own, and databases on it with the two roles that an installation has.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { borrow } from './desk.ts'
import { freePort } from './port.ts'
import {
  dataFolder,
  freezeProcess,
  type Ground,
  ownerFor,
  type Program,
  signalProcess,
  startProgram,
  untilReady,
  writeOwned,
} from './program.ts'

/** What another process needs to use a server that runs. */
export interface PostgresAddress {
  readonly port: number
}

export interface PostgresServer extends PostgresAddress {
  /** Ends it as an operator would, without waiting for its clients. */
  readonly stop: () => Promise<void>
  /** Ends it, and all that it started, as a failure would. */
  readonly crash: () => Promise<void>
  /** The same data on the same port again. */
  readonly start: () => Promise<void>
  /** Nothing of it answers, and no connection breaks; answers how to let it go on. */
  readonly freeze: () => () => void
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>
}

export interface PostgresOptions {
  /** Whether a commit waits for the disk, as in production. Tests that cannot cut the power need not. */
  readonly durable?: boolean
  /** PEM. */
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array }
  readonly ground?: Ground
}

const debian = '/usr/lib/postgresql'

export const binaries = (): string => {
  const versions = existsSync(debian) ? readdirSync(debian).filter((name) => /^\d+$/.test(name)) : []
  const newest = versions.map(Number).sort((a, b) => b - a)[0]
  if (newest !== undefined) return `${debian}/${newest}/bin`
  return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
}

/** The server and all that it started. */
const family = (pid: number): readonly number[] => [
  pid,
  ...execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split(/\s+/)
    .map(Number)
    .filter((child) => child > 0),
]

export const startPostgres = async ({
  durable = false,
  tls,
  ground = {},
}: PostgresOptions = {}): Promise<PostgresServer> => {
  const bin = binaries()
  const owner = ownerFor('postgres')
  const folder = dataFolder('postgres', owner, ground.parent)
  execFileSync(
    `${bin}/initdb`,
    ['-D', folder.path, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { stdio: 'pipe', cwd: '/', ...owner },
  )
  if (tls !== undefined) {
    writeOwned(join(folder.path, 'tls.pem'), tls.cert, owner)
    writeOwned(join(folder.path, 'tls.key'), tls.key, owner)
  }
  const port = await freePort()
  const options = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    ...(durable ? [] : ['fsync=off']),
    ...(ground.settings ?? []),
    ...(tls === undefined ? [] : ['ssl=on', 'ssl_cert_file=tls.pem', 'ssl_key_file=tls.key']),
  ]
  let program: Program | undefined
  const start = async (): Promise<void> => {
    program = startProgram(
      `${bin}/postgres`,
      ['-D', folder.path, ...options.flatMap((option) => ['-c', option])],
      owner,
      ground.environment,
    )
    await untilReady(program, async () => {
      execFileSync(`${bin}/pg_isready`, ['-q', '-h', '127.0.0.1', '-p', String(port)])
      return true
    })
  }
  const stop = async (): Promise<void> => {
    await program?.end('SIGINT')
    program = undefined
  }
  await start()
  return {
    port,
    start,
    stop,
    crash: async () => {
      const all = program === undefined || program.ended() ? [] : family(program.pid)
      for (const pid of all.slice(1)) signalProcess(pid, 'SIGKILL')
      await program?.end('SIGKILL')
      program = undefined
    },
    freeze: () => {
      const parent = program?.pid ?? 0
      // It first: it begins no other from then on.
      const thaws = [freezeProcess(parent)]
      for (const pid of family(parent).slice(1)) thaws.push(freezeProcess(pid))
      return () => {
        for (const thaw of thaws.toReversed()) thaw()
      }
    },
    remove: async () => {
      await stop()
      folder.remove()
    },
  }
}

export interface PostgresDatabase {
  /** As the role that the application works as. */
  readonly url: string
  /** As the role that owns the tables. */
  readonly migrateUrl: string
  /** As the superuser, who is no part of an installation. */
  readonly superUrl: string
  /** Another database with the same content and roles; nobody may be connected to this one. */
  readonly copy: () => Promise<PostgresDatabase>
  readonly drop: () => Promise<void>
}

const urlOf = ({ port }: PostgresAddress, user: string, database: string): string =>
  `postgres://${user}@127.0.0.1:${port}/${database}`

/** Runs one statement on a connection of its own. */
export const query = async <Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> => {
  const client = new pg.Client(url)
  // What breaks is told by the answer; said of the connection as well, with nobody to hear it, it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

/** The same where nobody can wait: rows as the server prints them, fields parted by a bar. */
export const querySync = (url: string, text: string): readonly string[] =>
  execFileSync(`${binaries()}/psql`, [url, '-XAtq', '-c', text], { encoding: 'utf8', stdio: 'pipe' })
    .split('\n')
    .filter((line) => line !== '')

const fresh = (): string => `konfig_${randomBytes(6).toString('hex')}`

const databaseOf = (server: PostgresAddress, name: string, role: string, dropRoles: string): PostgresDatabase => {
  const admin = urlOf(server, 'postgres', 'postgres')
  return {
    url: urlOf(server, role, name),
    migrateUrl: urlOf(server, `${role}_owner`, name),
    superUrl: urlOf(server, 'postgres', name),
    copy: async () => {
      const copy = fresh()
      await query(admin, `CREATE DATABASE ${copy} OWNER ${role}_owner TEMPLATE ${name}`)
      return databaseOf(server, copy, role, '')
    },
    drop: async () => {
      await query(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      if (dropRoles !== '') await query(admin, dropRoles)
    },
  }
}

/** An empty database of its own. Its roles are its own too, so that what one test grants is nothing to another. */
export const createDatabase = async (server: PostgresAddress): Promise<PostgresDatabase> => {
  const name = fresh()
  const admin = urlOf(server, 'postgres', 'postgres')
  await query(admin, `CREATE ROLE ${name}_owner LOGIN; CREATE ROLE ${name} LOGIN`)
  await query(admin, `CREATE DATABASE ${name} OWNER ${name}_owner`)
  return databaseOf(server, name, name, `DROP ROLE ${name}; DROP ROLE ${name}_owner`)
}

/** A database on the one server that all tests of this run use. */
export const borrowDatabase = async (): Promise<PostgresDatabase> => createDatabase(await borrow('postgres'))

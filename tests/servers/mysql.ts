// A real MySQL 8 on loopback, with data of its own; and for it and MariaDB alike, databases with the two roles that an installation has.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { borrow } from './desk.ts'
import { freePort } from './port.ts'
import {
  dataFolder,
  freezeProcess,
  type Ground,
  type Program,
  startProgram,
  untilReady,
  writeOwned,
} from './program.ts'
import { mysqlHome } from './tools.ts'

/** The two servers that speak this protocol. */
export const kinds = ['mariadb', 'mysql'] as const
export type Kind = (typeof kinds)[number]

/** What another process needs to use a server that runs. */
export interface MysqlAddress {
  readonly port: number
}

export interface MysqlServer extends MysqlAddress {
  /** Ends it as an operator would, without waiting for its clients. */
  readonly stop: () => Promise<void>
  /** Ends it as a failure would. */
  readonly crash: () => Promise<void>
  /** The same data on the same port again. */
  readonly start: () => Promise<void>
  /** Nothing of it answers, and no connection breaks; answers how to let it go on. */
  readonly freeze: () => () => void
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>
}

export interface MysqlOptions {
  /** Whether a commit waits for the disk, as in production. Tests that cannot cut the power need not. */
  readonly durable?: boolean
  /** PEM. */
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array }
  readonly ground?: Ground
}

export interface Recipe {
  readonly name: Kind
  /** Makes the files of an empty server, whose root needs no password on this machine. */
  readonly initialize: (folder: string, options: readonly string[]) => readonly string[]
  readonly program: () => string
  readonly options: readonly string[]
}

const rootOn = (port: number, database?: string): string =>
  `mysql://root@127.0.0.1:${port}/${database === undefined ? '' : database}`

/** Runs one statement on a connection of its own. */
export const query = async <Row = RowDataPacket>(
  url: string,
  text: string,
  values: readonly (string | number | Buffer)[] = [],
): Promise<readonly Row[]> => {
  const client = await mysql.createConnection({ uri: url, supportBigNumbers: true, multipleStatements: true })
  // What breaks is told by the answer; said of the connection as well, with nobody to hear it, it would end the process.
  client.on('error', () => undefined)
  try {
    const [rows] = await client.query(text, [...values])
    return rows as unknown as readonly Row[]
  } finally {
    client.destroy()
  }
}

/** The same for callers that cannot wait: each row a line, its columns parted by tabs, numbers and text as they are written. */
export const querySync = (url: string, text: string): readonly string[] => {
  const { hostname, port, username, pathname } = new URL(url)
  const words = ['--no-defaults', '-h', hostname, '-P', port, '-u', username, '-NBe', text, pathname.slice(1)]
  return execFileSync('mariadb', words, { encoding: 'utf8', stdio: 'pipe' })
    .split('\n')
    .filter((line) => line !== '')
}

export const startFrom = async (
  { name, initialize, program: command, options: own }: Recipe,
  { durable = false, tls, ground = {} }: MysqlOptions = {},
): Promise<MysqlServer> => {
  // Both run as root where they are told to.
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  const folder = dataFolder(name, undefined, ground.parent)
  const data = join(folder.path, 'data')
  // In the common folder, two that start at once take each other's files.
  const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${folder.path}`, ...asRoot]
  const more = initialize(data, [...common, ...(ground.settings ?? [])])
  const [cert, key] = [join(folder.path, 'tls.pem'), join(folder.path, 'tls.key')]
  if (tls !== undefined) {
    writeOwned(cert, tls.cert, undefined)
    writeOwned(key, tls.key, undefined)
  }
  const port = await freePort()
  const options = [
    ...common,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${join(folder.path, 's')}`,
    `--pid-file=${join(folder.path, 'pid')}`,
    '--skip-name-resolve',
    '--max-connections=300',
    '--innodb-buffer-pool-size=64M',
    ...(durable ? ['--innodb-flush-log-at-trx-commit=1'] : ['--innodb-flush-log-at-trx-commit=2']),
    ...(tls === undefined ? [] : [`--ssl-cert=${cert}`, `--ssl-key=${key}`]),
    ...own,
    ...more,
    ...(ground.settings ?? []),
  ]
  let program: Program | undefined
  const start = async (): Promise<void> => {
    program = startProgram(command(), options, undefined, ground.environment)
    // It answers a ping before it lets anybody in.
    await untilReady(program, async () => (await query(rootOn(port), 'SELECT 1')).length === 1)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await program?.end(signal)
    program = undefined
  }
  await start()
  return {
    port,
    start,
    stop: () => end('SIGTERM'),
    crash: () => end('SIGKILL'),
    freeze: () => freezeProcess(program?.pid ?? 0),
    remove: async () => {
      await end('SIGKILL')
      folder.remove()
    },
  }
}

export const startMysql = (options: MysqlOptions = {}): Promise<MysqlServer> => {
  const home = mysqlHome()
  const program = join(home, 'bin/mysqld')
  const parts = [`--basedir=${home}`, `--lc-messages-dir=${home}/share`]
  return startFrom(
    {
      name: 'mysql',
      program: () => program,
      initialize: (folder, common) => {
        const init = join(folder, '../init.sql')
        writeOwned(
          init,
          Buffer.from(
            "CREATE USER IF NOT EXISTS root@'127.0.0.1';\nGRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n",
          ),
          undefined,
        )
        execFileSync(program, [...common, ...parts, '--initialize-insecure'], { stdio: 'pipe', cwd: '/' })
        return [`--init-file=${init}`]
      },
      options: [...parts, '--mysqlx=OFF', '--disable-log-bin', '--performance-schema=OFF'],
    },
    options,
  )
}

export interface MysqlDatabase {
  /** As the role that the application works as. */
  readonly url: string
  /** As the role that makes the tables. */
  readonly migrateUrl: string
  /** As the superuser, who is no part of an installation. */
  readonly superUrl: string
  /** Another one with the same content. */
  readonly copy: () => Promise<MysqlDatabase>
  readonly drop: () => Promise<void>
}

/** An empty database of its own. Its roles are its own too, so that what one test grants is nothing to another. */
export const createDatabase = async ({ port }: MysqlAddress): Promise<MysqlDatabase> => {
  const name = `konfig_${randomBytes(6).toString('hex')}`
  const roles = { [name]: 'SELECT, INSERT, UPDATE, DELETE', [`${name}_owner`]: 'ALL' }
  const all = (statement: (role: string, rights: string) => string): Promise<unknown> =>
    query(
      rootOn(port),
      Object.entries(roles)
        .map(([role, rights]) => statement(role, rights))
        .join('; '),
    )
  await query(rootOn(port), `CREATE DATABASE ${name}`)
  await all(
    (role, rights) => `CREATE USER ${role}@'%' IDENTIFIED BY 'word'; GRANT ${rights} ON ${name}.* TO ${role}@'%'`,
  )
  const urlOf = (role: string): string => `mysql://${role}:word@127.0.0.1:${port}/${name}`
  return {
    url: urlOf(name),
    migrateUrl: urlOf(`${name}_owner`),
    superUrl: rootOn(port, name),
    copy: async () => {
      const copy = await createDatabase({ port })
      const tables = await query<{ readonly name: string }>(
        rootOn(port),
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
        [name],
      )
      for (const table of tables)
        await query(
          copy.superUrl,
          `CREATE TABLE ${table.name} LIKE ${name}.${table.name}; INSERT INTO ${table.name} SELECT * FROM ${name}.${table.name}`,
        )
      return copy
    },
    drop: async () => {
      await query(rootOn(port), `DROP DATABASE IF EXISTS ${name}`)
      await all((role) => `DROP USER ${role}@'%'`)
    },
  }
}

/** A database on the one server of this kind that all tests of this run use. */
export const borrowDatabase = async (kind: Kind): Promise<MysqlDatabase> => createDatabase(await borrow(kind))

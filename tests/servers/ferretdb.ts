// A server that speaks the protocol of MongoDB on loopback: FerretDB, which keeps everything in a real PostgreSQL.
import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { borrow } from './desk.ts'
import { type PostgresAddress, type PostgresServer, query, querySync, startPostgres } from './postgres.ts'
import { freePort } from './port.ts'
import { freezeProcess, type Program, startProgram, untilReady } from './program.ts'
import { ferretdbProgram } from './tools.ts'

/** What another process needs to use a server that runs. */
export interface FerretdbAddress {
  readonly port: number
  /** The database of PostgreSQL that it keeps everything in. */
  readonly store: string
}

export interface FerretdbServer extends FerretdbAddress {
  /** Ends it as an operator would; what is stored stays with PostgreSQL. */
  readonly stop: () => Promise<void>
  /** Ends it as a failure would. */
  readonly crash: () => Promise<void>
  /** The same data on the same port again. */
  readonly start: () => Promise<void>
  /** Nothing of it answers, and no connection breaks; answers how to let it go on. */
  readonly freeze: () => () => void
  /** The PostgreSQL of its own. */
  readonly postgres: PostgresServer | undefined
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>
}

export interface FerretdbOptions {
  /** The PostgreSQL to use; else one of its own. */
  readonly on?: PostgresAddress
  /** Whether a commit of its own PostgreSQL waits for the disk, as in production. */
  readonly durable?: boolean
}

const parameters = 'directConnection=true'
const plainUrl = (port: number, database: string): string => `mongodb://127.0.0.1:${port}/${database}?${parameters}`

/** Runs something on a connection of its own, for which it waits as long as a busy machine may take. */
export const withClient = async <T>(
  url: string,
  work: (client: MongoClient) => Promise<T>,
  patienceMillis = 30_000,
): Promise<T> => {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: patienceMillis })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

export const startFerretdb = async ({ on, durable = false }: FerretdbOptions = {}): Promise<FerretdbServer> => {
  const own: PostgresServer | undefined = on === undefined ? await startPostgres({ durable }) : undefined
  const postgres = on ?? own
  const name = `ferretdb_${randomBytes(6).toString('hex')}`
  const admin = `postgres://postgres@127.0.0.1:${postgres?.port}/postgres`
  await query(admin, `CREATE DATABASE ${name}`)
  const port = await freePort()
  const store = `postgres://postgres@127.0.0.1:${postgres?.port}/${name}`
  let program: Program | undefined
  const start = async (): Promise<void> => {
    const started = startProgram(
      ferretdbProgram(),
      [
        `-listen=127.0.0.1:${port}`,
        // Whoever reads in parts holds one of these connections.
        `-postgres=${store}?pool_max_conns=20`,
      ],
      undefined,
    )
    program = started
    await untilReady(started, () =>
      withClient(plainUrl(port, 'admin'), async (client) => (await client.db().command({ ping: 1 }))['ok'] === 1, 1000),
    )
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await program?.end(signal)
    program = undefined
  }
  await start()
  return {
    port,
    store,
    postgres: own,
    start,
    stop: () => end('SIGTERM'),
    crash: () => end('SIGKILL'),
    freeze: () => freezeProcess(program?.pid ?? 0),
    remove: async () => {
      await end('SIGKILL')
      if (own === undefined) await query(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await own?.remove()
    },
  }
}

export interface MongodbDatabase {
  readonly url: string
  /** The same as PostgreSQL sees it: rows of one collection, each a document in JSON, where one cannot wait. */
  readonly rowsSync: (collection: string, work: (table: string) => string) => readonly string[]
  /** Another database with the same content; nobody may be writing to this one. */
  readonly copy: () => Promise<MongodbDatabase>
  readonly drop: () => Promise<void>
}

/** An empty database of its own. */
export const createDatabase = async ({ port, store }: FerretdbAddress): Promise<MongodbDatabase> => {
  const name = `konfig_${randomBytes(6).toString('hex')}`
  const url = plainUrl(port, name)
  return {
    url,
    rowsSync: (collection, work) => {
      const [table] = querySync(
        store,
        `SELECT tablename FROM pg_tables WHERE schemaname = '${name}' AND tablename ~ '^${collection}_[0-9a-f]{8}$'`,
      )
      return table === undefined ? [] : querySync(store, work(`${name}.${table}`))
    },
    copy: async () => {
      const copy = await createDatabase({ port, store })
      await withClient(url, (from) =>
        withClient(copy.url, async (to) => {
          for (const { name: collection } of await from.db().listCollections().toArray()) {
            const documents = await from.db().collection(collection).find().toArray()
            if (documents.length > 0) await to.db().collection(collection).insertMany(documents)
          }
        }),
      )
      return copy
    },
    drop: () => withClient(url, async (client) => void (await client.db().dropDatabase())),
  }
}

/** A database on the one server that all tests of this run use. */
export const borrowDatabase = async (): Promise<MongodbDatabase> => createDatabase(await borrow('ferretdb'))

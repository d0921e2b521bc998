// A client that finds its server no more is given up; what still runs on it is waited for.
import { KonfigError } from '@konfig/core'
import { MongoClient, MongoServerSelectionError, type TopologyDescription } from 'mongodb'
import { afterEach, describe, expect, it } from 'vitest'
import { borrowDatabase, type MongodbDatabase } from '../../../tests/servers/ferretdb.ts'
import { type Database, openDatabase } from './database.ts'

let place: MongodbDatabase
let database: Database
let clients: MongoClient[]
const open = async (fruitless: number): Promise<void> => {
  place = await borrowDatabase()
  clients = []
  database = await openDatabase(
    () => {
      const client = new MongoClient(place.url)
      clients.push(client)
      return client
    },
    {},
    fruitless,
  )
}
afterEach(async () => {
  await database.close()
  await place.drop()
})

const lost = (): Promise<never> =>
  Promise.reject(new MongoServerSelectionError('nobody', { error: undefined } as unknown as TopologyDescription))
const ask = (): Promise<unknown> => database.read(lost).catch((error: unknown) => error)

describe('a client that finds no server', () => {
  it('is given up for a fresh one, on which reads go on', async () => {
    await open(0)
    expect(await ask()).toBeInstanceOf(KonfigError)
    expect(clients).toHaveLength(2)
    expect(database.in.batches.dbName).toBe(clients[1]?.db().databaseName)
    await database.read(async ({ batches }) => expect(await batches.countDocuments()).toBe(0))
  })

  it('is kept for a while, and where it finds one meanwhile', async () => {
    await open(60_000)
    await ask()
    await ask()
    expect(clients).toHaveLength(1)
  })

  it('is closed only when what runs on it is done: a write is told what became of it', async () => {
    await open(0)
    const gate = Promise.withResolvers<void>()
    const written = database.write(async ({ batches }) => {
      await gate.promise
      await batches.insertOne({ _id: 'late' } as never)
      return 'done'
    })
    await ask()
    expect(clients).toHaveLength(2)
    gate.resolve()
    expect(await written).toBe('done')
    await database.read(async ({ batches }) => expect(await batches.countDocuments()).toBe(1))
  })

  it('is not replaced once the journal is closed', async () => {
    await open(0)
    await database.close()
    await expect(database.read(lost)).rejects.toBeInstanceOf(KonfigError)
    expect(clients).toHaveLength(1)
  })
})

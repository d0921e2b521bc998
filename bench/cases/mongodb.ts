// Appends through the MongoDB adapter against bare inserts, on FerretDB, which keeps everything in PostgreSQL.
import { openMongodb } from '@konfig/journal-mongodb'
import { type Collection, MongoClient } from 'mongodb'
import { createDatabase, startFerretdb } from '../../tests/servers/ferretdb.ts'
import type { Case } from '../figure.ts'
import { type Append, appendFigures, connections, payload } from '../load/appends.ts'

interface Bare {
  readonly _id: string
  readonly log: string
  readonly first: number
  readonly last: number
  readonly payload: Buffer
}

const bare =
  (collection: Collection<Bare>): Append =>
  (log, revision) =>
    collection.insertOne({ _id: `${log}\n${revision}`, log, first: revision, last: revision, payload })

export const mongodb: Case = async (say) => {
  const server = await startFerretdb({ durable: true })
  try {
    const database = await createDatabase(server)
    const { journal } = await openMongodb({ url: database.url, clock: { now: Date.now } })
    const client = new MongoClient(database.url, {
      maxPoolSize: connections,
      writeConcern: { w: 'majority', j: true },
      retryWrites: false,
    })
    const floor = bare(client.db().collection('bare'))
    const figures = await appendFigures('MongoDB wire', { floor, bare: 'mongodb, insertOne', journal }, say)
    await client.close()
    await journal.close()
    return figures
  } finally {
    await server.remove()
  }
}

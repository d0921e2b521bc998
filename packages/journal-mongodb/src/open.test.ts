// Opening: who may, what is made, what is refused, and in which words.
import { randomBytes } from 'node:crypto'
import type { Opened } from '@konfig/journal'
import { codeOf, openingContract } from '@konfig/journal/contract'
import type { Collection } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { borrow } from '../../../tests/servers/desk.ts'
import { borrowDatabase, type MongodbDatabase, withClient } from '../../../tests/servers/ferretdb.ts'
import { query } from '../../../tests/servers/postgres.ts'
import { openMongodb } from './open.ts'
import { names } from './schema/documents.ts'

const open = (url: string, migrateUrl?: string, patience = 2000): Promise<Opened> =>
  openMongodb({ url, migrateUrl, clock: { now: Date.now }, patience })
const as = (url: string, who: string, more = ''): string => url.replace('mongodb://', `mongodb://${who}@`) + more
/** What is stored about formats. */
const formats = <T>(url: string, work: (documents: Collection<{ _id: string; id?: string }>) => Promise<T>) =>
  withClient(url, (client) => work(client.db().collection(names.format)))

openingContract<MongodbDatabase>('mongodb', {
  empty: borrowDatabase,
  open: ({ url }) => open(url),
  openMade: ({ url }) => open(url),
  nameOf: ({ url }) => new URL(url).host + new URL(url).pathname,
  warnings: ['is no replica set'],
  makeHalf: ({ url }) => withClient(url, (client) => client.db().createCollection(names.batches)),
  makeNewer: ({ url }) => formats(url, (documents) => documents.insertOne({ _id: '0007-later' })),
  formatsOf: ({ url }) => formats(url, (documents) => documents.find({}).sort({ _id: 1 }).toArray()),
  wrong: async function* ({ url }) {
    for (const more of ['', '&authMechanism=PLAIN']) {
      const stranger = as(url, 'stranger:secret', more)
      yield { open: () => open(stranger), said: 'refuses the user or the password of KONFIG_JOURNAL.' }
      yield { open: () => open(url, stranger), said: 'the password of KONFIG_JOURNAL_MIGRATE.' }
    }
  },
  lacking: async function* ({ url }) {
    const { port } = await borrow('postgres')
    const lesser = `lesser_${randomBytes(6).toString('hex')}`
    const admin = `postgres://postgres@127.0.0.1:${port}/postgres`
    await query(admin, `CREATE ROLE ${lesser} LOGIN`)
    try {
      const refused = { open: () => open(as(url, `${lesser}:word`, '&authMechanism=PLAIN')), said: 'may not' }
      yield refused
      await (await open(url)).journal.close()
      yield refused
    } finally {
      await query(admin, `DROP ROLE ${lesser}`)
    }
  },
  nowhere: () => open('mongodb://127.0.0.1:1/konfig', undefined, 100),
})

describe('opening a database of MongoDB', () => {
  let database: MongodbDatabase
  beforeEach(async () => {
    database = await borrowDatabase()
  })
  afterEach(() => database.drop())

  it('refuses a newer format also where that is all there is', async () => {
    await formats(database.url, (documents) => documents.insertOne({ _id: '0007-later' }))
    expect(await codeOf(open(database.url))).toBe('journal_newer')
    expect(await formats(database.url, (documents) => documents.countDocuments())).toBe(1)
  })

  it('keeps the installation that a node which died half way through had begun', async () => {
    await formats(database.url, (documents) => documents.insertOne({ _id: 'installation', id: 'begun' }))
    const { journal } = await open(database.url)
    expect((await journal.changedSince(undefined)).cursor).toMatch(/^begun\//)
    await journal.close()
  })
})

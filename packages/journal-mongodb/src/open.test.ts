// Opening: who may, what is made, what is refused, and in which words.
import { CannotOpen } from '@konfig/journal'
import { randomBytes } from 'node:crypto'
import { codeOf } from '@konfig/journal/contract'
import type { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { borrow } from '../../../tests/servers/desk.ts'
import { borrowDatabase, type MongodbDatabase, withClient } from '../../../tests/servers/ferretdb.ts'
import { query } from '../../../tests/servers/postgres.ts'
import { type Opened, openMongodb } from './open.ts'
import { names } from './schema/documents.ts'

const clock = { now: Date.now }
const batch = (first: number, log = 'log') => ({ log, first, last: first, payload: Buffer.from(`payload ${first}`) })

let database: MongodbDatabase
const opened: Opened[] = []
const open = async (url = database.url): Promise<Opened> => {
  const one = await openMongodb({ url, clock, patience: 1000 })
  opened.push(one)
  return one
}
const within = <T>(work: (client: MongoClient) => Promise<T>): Promise<T> => withClient(database.url, work)
const as = (who: string, more = ''): string => database.url.replace('mongodb://', `mongodb://${who}@`) + more
const refusal = async (opening: Promise<unknown>): Promise<string> => {
  const reason = await opening.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(reason).toBeInstanceOf(CannotOpen)
  return (reason as Error).message
}

beforeEach(async () => {
  database = await borrowDatabase()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ journal }) => journal.close()))
  await database.drop()
})

describe('opening a database', () => {
  it('makes the collections, and finds everything again', async () => {
    const first = await open()
    expect(first.name).toMatch(/^127\.0\.0\.1:\d+\/konfig_[0-9a-f]+$/)
    expect(await first.journal.append([batch(1)])).toEqual(['landed'])
    expect(await (await open()).journal.head('log')).toBe(1)
  })

  it('warns that a server alone keeps what is acknowledged on one machine', async () => {
    expect((await open()).warnings).toEqual([expect.stringContaining('is no replica set')])
  })

  it('may be done by many nodes at once on an empty database, and all take it for the same installation', async () => {
    const nodes = await Promise.all(Array.from({ length: 6 }, () => open()))
    const landings = await Promise.all(nodes.map(({ journal }) => journal.append([batch(1)])))
    expect(landings.flat()).toEqual(nodes.map(() => 'landed'))
    const cursors = await Promise.all(nodes.map(({ journal }) => journal.changedSince(undefined)))
    expect(new Set(cursors.map(({ cursor }) => cursor.split('/')[0])).size).toBe(1)
  })

  it('refuses a newer format, names it, and changes nothing', async () => {
    await open()
    await within((client) => client.db().collection<{ _id: string }>(names.format).insertOne({ _id: '0007-later' }))
    await expect(openMongodb({ url: database.url, clock })).rejects.toMatchObject({
      failure: { code: 'journal_newer', data: { found: 7 } },
    })
    await within((client) => client.db().collection(names.format).deleteMany({}))
    await within((client) => client.db().collection<{ _id: string }>(names.format).insertOne({ _id: '0007-later' }))
    expect(await codeOf(openMongodb({ url: database.url, clock }))).toBe('journal_newer')
    expect(await within((client) => client.db().collection(names.format).countDocuments())).toBe(1)
  })

  it('finishes what a node that died half way through had begun', async () => {
    await within((client) => client.db().createCollection(names.batches))
    await within((client) =>
      client
        .db()
        .collection<{ _id: string }>(names.format)
        .insertOne({ _id: 'installation', id: 'begun' } as never),
    )
    const { journal } = await open()
    expect((await journal.changedSince(undefined)).cursor).toMatch(/^begun\//)
    expect(await journal.append([batch(1)])).toEqual(['landed'])
  })

  it('says that user or password are wrong, and repeats no password', async () => {
    const said = [
      await refusal(open(as('stranger:secret'))),
      await refusal(open(as('stranger:secret', '&authMechanism=PLAIN'))),
    ]
    expect(said).toEqual(said.map(() => expect.stringContaining('refuses the user or the password of KONFIG_JOURNAL')))
    expect(said.join()).not.toContain('secret')
  })

  it('says that a right is missing', async () => {
    const { port } = await borrow('postgres')
    const lesser = `lesser_${randomBytes(6).toString('hex')}`
    const admin = `postgres://postgres@127.0.0.1:${port}/postgres`
    await query(admin, `CREATE ROLE ${lesser} LOGIN`)
    try {
      expect(await refusal(open(as(`${lesser}:word`, '&authMechanism=PLAIN')))).toContain('may not')
      await open()
      expect(await refusal(open(as(`${lesser}:word`, '&authMechanism=PLAIN')))).toContain('may not')
    } finally {
      await query(admin, `DROP ROLE ${lesser}`)
    }
  })

  it('says which variable is meant where another user makes the collections', async () => {
    const migrateUrl = as('stranger:secret')
    expect(await refusal(openMongodb({ url: database.url, migrateUrl, clock }))).toContain('KONFIG_JOURNAL_MIGRATE')
  })

  it('says unavailable where no server answers', async () => {
    expect(await codeOf(openMongodb({ url: 'mongodb://127.0.0.1:1/konfig', clock, patience: 100 }))).toBe('unavailable')
  })
})

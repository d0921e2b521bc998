// What a node remembers of a log may be old: nothing may land on account of that where something was.
import type { Opened } from '@konfig/journal'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { borrowDatabase, type MongodbDatabase, withClient } from '../../../../tests/servers/ferretdb.ts'
import { openMongodb } from '../open.ts'
import { names } from '../schema/documents.ts'

let database: MongodbDatabase
let one: Opened
let other: Opened
let log = ''
let logs = 0

const open = (): Promise<Opened> => openMongodb({ url: database.url, clock: { now: Date.now } })
const batch = (first: number) => ({ log, first, last: first, payload: Buffer.from(`payload ${first}`) })
const land = async ({ journal }: Opened, first: number) => (await journal.append([batch(first)]))[0]
const standings = async (): Promise<readonly string[]> =>
  withClient(database.url, async (client) =>
    (await client.db().collection(names.batches).find({ log }).sort({ _id: 1 }).toArray()).map(({ standing }) =>
      String(standing),
    ),
  )

beforeAll(async () => {
  database = await borrowDatabase()
  one = await open()
  other = await open()
})
afterAll(async () => {
  await Promise.all([one.journal.close(), other.journal.close()])
  await database.drop()
})
beforeEach(() => {
  logs += 1
  log = `log-${logs}`
})

describe('a node that remembers an older end of a log', () => {
  it('is told of a conflict where others went on, and lands behind them', async () => {
    await land(one, 1)
    for (const first of [2, 3]) expect(await land(other, first)).toBe('landed')
    expect(await land(one, 2)).toBe('landed')
    const [stranger] = await one.journal.append([{ ...batch(2), payload: Buffer.from('something else') }])
    expect(stranger).toBe('conflict')
    expect(await land(one, 4)).toBe('landed')
  })

  it('cannot land inside what was trimmed meanwhile', async () => {
    await land(one, 1)
    for (const first of [2, 3, 4]) await land(other, first)
    expect(await other.journal.trim(log, 4, Buffer.from('checkpoint'))).toBe(true)
    expect(await land(one, 2)).toBe('conflict')
    expect(await standings()).toEqual(['void', 'void', 'void', 'batch', 'checkpoint'])
    expect(await land(one, 5)).toBe('landed')
  })

  it('cannot land in a log that was erased meanwhile, and content is gone at once', async () => {
    await land(one, 1)
    await land(other, 2)
    await other.journal.erase(log)
    expect(await land(one, 2)).toBe('erased')
    expect(await land(one, 3)).toBe('erased')
    expect(await standings()).toEqual(['void', 'void', 'gravestone'])
    const kept = await withClient(database.url, (client) =>
      client
        .db()
        .collection(names.batches)
        .countDocuments({ log, payload: { $exists: true } }),
    )
    expect(kept).toBe(0)
  })

  it('finds the gravestone also when the day of what lay before it has passed', async () => {
    await land(one, 1)
    await one.journal.erase(log)
    await withClient(database.url, (client) =>
      client.db().collection(names.batches).deleteMany({ log, standing: 'void' }),
    )
    const fresh = await open()
    expect([await land(fresh, 1), await fresh.journal.read(log, 0, 10)]).toEqual(['erased', 'erased'])
    await fresh.journal.close()
  })
})

describe('what has had its day', () => {
  it('goes with the next trim or erasure, where the server does not end it by itself', async () => {
    await land(one, 1)
    await one.journal.erase(log)
    await withClient(database.url, (client) =>
      client
        .db()
        .collection(names.batches)
        .updateMany({ log, standing: 'void' }, { $set: { drop: new Date(0) } }),
    )
    await one.journal.erase(log)
    await expect.poll(standings, { timeout: 30_000 }).toEqual(['gravestone'])
    expect(await one.journal.head(log)).toBe('erased')
  })
})

// What is told by keys alone, and where a page must be asked for: a follower must miss nothing, and take nothing for the end that is not.
import type { Opened } from '@konfig/journal'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { borrowDatabase, type MongodbDatabase } from '../../../../tests/servers/ferretdb.ts'
import { durable, newClient } from '../connect.ts'
import { type Database, openDatabase } from '../database.ts'
import { readLocation } from '../location.ts'
import { openMongodb } from '../open.ts'
import { type Heads, rememberHeads } from './heads.ts'
import { lookNear, type Near } from './near.ts'

const patience = { server: 2000, answer: 10_000 }
let place: MongodbDatabase
let opened: Opened
let database: Database
let heads: Heads
let near: Near
let log = ''
let logs = 0

beforeAll(async () => {
  place = await borrowDatabase()
  opened = await openMongodb({ url: place.url, clock: { now: Date.now } })
  database = await openDatabase(() => newClient(readLocation(place.url), patience), durable(patience))
})
afterAll(async () => {
  await Promise.all([opened.journal.close(), database.close()])
  await place.drop()
})
beforeEach(() => {
  logs += 1
  log = `log-${logs}`
  heads = rememberHeads(database)
  near = lookNear(database, heads)
})

/** One batch for each pair of revisions. */
const fill = async (...batches: readonly (readonly [number, number])[]): Promise<void> => {
  for (const [first, last] of batches)
    expect(await opened.journal.append([{ log, first, last, payload: Buffer.from('x') }])).toEqual(['landed'])
}
/** Ends of what is given, or undefined where a page is asked for. */
const given = async (after: number, limit = 1000): Promise<readonly number[] | undefined> =>
  (await near.look(log, after, limit))?.map(({ last }) => last)

describe('who follows a log', () => {
  it('is given the batch that begins where he is, and nothing where the log is known to end', async () => {
    await fill([1, 1], [2, 4])
    expect(await given(1)).toEqual([4])
    heads.saw(log, 4)
    expect(await given(4)).toEqual([])
    await fill([5, 5])
    expect(await given(4)).toEqual([5])
  })

  it('is not told that a log ends where nobody has seen it end', async () => {
    await fill([1, 3], [4, 4])
    expect([await given(2), await given(4), await given(9)]).toEqual([undefined, undefined, undefined])
  })

  it('is given a page once he has come to the third batch in turn, and again behind a page that was full', async () => {
    await fill([1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6])
    expect([await given(1), await given(2), await given(3), await given(4)]).toEqual([[2], [3], [4], undefined])
    near.filled(log, 5)
    expect(await given(5)).toBeUndefined()
    expect(await given(5)).toEqual([6])
  })

  it('finds out by a page what became of a log that was erased or trimmed', async () => {
    await fill([1, 1], [2, 2], [3, 3])
    heads.saw(log, 1)
    await opened.journal.trim(log, 3, Buffer.from('checkpoint'))
    expect(await given(1)).toBeUndefined()
    expect(await given(2)).toEqual([3])
    await opened.journal.erase(log)
    heads.saw(log, 3)
    expect([await given(2), await given(3)]).toEqual([undefined, undefined])
  })
})

describe('a node that read a log', () => {
  it('knows its head until another goes on, and hears of an erasure', async () => {
    await fill([1, 1], [2, 2])
    const other = await openMongodb({ url: place.url, clock: { now: Date.now } })
    expect(await other.journal.read(log, 0, 10)).toHaveLength(2)
    const heard = [await other.journal.head(log)]
    await fill([3, 5])
    heard.push(Number(await other.journal.head(log)))
    expect(heard).toEqual([2, 5])
    await opened.journal.erase(log)
    expect([await other.journal.head(log), await other.journal.read(log, 5, 10)]).toEqual(['erased', 'erased'])
    await other.journal.close()
  })
})

import { inTurn, unavailable, type Opened } from '@konfig/journal'
import { codeOf } from '@konfig/journal/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, type PostgresDatabase } from '../../../../tests/servers/postgres.ts'
import { configOf, newPool } from '../connect.ts'
import { type Database, openDatabase } from '../database.ts'
import { readLocation } from '../location.ts'
import { openPostgres } from '../open.ts'
import { appendGroup } from './append.ts'
import { rememberEnds } from './ends.ts'
import { eraseLog } from './erase.ts'
import { readLog } from './read.ts'
import { trimLog } from './trim.ts'

let place: PostgresDatabase
let opened: Opened
let database: Database

beforeAll(async () => {
  place = await borrowDatabase()
  opened = await openPostgres({ ...place, clock: { now: Date.now } })
  const location = readLocation(place.url)
  database = openDatabase(inTurn([newPool(configOf(location, { lock: 5000, answer: 10_000 }), 2)]), 10_000)
})
afterAll(async () => {
  await database.close()
  await opened.journal.close()
  await place.drop()
})

const batch = (log: string, first: number, text = 'x') => ({ log, first, last: first, payload: Buffer.from(text) })

/** The server goes away between the insert and the look at what did not land. */
const cutBeforeSettling = (): Database => ({
  ...database,
  run: (statement, values, bytes) =>
    statement.name === 'settle' ? Promise.reject(unavailable()) : database.run(statement, values, bytes),
})

it('tells what landed, and of the rest that it is not known, when the server goes before that could be settled', async () => {
  await appendGroup(database, rememberEnds(), [batch('taken', 1, 'by another')])
  const group = [batch('fresh', 1), batch('taken', 1)]
  expect(await appendGroup(cutBeforeSettling(), rememberEnds(), group)).toEqual(['landed', 'unknown'])
  expect(await appendGroup(database, rememberEnds(), group)).toEqual(['landed', 'conflict'])
})

it('rejects with unavailable only where it stored nothing at all', async () => {
  expect(await codeOf(appendGroup(cutBeforeSettling(), rememberEnds(), [batch('taken', 1)]))).toBe('unavailable')
})

describe('what is known of the end of a log', () => {
  /** One that has written the log up to 2, and by `meanwhile` no longer knows how it ends. */
  const outdated = async (log: string, meanwhile: () => Promise<unknown>) => {
    const ends = rememberEnds()
    for (const first of [1, 2]) await appendGroup(database, ends, [batch(log, first)])
    await meanwhile()
    return ends
  }
  const another = (log: string, first: number) => appendGroup(database, rememberEnds(), [batch(log, first, 'other')])

  it('spares the look at the whole log, and saves nothing else', async () => {
    const asked: string[] = []
    const listening: Database = {
      ...database,
      run: (statement, values, bytes) => {
        asked.push(statement.name)
        return database.run(statement, values, bytes)
      },
    }
    const ends = rememberEnds()
    for (const first of [1, 2, 3])
      expect(await appendGroup(listening, ends, [batch('known', first)])).toEqual(['landed'])
    expect(asked).toEqual(['append-one', 'append-after', 'append-after'])
    expect(await readLog(database, 'known', 0, 10)).toHaveLength(3)
  })

  it('lands nothing twice, and nothing where another was first', async () => {
    const ends = await outdated('raced', () => another('raced', 3))
    expect(await appendGroup(database, ends, [batch('raced', 3)])).toEqual(['conflict'])
    expect(await appendGroup(database, ends, [batch('raced', 2)])).toEqual(['landed'])
    expect(await appendGroup(database, ends, [batch('raced', 4)])).toEqual(['landed'])
  })

  it('lets nothing land where a trim has taken what another wrote', async () => {
    const ends = await outdated('trimmed', async () => {
      for (const first of [3, 4, 5]) await another('trimmed', first)
      await trimLog(database, 'trimmed', 5, Buffer.from('checkpoint'))
    })
    expect(await appendGroup(database, ends, [batch('trimmed', 3)])).toEqual(['conflict'])
    expect(await readLog(database, 'trimmed', 0, 10)).toHaveLength(2)
  })

  it('lets nothing land in a log that was erased', async () => {
    const ends = await outdated('erased', () => eraseLog(database, 'erased'))
    expect(await appendGroup(database, ends, [batch('erased', 3)])).toEqual(['erased'])
    expect(await readLog(database, 'erased', 0, 10)).toBe('erased')
  })

  it('lets nothing follow what an append left behind a gravestone', async () => {
    const bury = {
      name: 'test-bury',
      text: "INSERT INTO konfig.batches (log, first, last, digest) VALUES ($1, 0, -1, '')",
    }
    const ends = await outdated('buried', () => database.run(bury, ['buried']))
    expect(await appendGroup(database, ends, [batch('buried', 3)])).toEqual(['erased'])
  })
})

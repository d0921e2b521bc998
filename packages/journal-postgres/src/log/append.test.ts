import { inTurn, type Opened, rememberEnds, unavailable } from '@konfig/journal'
import { codeOf } from '@konfig/journal/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { borrowDatabase, type PostgresDatabase } from '../../../../tests/servers/postgres.ts'
import { configOf, newPool } from '../connect.ts'
import { type Database, openDatabase } from '../database.ts'
import { readLocation } from '../location.ts'
import { openPostgres } from '../open.ts'
import { appendGroup } from './append.ts'

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

it('spares the search for the row before where that landed from here', async () => {
  const asked: string[] = []
  const listening: Database = {
    ...database,
    run: (statement, values, bytes) => {
      asked.push(statement.name)
      return database.run(statement, values, bytes)
    },
  }
  const ends = rememberEnds()
  for (const first of [1, 2, 3]) expect(await appendGroup(listening, ends, [batch('known', first)])).toEqual(['landed'])
  expect(asked).toEqual(['append-one', 'append-after', 'append-after'])
})

it('lets nothing follow what an append left behind a gravestone', async () => {
  const ends = rememberEnds()
  await appendGroup(database, ends, [batch('buried', 1)])
  const bury = {
    name: 'test-bury',
    text: "INSERT INTO konfig.batches (log, first, last, digest) VALUES ($1, 0, -1, '')",
  }
  await database.run(bury, ['buried'])
  expect(await appendGroup(database, ends, [batch('buried', 2)])).toEqual(['erased'])
})

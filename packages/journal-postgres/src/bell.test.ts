// What other nodes are told by NOTIFY: which logs changed, so that they need not ask.
import type { LogId } from '@konfig/core'
import type { Batch, Journal } from '@konfig/journal'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { borrowDatabase, type PostgresDatabase } from '../../../tests/servers/postgres.ts'
import { openPostgres } from './open.ts'

let database: PostgresDatabase
let writer: Journal
let reader: Journal

const open = async (): Promise<Journal> =>
  (await openPostgres({ url: database.url, migrateUrl: database.migrateUrl, clock: { now: Date.now } })).journal

beforeAll(async () => {
  database = await borrowDatabase()
  writer = await open()
  reader = await open()
})
afterAll(async () => {
  await Promise.all([writer.close(), reader.close()])
  await database.drop()
})

const first = (log: LogId): Batch => ({ log, first: 1, last: 1, payload: new Uint8Array([1]) })

/** What the reader is told, once both listen. */
const listen = async (): Promise<(readonly LogId[] | undefined)[]> => {
  const told: (readonly LogId[] | undefined)[] = []
  reader.watch((logs) => told.push(logs))
  let tries = 0
  await expect
    .poll(async () => {
      await writer.append([first(`warm-${Math.random()}-${tries++}`)])
      return told.some((logs) => logs !== undefined)
    })
    .toBe(true)
  return told
}

it('names the logs that were written, and those that were erased', async () => {
  const told = await listen()
  await writer.append([first('one'), first('and another')])
  await expect.poll(() => told.flat()).toEqual(expect.arrayContaining(['one', 'and another']))
  const before = told.length
  await writer.erase('one')
  await expect.poll(() => told.slice(before).flat()).toContain('one')
})

it('says "anything" where there are more than a message holds', async () => {
  const told = await listen()
  const before = told.length
  await writer.append(Array.from({ length: 200 }, (_, at) => first(`${'long'.repeat(14)}-${at}`)))
  await expect.poll(() => told.slice(before)).toContain(undefined)
})

it('keeps the writer of a commit from being told which: it asks at its own pace', async () => {
  const own: unknown[] = []
  writer.watch((logs) => own.push(logs))
  await writer.append([first('mine')])
  await expect.poll(() => own.length).toBeGreaterThan(0)
  expect(own.every((logs) => logs === undefined)).toBe(true)
})

// What becomes of the versions of a record that are not its newest.
import type { Opened } from '@konfig/journal'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { borrowDatabase, type MongodbDatabase, withClient } from '../../../tests/servers/ferretdb.ts'
import { openMongodb } from './open.ts'
import { names, type RecordDocument } from './schema/documents.ts'

let database: MongodbDatabase
let opened: Opened
const time = { now: Date.UTC(2030, 0, 1) }
const key = { collection: 'users', id: 'ann' }
const put = (version: string, expected?: string, expiresAt?: number) =>
  opened.records.put({
    ...key,
    expected,
    version,
    value: Buffer.from(version),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })
const versions = (): Promise<readonly RecordDocument[]> =>
  withClient(database.url, (client) =>
    client.db().collection<RecordDocument>(names.records).find({ id: 'ann' }).sort({ _id: 1 }).toArray(),
  )
const passTime = (): Promise<unknown> =>
  withClient(database.url, (client) =>
    client
      .db()
      .collection(names.records)
      .updateMany({ drop: { $exists: true } }, { $set: { drop: new Date(0) } }),
  )

beforeAll(async () => {
  database = await borrowDatabase()
  opened = await openMongodb({ url: database.url, clock: { now: () => time.now } })
})
afterAll(async () => {
  await opened.records.close()
  await database.drop()
})

it('keeps the version before for those who are reading, then a sweep takes it, and never the newest', async () => {
  await put('a')
  await put('b', 'a')
  await expect
    .poll(async () => (await versions()).map(({ drop }) => drop !== undefined), { timeout: 30_000 })
    .toEqual([true, false])
  expect(await opened.records.sweep()).toBe(0)
  expect((await versions()).map(({ version }) => version)).toEqual(['a', 'b'])
  await passTime()
  expect(await opened.records.sweep()).toBe(0)
  expect((await versions()).map(({ version }) => version)).toEqual(['b'])
  expect((await opened.records.get(key))?.version).toBe('b')
})

it('leaves no content of what was deleted, and a number that nobody may take again for a day', async () => {
  expect(await opened.records.delete(key, 'b')).toBe('landed')
  await expect
    .poll(async () => (await versions()).map(({ gone, value }) => [gone, value]), { timeout: 30_000 })
    .toEqual([[true, undefined]])
  expect(await opened.records.sweep()).toBe(0)
  expect(await put('c')).toBe('landed')
  expect((await versions()).map(({ number }) => number)).toEqual([3, 4])
  await passTime()
  await opened.records.sweep()
  expect((await versions()).map(({ version }) => version)).toEqual(['c'])
})

it('sweeps what has expired by a version that says so, once', async () => {
  await put('d', 'c', time.now + 10)
  time.now += 10
  expect([await opened.records.sweep(), await opened.records.sweep()]).toEqual([1, 0])
  await expect.poll(async () => (await versions()).map(({ gone }) => gone), { timeout: 30_000 }).toEqual([true])
  expect(await put('e')).toBe('landed')
})

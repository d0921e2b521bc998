// What followers hear of: what became visible late, what an older cursor asks for, and cursors of others.
import type { Opened } from '@konfig/journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, type MongodbDatabase, withClient } from '../../../../tests/servers/ferretdb.ts'
import { openMongodb } from '../open.ts'
import { day, names, spanMillis } from '../schema/documents.ts'

let database: MongodbDatabase
let opened: Opened
const batch = (log: string, first = 1) => ({ log, first, last: first, payload: Buffer.from('x') })
/** As though it had been written so long ago. */
const age = (log: string, millis: number): Promise<unknown> =>
  withClient(database.url, (client) =>
    client
      .db()
      .collection(names.batches)
      .updateMany({ log }, { $set: { span: Math.floor((Date.now() - millis) / spanMillis) } }),
  )
const before = (cursor: string, millis: number): string => {
  const [installation = '', time] = cursor.split('/')
  return `${installation}/${Number(time) - millis}`
}
const changedSince = async (cursor: string): Promise<readonly string[]> =>
  (await opened.journal.changedSince(cursor)).changed.map(({ log }) => log)

beforeAll(async () => {
  database = await borrowDatabase()
  opened = await openMongodb({ url: database.url, clock: { now: Date.now } })
})
afterAll(async () => {
  await opened.journal.close()
  await database.drop()
})

describe('a follower', () => {
  it('hears once more of a batch that was written long before its writer learned that it had landed', async () => {
    await opened.journal.append([batch('late')])
    await age('late', 60 * 60 * 1000)
    const { cursor } = await opened.journal.changedSince(undefined)
    expect(await changedSince(cursor)).not.toContain('late')
    expect(await opened.journal.append([batch('late')])).toEqual(['landed'])
    await expect
      .poll(async () => (await opened.journal.changedSince(cursor)).changed, { timeout: 30_000 })
      .toContainEqual({
        log: 'late',
        head: 1,
      })
  })

  it('hears of what was written a step of time before its cursor, and of nothing much older', async () => {
    await opened.journal.append([batch('recent'), batch('old')])
    await age('recent', spanMillis / 2)
    await age('old', day)
    const { cursor } = await opened.journal.changedSince(undefined)
    const heard = await changedSince(cursor)
    expect([heard.includes('recent'), heard.includes('old')]).toEqual([true, false])
  })

  it('hears of everything since a cursor of yesterday', async () => {
    await opened.journal.append([batch('hours')])
    await age('hours', 5 * 60 * 60 * 1000)
    const { cursor } = await opened.journal.changedSince(undefined)
    expect(await changedSince(before(cursor, 60 * 60 * 1000))).not.toContain('hours')
    expect(await changedSince(before(cursor, 6 * 60 * 60 * 1000))).toContain('hours')
  })

  it('takes the cursor of another installation for none that it understands', async () => {
    await opened.journal.append([batch('quick')])
    await age('quick', day)
    const { cursor } = await opened.journal.changedSince(undefined)
    expect(await changedSince(cursor.replace(/^[^/]*/, 'another'))).toContain('quick')
    expect(await changedSince(`${cursor.split('/')[0]}/x`)).toContain('quick')
  })
})

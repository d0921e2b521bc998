// These servers show rows before they are on the disk: what is read must be as durable as what is told to have landed.
import type { Opened } from '@konfig/journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, kinds, type MysqlDatabase, query } from '../../../../tests/servers/mysql.ts'
import { openMysql } from '../open.ts'

describe.each(kinds)('%s: a reader', (kind) => {
  let database: MysqlDatabase
  let opened: Opened
  beforeAll(async () => {
    database = await borrowDatabase(kind)
    opened = await openMysql({ ...database, clock: { now: Date.now } })
  })
  afterAll(async () => {
    await opened.journal.close()
    await database.drop()
  })

  const settled = async (): Promise<number> => {
    const [row] = await query<{ readonly sum: string }>(
      database.superUrl,
      'SELECT SUM(number) AS sum FROM konfig_settling',
    )
    return Number(row?.sum)
  }
  const read = async (after: number): Promise<readonly number[]> => {
    const found = await opened.journal.read('log', after, 10)
    return found === 'erased' ? [] : found.map(({ first }) => first)
  }

  it('is shown a young batch only after a commit of his own, which the disk takes after it', async () => {
    await opened.journal.append([{ log: 'log', first: 1, last: 1, payload: Buffer.from('x') }])
    const before = await settled()
    expect(await read(0)).toEqual([1])
    expect(await settled()).toBe(before + 1)
  })

  it('pays nothing where there is nothing new, or nothing young', async () => {
    const before = await settled()
    expect(await read(1)).toEqual([])
    await query(database.superUrl, 'UPDATE konfig_batches SET changed = changed - INTERVAL 2 MINUTE')
    expect(await read(0)).toEqual([1])
    expect(await settled()).toBe(before)
  })
})

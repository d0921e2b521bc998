// Commits that become visible in another order than they began: no follower may miss one.
import type { Opened } from '@konfig/journal'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, type MysqlDatabase } from '../../../../tests/servers/mysql.ts'
import { openMysql } from '../open.ts'

let database: MysqlDatabase
let opened: Opened
beforeAll(async () => {
  database = await borrowDatabase('mariadb')
  opened = await openMysql({ ...database, clock: { now: Date.now } })
})
afterAll(async () => {
  await opened.journal.close()
  await database.drop()
})

describe('a follower', () => {
  it('hears of a transaction that began first and committed last', async () => {
    const { journal } = opened
    const slow = await mysql.createConnection(database.url)
    slow.on('error', () => undefined)
    const { cursor } = await journal.changedSince(undefined)
    await slow.query('BEGIN')
    await slow.query(
      "INSERT INTO konfig_batches (log, first, last, digest, changed, bytes, parts, payload) VALUES ('slow', 1, 1, '', UTC_TIMESTAMP(6), 0, 0, '')",
    )
    await journal.append([{ log: 'quick', first: 1, last: 1, payload: Buffer.from('x') }])
    const first = await journal.changedSince(cursor)
    await slow.query('COMMIT')
    slow.destroy()
    const second = await journal.changedSince(first.cursor)
    expect(first.changed).toEqual([{ log: 'quick', head: 1 }])
    expect(second.changed).toContainEqual({ log: 'slow', head: 1 })
  })

  it('takes the cursor of another installation for none that it understands', async () => {
    const { journal } = opened
    const { cursor } = await journal.changedSince(undefined)
    const foreign = cursor.replace(/^[^/]*/, 'another')
    expect((await journal.changedSince(foreign)).changed).toContainEqual({ log: 'quick', head: 1 })
    expect((await journal.changedSince(`${cursor.split('/')[0]}/'; DROP`)).changed).toContainEqual({
      log: 'quick',
      head: 1,
    })
  })
})

// What holds when the server is stopped, hangs, or ends connections, for real. Has a server of its own, since others would go down with it.
import { outageContract } from '@konfig/journal/contract'
import type { Journal } from '@konfig/journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMariadb } from '../../../tests/servers/mariadb.ts'
import { createDatabase, type MysqlDatabase, type MysqlServer, query } from '../../../tests/servers/mysql.ts'
import { openMysql } from './open.ts'

let server: MysqlServer
let database: MysqlDatabase

const open = async (answerMillis = 10_000): Promise<Journal> =>
  (await openMysql({ ...database, clock: { now: Date.now }, answerMillis })).journal
/** Every session of the application. */
const endSessions = async (): Promise<void> => {
  const name = new URL(database.url).username
  const sessions = await query<{ id: number }>(
    database.superUrl,
    'SELECT id FROM information_schema.processlist WHERE user = ?',
    [name],
  )
  for (const { id } of sessions) await query(database.superUrl, `KILL ${id}`).catch(() => undefined)
}

beforeAll(async () => {
  server = await startMariadb({ durable: true })
  database = await createDatabase(server)
})
afterAll(async () => {
  await server.remove()
})

outageContract('mariadb', { server: () => server, open, openBreakable: open, breakConnections: endSessions })

describe('a crowd', () => {
  it('takes no more connections than it may have, and everybody is answered', async () => {
    const { journal: few } = await openMysql({
      ...database,
      url: `${database.url}?connections=3`,
      clock: { now: Date.now },
    })
    let most = 0
    const reads = Promise.all(Array.from({ length: 100 }, () => few.head('crowd')))
    const done = reads.then(() => true)
    while (!(await Promise.race([done, Promise.resolve(false)]))) {
      const rows = await query<{ count: number }>(
        database.superUrl,
        'SELECT COUNT(*) AS count FROM information_schema.processlist WHERE user = ?',
        [new URL(database.url).username],
      )
      most = Math.max(most, Number(rows[0]?.count ?? 0))
    }
    expect(await reads).toHaveLength(100)
    expect(most).toBeLessThanOrEqual(4)
    await few.close()
  })
})

describe('a payload larger than the default packet', () => {
  it('is one batch of several parts, all of it or nothing', async () => {
    const payload = Buffer.alloc(20 * 1024 * 1024, 7)
    payload.write('the end', payload.length - 7)
    const id = 'large'
    const journal = await open()
    expect(await journal.append([{ log: id, first: 1, last: 1, payload }])).toEqual(['landed'])
    const read = await journal.read(id, 0, 1)
    expect(read === 'erased' ? read : read.map((one) => Buffer.compare(payload, one.payload))).toEqual([0])
    expect(await query(database.superUrl, 'SELECT COUNT(*) AS parts FROM konfig_parts WHERE log = ?', [id])).toEqual([
      { parts: 5 },
    ])
    expect(await journal.append([{ log: id, first: 1, last: 1, payload: Buffer.alloc(payload.length) }])).toEqual([
      'conflict',
    ])
    await journal.erase(id)
    expect(await query(database.superUrl, 'SELECT COUNT(*) AS parts FROM konfig_parts WHERE log = ?', [id])).toEqual([
      { parts: 0 },
    ])
    await journal.close()
  })
})

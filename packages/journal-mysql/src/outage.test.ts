// What holds when the server is stopped, hangs, or ends connections, for real. Has a server of its own, since others would go down with it.
import { codeOf } from '@konfig/journal/contract'
import type { Journal } from '@konfig/journal'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMariadb } from '../../../tests/servers/mariadb.ts'
import { createDatabase, type MysqlDatabase, type MysqlServer, query } from '../../../tests/servers/mysql.ts'
import { openMysql } from './open.ts'

let server: MysqlServer
let database: MysqlDatabase
let journal: Journal
let log = 0

const batch = (first: number) => ({ log: `log-${log}`, first, last: first, payload: Buffer.from(`payload ${first}`) })
const land = async (first: number) => (await journal.append([batch(first)]))[0]
const reopen = async (answerMillis = 10_000): Promise<Journal> =>
  (await openMysql({ ...database, clock: { now: Date.now }, answerMillis, patience: 300 })).journal
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
const woken = (at: Journal): Promise<void> =>
  new Promise((resolve) => {
    const stop = at.watch(() => {
      stop()
      resolve()
    })
  })

beforeAll(async () => {
  server = await startMariadb({ durable: true })
  database = await createDatabase(server)
})
afterAll(async () => {
  await server.remove()
})
beforeEach(async () => {
  log += 1
  journal = await reopen()
})
afterEach(async () => {
  await journal.close()
})

describe('a server that is stopped', () => {
  it('is unavailable to writers and readers, and after its start both go on with what was acknowledged', async () => {
    await land(1)
    await server.stop()
    expect(await codeOf(land(2))).toBe('unavailable')
    expect(await codeOf(journal.read(`log-${log}`, 0, 10))).toBe('unavailable')
    expect(await codeOf(journal.health())).toBe('unavailable')
    await server.start()
    expect(await journal.head(`log-${log}`)).toBe(1)
    expect(await land(2)).toBe('landed')
  })

  it.each(['stop', 'crash'] as const)(
    '%s, while writers write: whoever is not told landed is told unknown or unavailable, and the same bytes again land',
    async (way) => {
      const told = new Map<number, string>()
      const write = async (): Promise<void> => {
        for (let at = 1; at <= 20_000; at += 1) {
          const landing = await land(at).catch(() => 'unavailable')
          told.set(at, String(landing))
          if (landing !== 'landed') return
        }
      }
      const writing = write()
      await expect.poll(() => told.size).toBeGreaterThan(20)
      await server[way]()
      await writing
      await server.start()
      const last = Math.max(...told.keys())
      expect(['unknown', 'unavailable']).toContain(told.get(last))
      expect(await land(last)).toBe('landed')
      expect(await journal.head(`log-${log}`)).toBe(last)
    },
  )

  it('wakes followers when it is back, since they may have missed something', async () => {
    const first = woken(journal)
    await land(1)
    await first
    await server.stop()
    const again = woken(journal)
    await server.start()
    await expect(again).resolves.toBeUndefined()
  })
})

describe('a server that hangs', () => {
  it('leaves the outcome of a write unknown, refuses reads, holds up no stop, and settles the same bytes once it goes on', async () => {
    const impatient = await reopen(300)
    const leaving = await reopen(300)
    await leaving.health()
    await impatient.append([batch(1)])
    const thaw = server.freeze()
    const outcomes = [(await impatient.append([batch(2)]))[0], await codeOf(impatient.head(`log-${log}`))]
    await leaving.close()
    thaw()
    expect(outcomes).toEqual(['unknown', 'unavailable'])
    await expect.poll(async () => (await impatient.append([batch(2)]).catch(() => []))[0]).toBe('landed')
    expect(await impatient.head(`log-${log}`)).toBe(2)
    await impatient.close()
  })
})

describe('connections that the server ends', () => {
  it('are replaced, whether or not they were in use', async () => {
    await land(1)
    await endSessions()
    await expect.poll(() => land(2).catch(() => undefined)).toBe('landed')
    expect(await journal.head(`log-${log}`)).toBe(2)
  })
})

describe('a crowd', () => {
  it('takes no more connections than it may have, and everybody is answered', async () => {
    const few = await openMysql({
      ...database,
      url: `${database.url}?connections=3`,
      clock: { now: Date.now },
    })
    let most = 0
    const reads = Promise.all(Array.from({ length: 100 }, () => few.journal.head(`log-${log}`)))
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
    await few.journal.close()
  })
})

describe('a payload larger than the default packet', () => {
  it('is one batch of several parts, all of it or nothing', async () => {
    const payload = Buffer.alloc(20 * 1024 * 1024, 7)
    payload.write('the end', payload.length - 7)
    const id = `log-${log}`
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
  })
})

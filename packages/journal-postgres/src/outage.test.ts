// What holds when the server is stopped, hangs, or ends connections, for real. Has a server of its own, since others would go down with it.
import { codeOf } from '@konfig/journal/contract'
import type { Journal } from '@konfig/journal'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createDatabase,
  type PostgresDatabase,
  type PostgresServer,
  query,
  startPostgres,
} from '../../../tests/servers/postgres.ts'
import { openPostgres } from './open.ts'

let server: PostgresServer
let database: PostgresDatabase
let journal: Journal
let log = 0

const batch = (first: number) => ({ log: `log-${log}`, first, last: first, payload: Buffer.from(`payload ${first}`) })
const land = async (first: number) => (await journal.append([batch(first)]))[0]
const reopen = async (answerMillis = 10_000): Promise<Journal> =>
  (await openPostgres({ ...database, clock: { now: Date.now }, answerMillis, patience: 300 })).journal
/** Every session of the application that runs such a statement. */
const endSessions = (like: string) =>
  query(
    database.superUrl,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'konfig' AND query LIKE $1",
    [like],
  )
const woken = (at: Journal): Promise<void> =>
  new Promise((resolve) => {
    const stop = at.watch(() => {
      stop()
      resolve()
    })
  })

beforeAll(async () => {
  server = await startPostgres()
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

  it('while writers write: whoever is not told landed is told unknown or unavailable, and the same bytes again land', async () => {
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
    await server.stop()
    await writing
    await server.start()
    const last = Math.max(...told.keys())
    expect(['unknown', 'unavailable']).toContain(told.get(last))
    expect(await land(last)).toBe('landed')
    expect(await journal.head(`log-${log}`)).toBe(last)
  })

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
    await endSessions('%')
    expect(await land(2)).toBe('landed')
    expect(await journal.head(`log-${log}`)).toBe(2)
  })

  it('take no follower with them: he listens again, and hears of other nodes', async () => {
    const other = await reopen()
    const heard = woken(journal)
    await land(1)
    await heard
    await endSessions('%pg_notify%')
    const again = woken(journal)
    await other.append([batch(2)])
    await expect(again).resolves.toBeUndefined()
    await other.close()
  })
})

describe('an answer whose durability is in doubt', () => {
  it('is not told landed before a standby has it, a repeat no sooner than the first', async () => {
    await land(1)
    const settings = (text: string) => query(database.superUrl, text)
    const slow = await reopen(500)
    await settings("ALTER SYSTEM SET synchronous_standby_names = 'away'")
    await settings('SELECT pg_reload_conf()')
    await expect
      .poll(async () => (await settings('SHOW synchronous_standby_names'))[0])
      .toEqual({ synchronous_standby_names: 'away' })
    const first = (await slow.append([batch(2)]))[0]
    // Whoever waits for the standby is cut off: from then on the row is there for everybody to see.
    await endSessions('%INTO konfig.payloads%')
    await expect.poll(() => slow.head(`log-${log}`)).toBe(2)
    const landings = [first, (await slow.append([batch(2)]))[0]]
    await settings('ALTER SYSTEM RESET synchronous_standby_names')
    await settings('SELECT pg_reload_conf()')
    expect(landings).toEqual(['unknown', 'unknown'])
    await expect.poll(async () => (await slow.append([batch(2)]))[0]).toBe('landed')
    await slow.close()
  })
})

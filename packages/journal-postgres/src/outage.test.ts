// What holds when the server is stopped, hangs, or ends connections, for real. Has a server of its own, since others would go down with it.
import { outageContract } from '@konfig/journal/contract'
import type { Journal } from '@konfig/journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const open = async (answerMillis = 10_000): Promise<Journal> =>
  (await openPostgres({ ...database, clock: { now: Date.now }, answerMillis })).journal
/** Every session of the application that runs such a statement. */
const endSessions = (like: string) =>
  query(
    database.superUrl,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'konfig' AND query LIKE $1",
    [like],
  )

beforeAll(async () => {
  server = await startPostgres()
  database = await createDatabase(server)
})
afterAll(async () => {
  await server.remove()
})

outageContract('postgres', {
  server: () => server,
  open,
  openBreakable: open,
  breakConnections: async () => {
    await endSessions('%')
  },
})

describe('an answer whose durability is in doubt', () => {
  it('is not told landed before a standby has it, a repeat no sooner than the first', async () => {
    const batch = (first: number) => ({ log: 'doubt', first, last: first, payload: Buffer.from(`payload ${first}`) })
    const settings = (text: string) => query(database.superUrl, text)
    const slow = await open(500)
    const landing = async (first: number) => (await slow.append([batch(first)]).catch(() => []))[0]
    /** Whoever found no connection in so short a time has asked nothing, and asks again. */
    const answered = async (first: number) => {
      let found: Awaited<ReturnType<typeof landing>>
      await expect.poll(async () => (found = await landing(first))).toBeDefined()
      return found
    }
    await expect.poll(() => landing(1)).toBe('landed')
    await settings("ALTER SYSTEM SET synchronous_standby_names = 'away'")
    await settings('SELECT pg_reload_conf()')
    await expect
      .poll(async () => (await settings('SHOW synchronous_standby_names'))[0])
      .toEqual({ synchronous_standby_names: 'away' })
    const first = await answered(2)
    // Whoever waits for the standby is cut off: from then on the row is there for everybody to see.
    await endSessions('%INTO konfig.payloads%')
    await expect.poll(() => slow.head('doubt').catch(() => undefined)).toBe(2)
    const landings = [first, await answered(2)]
    await settings('ALTER SYSTEM RESET synchronous_standby_names')
    await settings('SELECT pg_reload_conf()')
    expect(landings).toEqual(['unknown', 'unknown'])
    await expect.poll(() => landing(2)).toBe('landed')
    await slow.close()
  })
})

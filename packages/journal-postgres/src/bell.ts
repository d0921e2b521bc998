// Wakes followers of other nodes through LISTEN and NOTIFY, on a connection of its own. A hint only: it may be lost, and nothing waits for it.
// It is never part of a writing transaction, where it would put all commits of the server in one line.
import { randomUUID } from 'node:crypto'
import type { LogId } from '@konfig/core'
import { type Bell, type Followers, openFollowers } from '@konfig/journal'
import type pg from 'pg'
import { type Config, newClient } from './connect.ts'

const channel = 'konfig'
const shortest = 100
const longest = 5000
/** Between two rings: the first is told at once, those that follow closely are told of together. */
const quietMillis = 10
/** What is told at once may not be longer than 8,000 bytes; more logs than fit are told as "anything". */
const mostBytes = 7000

/** `config`: of the server that is worked with, asked for each connection. */
export const openBell = (config: () => Config): Bell => {
  /** Marks our own rings, which were heard here before they were sent. */
  const name = randomUUID()
  let client: pg.Client | undefined
  let sending = false
  /** Not told yet. */
  const waiting = new Set<LogId>()

  /** Returns when the connection is gone. What was rung while there was none is made up for by waking once. */
  const listen = async ({ wake, closed }: Followers): Promise<boolean> => {
    const next = newClient({ ...config(), pipeline: false })
    const gone = new Promise<void>((resolve) => next.once('end', () => resolve()))
    next.on('notification', ({ payload = '' }) => {
      const [from, ...logs] = payload.split('\n')
      if (from !== name) wake(logs.length === 0 ? undefined : logs)
    })
    try {
      await next.connect()
      await next.query(`LISTEN ${channel}`)
    } catch {
      await next.end().catch(() => undefined)
      return false
    }
    client = next
    if (closed()) await next.end()
    wake()
    void send()
    await gone
    client = undefined
    return true
  }

  /** Whether or not anybody follows: whoever only writes rings by the same connection. */
  const followers = openFollowers(async (by) => {
    for (let pause = shortest; !by.closed(); ) {
      pause = (await listen(by)) ? shortest : Math.min(2 * pause, longest)
      await by.pause(pause * (0.5 + Math.random() / 2))
    }
  })

  /** One at a time, and not more often than every so many milliseconds. */
  const send = async (): Promise<void> => {
    if (client === undefined || sending || waiting.size === 0) return
    sending = true
    const named = [name, ...waiting].join('\n')
    waiting.clear()
    const text = named.length > mostBytes ? name : named
    await client.query('SELECT pg_notify($1, $2)', [channel, text]).catch(() => undefined)
    await followers.pause(quietMillis)
    sending = false
    void send()
  }

  return {
    ring: (logs) => {
      // Here nobody needs to be told which: whoever writes has them.
      followers.wake()
      followers.begin()
      for (const log of logs) waiting.add(log)
      void send()
    },
    watch: followers.watch,
    close: async () => {
      const closing = followers.close()
      await client?.end().catch(() => undefined)
      await closing
    },
  }
}

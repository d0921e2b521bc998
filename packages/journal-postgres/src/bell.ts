// Wakes followers of other nodes through LISTEN and NOTIFY, on a connection of its own. A hint only: it may be lost, and nothing waits for it.
// It is never part of a writing transaction, where it would put all commits of the server in one line.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { type Config, newClient } from './connect.ts'

export interface Bell {
  /** Tells followers, here at once and elsewhere soon, that something changed. */
  readonly ring: () => void
  readonly watch: (listener: () => void) => () => void
  readonly close: () => Promise<void>
}

const channel = 'konfig'
const shortest = 100
const longest = 5000
/** Between two rings: the first is told at once, those that follow closely are told of together. */
const quietMillis = 10

/** `config`: of the server that is worked with, asked for each connection. */
export const openBell = (config: () => Config): Bell => {
  const listeners = new Set<() => void>()
  /** Marks our own rings, which were heard here before they were sent. */
  const name = randomUUID()
  const stopping = new AbortController()
  let client: pg.Client | undefined
  let living: Promise<void> | undefined
  let sending = false
  let again = false

  const wake = (): void => {
    for (const listener of listeners) queueMicrotask(listener)
  }

  /** Returns when the connection is gone. What was rung while there was none is made up for by waking once. */
  const listen = async (): Promise<boolean> => {
    const next = newClient({ ...config(), pipeline: false })
    const gone = new Promise<void>((resolve) => next.once('end', () => resolve()))
    next.on('notification', ({ payload }) => {
      if (payload !== name) wake()
    })
    try {
      await next.connect()
      await next.query(`LISTEN ${channel}`)
    } catch {
      await next.end().catch(() => undefined)
      return false
    }
    client = next
    if (stopping.signal.aborted) await next.end()
    wake()
    send()
    await gone
    client = undefined
    return true
  }

  const live = async (): Promise<void> => {
    for (let pause = shortest; !stopping.signal.aborted; ) {
      pause = (await listen()) ? shortest : Math.min(2 * pause, longest)
      await wait(pause * (0.5 + Math.random() / 2), undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      )
    }
  }

  /** One at a time, and not more often than every so many milliseconds. */
  const send = (): void => {
    if (client === undefined || sending || !again) return
    sending = true
    again = false
    client
      .query('SELECT pg_notify($1, $2)', [channel, name])
      .catch(() => undefined)
      .then(() => wait(quietMillis, undefined, { signal: stopping.signal, ref: false }))
      .catch(() => undefined)
      .finally(() => {
        sending = false
        send()
      })
  }

  const begin = (): void => {
    if (!stopping.signal.aborted) living ??= live()
  }

  return {
    ring: () => {
      wake()
      begin()
      again = true
      send()
    },

    watch: (listener) => {
      const entry = (): void => listener()
      listeners.add(entry)
      begin()
      return () => void listeners.delete(entry)
    },

    close: async () => {
      stopping.abort()
      listeners.clear()
      await client?.end().catch(() => undefined)
      await living
    },
  }
}

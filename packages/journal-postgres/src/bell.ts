// Wakes followers of other nodes through LISTEN and NOTIFY, on a connection of its own. A hint only: it may be lost, and nothing waits for it.
// It is never part of a writing transaction, where it would put all commits of the server in one line.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { LogId } from '@konfig/core'
import type { Journal } from '@konfig/journal'
import type pg from 'pg'
import { type Config, newClient } from './connect.ts'

export interface Bell {
  /** Tells followers, here at once and elsewhere soon, that these changed. */
  readonly ring: (logs: readonly LogId[]) => void
  readonly watch: Journal['watch']
  readonly close: () => Promise<void>
}

const channel = 'konfig'
const shortest = 100
const longest = 5000
/** Between two rings: the first is told at once, those that follow closely are told of together. */
const quietMillis = 10
/** What is told at once may not be longer than 8,000 bytes; more logs than fit are told as "anything". */
const mostBytes = 7000

/** `config`: of the server that is worked with, asked for each connection. */
export const openBell = (config: () => Config): Bell => {
  const listeners = new Set<(logs?: readonly LogId[]) => void>()
  /** Marks our own rings, which were heard here before they were sent. */
  const name = randomUUID()
  const stopping = new AbortController()
  let client: pg.Client | undefined
  let living: Promise<void> | undefined
  let sending = false
  /** Not told yet. */
  const waiting = new Set<LogId>()

  const wake = (logs?: readonly LogId[]): void => {
    for (const listener of listeners) queueMicrotask(() => listener(logs))
  }

  /** Returns when the connection is gone. What was rung while there was none is made up for by waking once. */
  const listen = async (): Promise<boolean> => {
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
    if (client === undefined || sending || waiting.size === 0) return
    sending = true
    const named = [name, ...waiting].join('\n')
    waiting.clear()
    client
      .query('SELECT pg_notify($1, $2)', [channel, named.length > mostBytes ? name : named])
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
    ring: (logs) => {
      // Here nobody needs to be told which: whoever writes has them.
      wake()
      begin()
      for (const log of logs) waiting.add(log)
      send()
    },

    watch: (listener) => {
      const entry = (logs?: readonly LogId[]): void => listener(logs)
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

// Asks the server, on a bounded number of connections. Owns what errors mean, closing, and when a client is given up; knows no document.
import type { Millis } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import type { Db, Document, MongoClient } from 'mongodb'
import { type Collections, collectionsOf } from './schema/documents.ts'
import { codeOfServer, errorOf } from './errors.ts'
import { type ServerTime, serverTime } from './time.ts'

export interface Database {
  readonly db: Db
  readonly in: Collections
  /** For commands that are sent bare. */
  readonly concern: Document
  readonly time: ServerTime
  /** Rejects with `unavailable`. */
  readonly read: <T>(work: (collections: Collections) => Promise<T>) => Promise<T>
  /** One write, durable when it answers. Rejects with `Unknown` where the answer was lost, else nothing was stored. */
  readonly write: <T>(work: (collections: Collections) => Promise<T>) => Promise<T>
  /** Something that may be left undone: nobody waits for it but closing. */
  readonly tidy: (work: (collections: Collections) => Promise<unknown>) => void
  /** Finishes what runs. Later calls reject with `unavailable`. */
  readonly close: () => Promise<void>
}

/** Time as the server tells it. */
export const timeAt = async (db: Db): Promise<Millis> => {
  const told: unknown = (await db.command({ hello: 1 }))['localTime']
  return told instanceof Date ? told.getTime() : Date.now()
}

/**
 * A client that has had no answer for so long is given up for a fresh one: the driver has been seen to look for its server no more after
 * connections broke under load, though the server was there.
 */
const fruitlessMillis: Millis = 3000

interface Connected {
  readonly client: MongoClient
  readonly db: Db
  readonly collections: Collections
  readonly running: Set<Promise<unknown>>
  /** Since when it has had no answer. */
  lostAt: number | undefined
}

const connected = (client: MongoClient): Connected => {
  const db = client.db()
  return { client, db, collections: collectionsOf(db), running: new Set(), lostAt: undefined }
}

/** `connect` makes one client more, each time it is called. */
export const openDatabase = async (
  connect: () => MongoClient,
  concern: Document,
  fruitless: Millis = fruitlessMillis,
): Promise<Database> => {
  let current = connected(connect())
  const leaving = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined

  /** What runs on it is waited for: to close a client under a write would hide what became of that. */
  const leave = async ({ running, client }: Connected): Promise<void> => {
    await Promise.allSettled(running)
    await client.close().catch(() => undefined)
  }

  const judge = (asked: Connected, error: unknown): void => {
    // What the server itself says was found.
    if (codeOfServer(error) !== undefined) {
      asked.lostAt = undefined
      return
    }
    asked.lostAt ??= performance.now()
    if (asked !== current || closed !== undefined || performance.now() - asked.lostAt < fruitless) return
    current = connected(connect())
    const left = leave(asked)
    leaving.add(left)
    void left.finally(() => leaving.delete(left))
  }

  const counted = <T>(sent: boolean, work: (collections: Collections) => Promise<T>): Promise<T> => {
    if (closed !== undefined) return Promise.reject(unavailable(new Error('the journal is closed')))
    const asked = current
    const promise = work(asked.collections).then(
      (value) => {
        asked.lostAt = undefined
        return value
      },
      (error: unknown) => {
        judge(asked, error)
        throw errorOf(error, sent)
      },
    )
    asked.running.add(promise)
    promise.finally(() => asked.running.delete(promise)).catch(() => undefined)
    return promise
  }
  const read: Database['read'] = (work) => counted(false, work)

  try {
    return {
      get db() {
        return current.db
      },
      get in() {
        return current.collections
      },
      concern,
      time: serverTime(() => read(() => timeAt(current.db)), await timeAt(current.db)),
      read,
      write: (work) => counted(true, work),
      tidy: (work) => {
        counted(true, work).catch(() => undefined)
      },
      close: () => {
        closed ??= (async () => {
          await Promise.all([leave(current), ...leaving])
        })()
        return closed
      },
    }
  } catch (error) {
    await current.client.close().catch(() => undefined)
    throw error
  }
}

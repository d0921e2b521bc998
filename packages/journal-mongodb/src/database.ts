// Asks the server, on a bounded number of connections. Owns what errors mean and closing; knows no document.
import type { Millis } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import type { Db, Document, MongoClient } from 'mongodb'
import { type Collections, collectionsOf } from './schema/documents.ts'
import { errorOf } from './errors.ts'
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

export const openDatabase = async (client: MongoClient, concern: Document): Promise<Database> => {
  const db = client.db()
  const collections = collectionsOf(db)
  const running = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined

  const counted = <T>(sent: boolean, work: (collections: Collections) => Promise<T>): Promise<T> => {
    if (closed !== undefined) return Promise.reject(unavailable(new Error('the journal is closed')))
    const promise = work(collections).catch((error: unknown) => {
      throw errorOf(error, sent)
    })
    running.add(promise)
    promise.finally(() => running.delete(promise)).catch(() => undefined)
    return promise
  }
  const read: Database['read'] = (work) => counted(false, work)

  return {
    db,
    in: collections,
    concern,
    time: serverTime(() => read(() => timeAt(db)), await timeAt(db)),
    read,
    write: (work) => counted(true, work),
    tidy: (work) => {
      counted(true, work).catch(() => undefined)
    },
    close: () => {
      closed ??= (async () => {
        await Promise.allSettled(running)
        await client.close()
      })()
      return closed
    },
  }
}

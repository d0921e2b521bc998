// Runs statements on a bounded number of connections. Owns transactions, deadlines and closing; knows no table.
import { setTimeout as wait } from 'node:timers/promises'
import type { Millis } from '@konfig/core'
import { firstOf, type InTurn, unavailable } from '@konfig/journal'
import type { Pool, PoolConnection, QueryError, ResultSetHeader } from 'mysql2'
import { errorOf, faultOf, leavesServer } from './errors.ts'

export type Value = string | number | Buffer | null

export interface Statement {
  readonly text: string
  /** Sent whole, not prepared: for a statement whose length varies. Lists are written out, so none may be large. */
  readonly whole?: boolean
}

export interface Answer<Row> {
  readonly rows: readonly Row[]
  /** Rows that were written; an update counts 2 where an insert was asked for. */
  readonly count: number
  /** Number that the server gave to the row. */
  readonly inserted: number
}

export type Run = <Row = never>(statement: Statement, values?: readonly unknown[]) => Promise<Answer<Row>>

export interface Database {
  /**
   * One statement, durable when it answers. Rejects with `Unknown` where the answer was lost, else nothing was stored.
   * Deadlocks and the like are run again.
   */
  readonly run: <Row = never>(statement: Statement, values?: readonly unknown[], bytes?: number) => Promise<Answer<Row>>
  /** Statements in one transaction. */
  readonly within: <T>(work: (run: Run) => Promise<T>) => Promise<T>
  /** Finishes what runs. Later calls reject with `unavailable`. */
  readonly close: () => Promise<void>
}

const tries = 20
const bytesPerMilli = 4096
/** Followers look back 60 s: whoever began to write must have ended long before. */
const transactionMillis = 30_000

class TooLate extends Error {}

/** Whatever comes of it later, it is nobody's any more. */
const forget = (promise: Promise<unknown>): void => void promise.catch(() => undefined)

const take = (pool: Pool): Promise<PoolConnection> =>
  new Promise((resolve, reject) => {
    pool.getConnection((error, client) => {
      if (error === null) resolve(client)
      else reject(error)
    })
  })

const ask =
  (client: PoolConnection): Run =>
  <Row>({ text, whole }: Statement, values: readonly unknown[] = []) =>
    new Promise<Answer<Row>>((resolve, reject) => {
      const done = (error: QueryError | null, found: unknown): void => {
        if (error !== null) reject(error)
        else if (Array.isArray(found)) resolve({ rows: found as readonly Row[], count: found.length, inserted: 0 })
        else {
          const { affectedRows, insertId } = found as ResultSetHeader
          resolve({ rows: [], count: affectedRows, inserted: insertId })
        }
      }
      if (whole === true) client.query(text, [...values], done)
      else client.execute(text, values as Value[], done)
    })

/** Takes no writes: a copy that follows another server. */
const checkWritable = async (client: PoolConnection): Promise<void> => {
  const { rows } = await ask(client)<{ only: number }>({ text: 'SELECT @@global.read_only AS only', whole: true })
  if (Number(rows[0]?.only) !== 0) throw new Error('the server takes no writes')
}

/** A pool for each server that offers the database. */
export const openDatabase = (pools: InTurn<Pool>, session: readonly string[], answerMillis: Millis): Database => {
  const running = new Set<Promise<unknown>>()
  const set = new WeakSet<object>()
  let closed: Promise<void> | undefined

  const inTime = async <T>(work: Promise<T>, limit: Millis): Promise<T> => {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new TooLate(`no answer within ${limit} ms`)), limit)
    try {
      return await Promise.race([work, late.promise])
    } finally {
      clearTimeout(timer)
      forget(work)
    }
  }

  /** A connection, set as sessions must be. */
  const connected = async (pool: Pool): Promise<PoolConnection> => {
    const client = await take(pool)
    if (set.has(client)) return client
    try {
      if (pools.all().length > 1) await checkWritable(client)
      for (const text of session) await ask(client)({ text, whole: true })
    } catch (error) {
      client.destroy()
      throw error
    }
    set.add(client)
    return client
  }

  /** After an error the state of a connection is not known: it is closed, and what ran on it ends. */
  const onConnection = async <T>(limit: Millis, sent: () => boolean, work: (run: Run) => Promise<T>): Promise<T> => {
    let pool = pools.current()
    let client: PoolConnection | undefined
    let late = false
    const answered = async (): Promise<T> => {
      // Or the next server that lets us in and takes writes: nothing has been asked of any yet.
      const found = await firstOf(
        pools,
        (one) => {
          pool = one
          return connected(one)
        },
        leavesServer,
      )
      if (late) {
        found.release()
        throw new TooLate('a connection came too late')
      }
      client = found
      const value = await work(ask(found))
      found.release()
      return value
    }
    try {
      return await inTime(answered(), limit)
    } catch (error) {
      late = true
      client?.destroy()
      if (leavesServer(error)) pools.failed(pool)
      // Until there was a connection, nothing was asked.
      const asked = client !== undefined && sent()
      throw faultOf(error, asked) === 'again' ? error : errorOf(error, asked)
    }
  }

  const repeated = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let left = tries - 1; ; left -= 1) {
      try {
        return await work()
      } catch (error) {
        if (faultOf(error, false) !== 'again') throw errorOf(error, true)
        if (left === 0) throw unavailable(error)
        await wait(Math.random() * (tries - left))
      }
    }
  }

  const counted = <T>(work: () => Promise<T>): Promise<T> => {
    if (closed !== undefined) return Promise.reject(unavailable(new Error('the journal is closed')))
    const promise = work()
    running.add(promise)
    forget(promise.finally(() => running.delete(promise)))
    return promise
  }

  return {
    run: (statement, values = [], bytes = 0) =>
      counted(() =>
        repeated(() =>
          onConnection(
            answerMillis + bytes / bytesPerMilli,
            () => true,
            (run) => run(statement, values),
          ),
        ),
      ),

    within: (work) =>
      counted(() =>
        repeated(() => {
          let committing = false
          return onConnection(
            Math.min(3 * answerMillis, transactionMillis),
            () => committing,
            async (run) => {
              await run({ text: 'START TRANSACTION', whole: true })
              const value = await work(run)
              committing = true
              await run({ text: 'COMMIT', whole: true })
              return value
            },
          )
        }),
      ),

    close: () => {
      closed ??= (async () => {
        await Promise.allSettled(running)
        await Promise.all(pools.all().map((pool) => new Promise((resolve) => pool.end(resolve))))
      })()
      return closed
    },
  }
}

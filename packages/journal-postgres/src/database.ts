// Runs statements on a bounded number of connections. Owns transactions, deadlines and closing; knows no table.
import type { LogId, Millis } from '@konfig/core'
import { firstOf, type InTurn, unavailable } from '@konfig/journal'
import pg from 'pg'
import { errorOf, faultOf, leavesServer } from './errors.ts'

export interface Statement {
  /** Prepared under this name on each connection. */
  readonly name: string
  readonly text: string
}

export interface Answer<Row> {
  readonly rows: readonly Row[]
  /** Rows that were written, or found. */
  readonly count: number
}

export type Run = <Row = never>(statement: Statement, values?: readonly unknown[]) => Promise<Answer<Row>>

export interface Database {
  /**
   * One statement, durable when it answers. Rejects with `Unknown` where the answer was lost, else nothing was stored.
   * Deadlocks and the like are run again.
   */
  readonly run: <Row = never>(statement: Statement, values: readonly unknown[], bytes?: number) => Promise<Answer<Row>>
  /** Statements in one transaction, which sees the content of these logs alone; they may be sent without waiting for one another. */
  readonly within: <T>(logs: readonly LogId[], work: (run: Run) => Promise<T>) => Promise<T>
  /** Finishes what runs. Later calls reject with `unavailable`. */
  readonly close: () => Promise<void>
}

const tries = 5
const bytesPerMilli = 4096

const begin: Statement = { name: 'begin', text: 'BEGIN' }
const commit: Statement = { name: 'commit', text: 'COMMIT' }
const allow: Statement = { name: 'allow', text: "SELECT set_config('konfig.logs', $1, true)" }
/** Log ids are printable, so a line end separates them. */
export const listed = (logs: readonly LogId[]): string => logs.join('\n')

class TooLate extends Error {}

/** Whatever comes of it later, it is nobody's any more. */
const forget = (promise: Promise<unknown>): void => void promise.catch(() => undefined)

export const openDatabase = (pools: InTurn<pg.Pool>, answerMillis: Millis): Database => {
  const running = new Set<Promise<unknown>>()
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

  /** To the current server, or the next that lets us in and takes writes: nothing has been asked of any yet. */
  const connected = async (): Promise<{ readonly pool: pg.Pool; readonly client: pg.PoolClient }> => {
    try {
      return await firstOf(
        pools,
        async (pool) => ({ pool, client: await pool.connect() }),
        () => true,
      )
    } catch (error) {
      throw unavailable(error)
    }
  }

  /** By a query of our own: what the driver makes of a statement and values, and its promise, cost a fifth of an append. */
  const ask =
    (client: pg.PoolClient): Run =>
    <Row>({ name, text }: Statement, values: readonly unknown[] = []) =>
      new Promise<Answer<Row>>((resolve, reject) => {
        const query = new pg.Query(text, [...values])
        client.query(
          Object.assign(query, {
            name,
            callback: (error: Error | null, found: pg.QueryResult) => {
              if (error === null) resolve({ rows: found.rows as readonly Row[], count: found.rowCount ?? 0 })
              else reject(error)
            },
          }),
        )
      })

  /** After an error the state of a connection is not known: it is closed, and what ran on it ends. */
  const onConnection = async <T>(limit: Millis, sent: () => boolean, work: (run: Run) => Promise<T>): Promise<T> => {
    const { pool, client } = await connected()
    try {
      const value = await inTime(work(ask(client)), limit)
      client.release()
      return value
    } catch (error) {
      client.release(true)
      if (leavesServer(error)) pools.failed(pool)
      throw faultOf(error, sent()) === 'again' ? error : errorOf(error, sent())
    }
  }

  const repeated = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let left = tries - 1; ; left -= 1) {
      try {
        return await work()
      } catch (error) {
        if (left === 0 || faultOf(error, false) !== 'again') throw errorOf(error, true)
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
    run: (statement, values, bytes = 0) =>
      counted(() =>
        repeated(() =>
          onConnection(
            answerMillis + bytes / bytesPerMilli,
            () => true,
            (run) => run(statement, values),
          ),
        ),
      ),

    within: (logs, work) =>
      counted(() =>
        repeated(() => {
          let committing = false
          return onConnection(
            3 * answerMillis,
            () => committing,
            async (run) => {
              const begun = Promise.all([run(begin), run(allow, [listed(logs)])])
              forget(begun)
              const value = await work(run)
              await begun
              committing = true
              await run(commit)
              return value
            },
          )
        }),
      ),

    close: () => {
      closed ??= (async () => {
        await Promise.allSettled(running)
        await Promise.all(pools.all().map((pool) => pool.end()))
      })()
      return closed
    },
  }
}

// Wakes followers of other nodes: by a change stream where the server has them, else by looking at what changed. A hint only: it may be lost, and
// nothing waits for it.
import { type Bell, type Followers, lookOften, openFollowers } from '@konfig/journal'
import type { ChangeStream } from 'mongodb'
import type { Database } from './database.ts'
import { codeOfServer } from './errors.ts'
import { changedSince } from './log/changes.ts'

/** What servers say that have no change streams, or none for this user: not implemented, no such stage, no replica set, no such right. */
const without = [13, 59, 238, 40_324, 40_573]
/** Between two looks. */
const lookMillis = 200
/** After a stream that ended. */
const pauseMillis = 1000

export const openBell = (database: Database, installation: string): Bell => {
  let stream: ChangeStream | undefined

  /** Until the stream ends; false where this server has none. What was missed before is made up for by waking once. */
  const listen = async ({ wake, wanted }: Followers): Promise<boolean> => {
    try {
      stream = database.in.batches.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }])
      const first = stream.tryNext()
      wake()
      if ((await first) !== null) wake()
      while (wanted()) {
        await stream.next()
        wake()
      }
      return true
    } catch (error) {
      return !without.includes(codeOfServer(error) ?? 0)
    } finally {
      await stream?.close().catch(() => undefined)
      stream = undefined
    }
  }

  /** How often something was new. Answers are given again for a while: whoever is named with a head that was not heard before has changed. */
  const countNews = (): (() => Promise<number>) => {
    let cursor: string | undefined
    let heard: ReadonlyMap<string, unknown> = new Map()
    let news = 0
    return async () => {
      const answer = await changedSince(database, installation, cursor)
      if (answer.changed.some(({ log, head }) => heard.get(log) !== head)) news += 1
      heard = new Map(answer.changed.map(({ log, head }) => [log, head]))
      cursor = answer.cursor
      return news
    }
  }

  const followers = openFollowers(async (by) => {
    let streams = true
    while (by.wanted() && streams) {
      streams = await listen(by)
      if (streams) await by.pause(pauseMillis)
    }
    await lookOften(countNews(), lookMillis)(by)
  })

  return {
    ring: () => followers.wake(),
    watch: followers.watch,
    close: async () => {
      const closing = followers.close()
      await stream?.close().catch(() => undefined)
      await closing
    },
  }
}

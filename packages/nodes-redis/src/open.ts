// What nodes have of Redis: a channel, and a cache. Opened at once, whether or not Redis is there; while it is not, all is as without it.
import { randomUUID } from 'node:crypto'
import { RESP_TYPES } from '@redis/client'
import { type Cache, type Channel, openListeners } from '@konfig/journal'
import { connectRedis, wordOf } from './connect.ts'

export interface OpenRedis {
  /** redis: or rediss:, with user and password where it asks for them. */
  readonly url: string
  /** Told once each time that Redis is found to be away, with a word for the reason, and when it is there again. */
  readonly away: (word: string) => void
  readonly there: () => void
}

export interface RedisNodes {
  readonly channel: Channel
  readonly cache: Cache
}

/** Loading from the journal takes about that long: then it is no use to wait. */
const patienceMillis = 250
const idLength = 36
/** More than any node leaves there: of what strangers left, no more is taken. */
export const largestKept = 48 * 1024 * 1024
/** What waits to be kept by a Redis that is slow. */
const mostWaiting = 64 * 1024 * 1024

export const openRedis = ({ url, away, there }: OpenRedis): RedisNodes => {
  let isAway = false
  const missing = new Set<'speaking' | 'listening' | 'refused'>()
  const standingOf = (who: 'speaking' | 'listening' | 'refused') => ({
    away: (word: string): void => {
      missing.add(who)
      if (!isAway) away(word)
      isAway = true
    },
    there: (): void => {
      missing.delete(who)
      if (isAway && missing.size === 0) {
        isAway = false
        there()
      }
    },
  })
  const speaking = connectRedis(url, false, standingOf('speaking'))
  // Keeps what is listened to, and listens to it again on each connection.
  const listening = connectRedis(url, true, standingOf('listening'))
  const refused = standingOf('refused')
  const bytesOf = speaking.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
  const listeners = openListeners()
  const heard = new Set<string>()
  /** Redis tells the speaker, too. */
  const id = randomUUID()
  let closed = false
  let waiting = 0

  return {
    channel: {
      send: (topic, text) => {
        if (speaking.isReady) speaking.publish(topic, id + text).catch(() => undefined)
      },
      listen: (topic, listener) => {
        const stop = listeners.add(topic, listener)
        if (!heard.has(topic)) {
          heard.add(topic)
          listening
            .subscribe(topic, (given) => {
              if (!given.startsWith(id)) listeners.tell(topic, given.slice(idLength))
            })
            .catch((reason: unknown) => {
              heard.delete(topic)
              // A user of Redis who may not listen: else nobody would know that nothing is heard. It is there only once that was put right.
              if (wordOf(reason) === 'NOPERM') refused.away('NOPERM')
            })
        }
        return stop
      },
      close: async () => {
        if (closed) return
        closed = true
        speaking.destroy()
        listening.destroy()
      },
    },
    cache: {
      get: async (key) => {
        if (!speaking.isReady) return undefined
        const { promise, resolve } = Promise.withResolvers<undefined>()
        const timer = setTimeout(resolve, patienceMillis, undefined)
        const asked = bytesOf.getRange(key, 0, largestKept).catch(() => null)
        const found = await Promise.race([asked, promise])
        clearTimeout(timer)
        // Redis has nothing and knows nothing of a key alike.
        const size = found?.byteLength ?? 0
        return size === 0 || size > largestKept ? undefined : (found ?? undefined)
      },
      put: (key, bytes, seconds) => {
        if (!speaking.isReady || waiting + bytes.byteLength > mostWaiting) return
        waiting += bytes.byteLength
        speaking
          .set(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
            expiration: { type: 'EX', value: seconds },
          })
          .catch(() => undefined)
          .finally(() => {
            waiting -= bytes.byteLength
          })
      },
    },
  }
}

// The records port: compare-and-set by version, expiry by the clock that is passed in. Each write is one conditional request.
import {
  askAgain,
  type Clock,
  checkKey,
  checkWrite,
  type RecordKey,
  type RecordOutcome,
  type Records,
  type StoredRecord,
  Unknown,
} from '@konfig/journal'
import type { Millis } from '@konfig/core'
import type { Database, Expression } from './database.ts'
import { asExpiring, type Item, type Key, logOf, recordPart, ttlOf } from './schema/items.ts'
import { sweep } from './sweep.ts'

const keyOf = ({ collection, id }: RecordKey): Key => ({ p: recordPart(collection), s: id })
const mostItems = 1000

const isLive = ({ until }: Item, now: Millis): boolean => until === undefined || until > now

const stored = (item: Item): StoredRecord => ({
  collection: logOf(item),
  id: item.s,
  version: item.version ?? '',
  value: item.value ?? new Uint8Array(),
  ...(item.until === undefined ? {} : { expiresAt: item.until }),
})

const isVersion = (version: string, now: Millis): Expression => ({
  text: '#version = :version AND (attribute_not_exists(#until) OR #until > :now)',
  values: { version, now },
})
const isNone = (now: Millis): Expression => ({ text: 'attribute_not_exists(#p) OR #until <= :now', values: { now } })

const outcome = (asked: Promise<RecordOutcome>): Promise<RecordOutcome> =>
  asked.catch((error: unknown) => {
    if (error instanceof Unknown) return 'unknown'
    throw error
  })

export const dynamodbRecords = (database: Database, clock: Clock, close: () => Promise<void>): Records => ({
  get: async (key) => {
    checkKey(key)
    const item = await database.get(keyOf(key)).catch(askAgain)
    return item !== undefined && isLive(item, clock.now()) ? stored(item) : undefined
  },

  put: async (write) => {
    checkWrite(write)
    const { expected, version, value, expiresAt } = write
    const now = clock.now()
    const item: Item = {
      ...keyOf(write),
      version,
      // A caller may write into its bytes as soon as it waits.
      value: new Uint8Array(value),
      ...(expiresAt === undefined ? {} : { until: expiresAt, ...asExpiring(expiresAt), ttl: ttlOf(expiresAt) }),
    }
    const put = database.put(item, expected === undefined ? isNone(now) : isVersion(expected, now))
    return outcome(
      put.then((written) => {
        if (written.stored) return 'landed'
        const { old } = written
        return old?.version === version && isLive(old, now) ? 'landed' : 'conflict'
      }),
    )
  },

  delete: async (key, expected) => {
    checkKey(key)
    const removed = database.remove(keyOf(key), isVersion(expected, clock.now()))
    return outcome(
      removed.then((written) => {
        if (written.stored) return 'landed'
        // It may have been this very call that removed it, in an attempt that the service failed at.
        return written.doubtful && written.old === undefined ? 'unknown' : 'conflict'
      }),
    )
  },

  list: async (collection, { prefix = '', after, limit }) => {
    // Ids are printable ASCII: a space more is the next text, and \x7f ends every prefix.
    const next = after === undefined ? '' : `${after} `
    const values = { p: recordPart(collection), from: next > prefix ? next : prefix || ' ', to: `${prefix}\x7f` }
    database.check()
    if (values.from > values.to) return []
    const keys = { text: '#p = :p AND #s BETWEEN :from AND :to', values }
    const now = clock.now()
    const found: StoredRecord[] = []
    for await (const item of database.all({ keys, limit: Math.min(limit, mostItems) })) {
      if (!isLive(item, now)) continue
      found.push(stored(item))
      if (found.length >= limit) break
    }
    return found
  },

  sweep: () => sweep(database, clock.now()).catch(askAgain),

  close,
})

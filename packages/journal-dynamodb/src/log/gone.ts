// Takes what batches held and leaves their places, for a day: whoever still believes in what was there cannot land in it.
import type { LogId, Millis, Revision } from '@konfig/core'
import type { Database } from '../database.ts'
import { eachOf } from '../gate.ts'
import { asExpiring, type Item, type Key, logPart, place, ttlOf } from '../schema/items.ts'

export type Reason = NonNullable<Item['gone']>

const atOnce = 16
const keptMillis = 24 * 60 * 60 * 1000

/** A place that is kept for a day. */
export const goneFor = (gone: Reason, now: Millis) => {
  const until = now + keptMillis
  return { gone, last: -1, ...asExpiring(until), ttl: ttlOf(until) }
}

const takeOne = async (database: Database, key: Key, gone: Reason, now: Millis): Promise<void> => {
  await database.update(
    key,
    {
      text: 'SET #gone = :gone, #last = :last, #i = :i, #at = :at, #ttl = :ttl REMOVE #payload, #digest, #bytes, #parts, #checkpoint',
      values: goneFor(gone, now),
    },
    { text: 'attribute_exists(#p)' },
  )
}

/** All batches that begin after the first revision and not after another one. */
export const takeAll = async (
  database: Database,
  log: LogId,
  gone: Reason,
  now: Millis,
  upTo: Revision = Number.MAX_SAFE_INTEGER,
): Promise<void> => {
  if (upTo < 2) return
  const values = { p: logPart(log), from: place(2), to: place(upTo) }
  const keys = { text: '#p = :p AND #s BETWEEN :from AND :to', values }
  await eachOf(database.all({ keys, only: ['gone'] }), atOnce, async (item) => {
    if (item.gone !== gone) await takeOne(database, item, gone, now)
  })
}

// Drops what has expired, by the index: records, places of batches that are gone, and what writers left unfinished. The service does some of it
// too, days later perhaps; nobody depends on either.
import type { Millis } from '@konfig/core'
import type { Database } from './database.ts'
import { eachOf } from './gate.ts'
import { settleMark } from './log/pieces.ts'
import { indexParts, type Item, logOf } from './schema/items.ts'

const atOnce = 8

/** Answers whether it was a record. Each condition holds again what the index may only have shown. */
const dropOne = async (database: Database, item: Item, now: Millis): Promise<boolean> => {
  if (item.p.startsWith('record/'))
    return (await database.remove(item, { text: '#until <= :now', values: { now } })).stored
  if (item.p.startsWith('parts/')) await settleMark(database, item, logOf(item), now)
  else await database.remove(item, { text: 'attribute_exists(#gone) AND #at <= :now', values: { now } })
  return false
}

/** Answers how many records went. */
export const sweep = async (database: Database, now: Millis): Promise<number> => {
  let swept = 0
  for (const part of indexParts) {
    const keys = { text: '#i = :i AND #at <= :now', values: { i: `expiry/${part}`, now } }
    await eachOf(database.all({ keys, index: true, only: [] }), atOnce, async (item) => {
      if (await dropOne(database, item, now)) swept += 1
    })
  }
  return swept
}

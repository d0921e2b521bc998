// Reads a log: whole batches in order, dense, and its head. A page of the service is not one moment, so what it shows is checked for gaps.
import type { LogId, Revision } from '@konfig/core'
import { maxRead, type StoredBatch } from '@konfig/journal'
import type { Database } from '../database.ts'
import { batchKey, firstOf, type Item, logPart, markKey, place } from '../schema/items.ts'
import type { Ends } from './ends.ts'
import { newestOf } from './erase.ts'
import { damaged, readPieces } from './pieces.ts'

const tries = 5
const mostItems = 1000

/** `changed`: the log was trimmed while it was looked at; look again. */
type Found<T> = T | 'erased' | 'changed'

const isThere = (item: Item | undefined, at: Revision): boolean =>
  item !== undefined && firstOf(item) === at && item.gone === undefined

/**
 * Where to begin: the batch around `after`, where there is one, and the revision from which to go on. Undefined: there is nothing.
 * `trimmed`: what follows is, so that the checkpoint stands for what is around.
 */
const startOf = async (
  database: Database,
  log: LogId,
  after: Revision,
  trimmed: boolean,
): Promise<Found<{ readonly around: readonly Item[]; readonly from: Revision } | undefined>> => {
  const keys = { text: '#p = :p AND #s <= :s', values: { p: logPart(log), s: place(after) } }
  const { items } = await database.query({ keys, backwards: true, limit: 1 })
  let [around] = items
  if (trimmed || around?.gone === 'trimmed') around = await database.get(batchKey(log, 1))
  if (around === undefined) return undefined
  if (around.gone !== undefined) return around.gone === 'erased' ? 'erased' : 'changed'
  const last = around.last ?? 0
  if (last < after) return undefined
  return last === after ? { around: [], from: after + 1 } : { around: [around], from: last + 1 }
}

const itemsAfter = async (
  database: Database,
  log: LogId,
  after: Revision,
  limit: number,
): Promise<Found<readonly Item[]>> => {
  const found: Item[] = []
  let bytes = 0
  /** False where the page is full. */
  const take = (item: Item): boolean => {
    bytes += item.bytes ?? 0
    if (found.length > 0 && bytes > maxRead) return false
    found.push(item)
    return found.length < limit
  }
  const pageAt = (from: Revision) =>
    database.query({
      keys: { text: '#p = :p AND #s >= :s', values: { p: logPart(log), s: place(from) } },
      limit: Math.min(limit - found.length, mostItems),
    })

  let from = after + 1
  let page = await pageAt(from)
  if (page.items[0]?.gone === 'erased') return 'erased'
  if (!isThere(page.items[0], from)) {
    if (after === 0) return page.items.length === 0 ? [] : 'changed'
    const start = await startOf(database, log, after, page.items[0]?.gone === 'trimmed')
    if (typeof start === 'string') return start
    if (start === undefined) return []
    if (!start.around.every(take)) return found
    from = start.from
    page = await pageAt(from)
  }
  for (;;) {
    const began = from
    for (const item of page.items) {
      if (item.gone === 'erased') return 'erased'
      if (!isThere(item, from)) return found.length === 0 ? 'changed' : found
      if (!take(item)) return found
      from = (item.last ?? 0) + 1
      // What it stands for may still be there.
      if (item.checkpoint === true) break
    }
    const isMore = page.next !== undefined || page.items.some(({ checkpoint }) => checkpoint === true)
    if (from === began || !isMore) return found
    page = await pageAt(from)
  }
}

const batchOf = async (database: Database, log: LogId, item: Item): Promise<Found<StoredBatch>> => {
  const first = firstOf(item)
  const { last = 0, checkpoint = false, digest = new Uint8Array(), parts = 0 } = item
  const batch = { log, first, last, checkpoint }
  if (parts === 0) return { ...batch, payload: item.payload ?? new Uint8Array() }
  const payload = await readPieces(database, markKey(log, first, digest), item)
  if (payload !== undefined) return { ...batch, payload }
  const now = await database.get(batchKey(log, first), ['digest', 'gone'])
  if (now?.gone === 'erased') return 'erased'
  if (now?.digest !== undefined && Buffer.compare(now.digest, digest) === 0)
    throw damaged(log, first, 'a piece of its batch is missing')
  return 'changed'
}

const pageAfter = async (
  database: Database,
  log: LogId,
  after: Revision,
  limit: number,
): Promise<Found<readonly StoredBatch[]>> => {
  const items = await itemsAfter(database, log, after, limit)
  if (typeof items === 'string') return items
  const batches: StoredBatch[] = []
  for (const item of items) {
    const batch = await batchOf(database, log, item)
    if (typeof batch === 'string') return batch
    batches.push(batch)
  }
  return batches
}

export const readLog = async (
  database: Database,
  ends: Ends,
  log: LogId,
  after: Revision,
  limit: number,
): Promise<readonly StoredBatch[] | 'erased'> => {
  for (let left = tries; left > 0; left -= 1) {
    const page = await pageAfter(database, log, Math.max(0, after), limit)
    if (page === 'changed') continue
    const newest = page === 'erased' ? undefined : page.at(-1)
    if (newest !== undefined) ends.learn(log, newest.last)
    return page
  }
  throw damaged(log, after + 1, 'batches are missing')
}

export const headOf = async (database: Database, ends: Ends, log: LogId): Promise<Revision | 'erased'> => {
  const newest = await newestOf(database, log)
  if (newest === undefined) return 0
  if (newest.gone !== undefined) return 'erased'
  const head = newest.last ?? 0
  ends.learn(log, head)
  return head
}

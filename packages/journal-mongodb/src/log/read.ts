// Reads a log: whole batches in order.
import { setTimeout as wait } from 'node:timers/promises'
import type { LogId, Revision } from '@konfig/core'
import { maxRead, type StoredBatch, unavailable } from '@konfig/journal'
import type { WithId } from 'mongodb'
import type { Database } from '../database.ts'
import { type BatchDocument, partBytes } from '../schema/documents.ts'
import { readBlob } from './blobs.ts'
import { type Heads, headOf } from './heads.ts'
import type { Near } from './near.ts'

type Row = WithId<BatchDocument>

/** With what a document holds itself, at most 25 MiB. */
const rowsPerAnswer = 100
const tries = 5

/** What a page shows of a log that is trimmed or erased while it is read, or undefined where it does not add up. */
type Page = { readonly rows: readonly Row[] } | 'erased' | undefined

/**
 * In order of their ends. A checkpoint comes where the last batch that it stands for ended, so whatever was found before it is in it. A void
 * that no checkpoint stands for belongs to a log that is being erased, or to a trim that was seen by halves.
 */
const pageOf = async (database: Database, log: LogId, after: Revision, limit: number): Promise<Page> => {
  const cursor = database.in.batches.find(
    { log, last: { $gt: after } },
    { sort: { last: 1 }, batchSize: rowsPerAnswer },
  )
  let rows: Row[] = []
  let bytes = 0
  let voids = 0
  try {
    for (;;) {
      const row = await database.read(() => cursor.next())
      if (row === null) break
      if (row.standing === 'gravestone') return 'erased'
      if (row.standing === 'void') {
        voids = row.last
        continue
      }
      if (row.standing === 'checkpoint') {
        rows = [row]
        bytes = row.bytes
        continue
      }
      const before = rows.at(-1)
      if (row.first > (before?.last ?? Math.max(after, 0)) + 1) break
      if (before !== undefined && (rows.length >= limit || bytes + row.bytes > maxRead)) break
      rows.push(row)
      bytes += row.bytes
    }
  } finally {
    await cursor.close().catch(() => undefined)
  }
  const from = rows[0]
  if (voids > 0 && (from === undefined || voids >= from.first) && !(from?.standing === 'checkpoint')) return undefined
  return { rows: rows.slice(0, limit) }
}

const contentOf = async (database: Database, row: Row): Promise<Uint8Array> => {
  if (row.blob === undefined) return row.payload ?? new Uint8Array()
  const parts: Uint8Array[] = []
  const blob = { blob: row.blob, parts: row.parts ?? 0, largest: Math.min(row.bytes, partBytes) }
  for await (const part of readBlob(database, blob)) parts.push(part)
  return Buffer.concat(parts)
}

const stored = async (database: Database, row: Row): Promise<StoredBatch> => ({
  log: row.log,
  first: row.first,
  last: row.last,
  checkpoint: row.standing === 'checkpoint',
  payload: await contentOf(database, row),
})

/** Looks behind `after` alone first: that is where all read who follow a log, and where most of them find one batch, or none. */
export const readLog = async (
  database: Database,
  { heads, near }: { readonly heads: Heads; readonly near: Near },
  log: LogId,
  after: Revision,
  limit: number,
): Promise<readonly StoredBatch[] | 'erased'> => {
  for (let left = tries; ; left -= 1) {
    const found = await near.look(log, after, limit)
    const page = found === undefined ? await pageOf(database, log, after, limit) : { rows: found }
    if (page === 'erased') return page
    if (page !== undefined) {
      const batches: StoredBatch[] = []
      try {
        for (const row of page.rows) batches.push(await stored(database, row))
        const last = page.rows.at(-1)
        if (last?.standing === 'batch') heads.saw(log, last.last)
        if (last !== undefined && found === undefined && batches.length === limit) near.filled(log, last.last)
        return batches
      } catch (error) {
        // Its parts may have gone with the log, or with a trim: then another look tells.
        if (left === 1) throw error
      }
    }
    if ((await headOf(database, log)) === 'erased') return 'erased'
    if (left === 1) throw unavailable(new Error('the log changed while it was read'))
    await wait(10)
  }
}

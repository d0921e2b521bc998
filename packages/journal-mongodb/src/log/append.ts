// Appends batches of different logs in one request. Each is one document, and the unique key (log, first) decides.
import { hash, randomUUID } from 'node:crypto'
import { type Batch, type Landing, Unknown } from '@konfig/journal'
import type { LogId, Revision } from '@konfig/core'
import type { Database } from '../database.ts'
import { isTaken } from '../errors.ts'
import { type BatchDocument, batchId, day, inlineBytes, names } from '../schema/documents.ts'
import { cut, dropBlobs, dropOrphans, writeBlob } from './blobs.ts'
import { type Head, type Heads, lastOf, nextOf, withoutContent } from './heads.ts'

interface Given extends Batch {
  readonly digest: Buffer
}

export const digestOf = (payload: Uint8Array): Buffer => hash('sha256', payload, 'buffer')
const bytesOf = (payload: Uint8Array): Buffer => Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)

/** Followers look at the last steps of time: what took longer to become visible is told of once more. */
const lateMillis = 10_000

/** Content as a document holds it: itself, or the parts that were written before. */
export const contentOf = async (
  database: Database,
  log: LogId,
  payload: Uint8Array,
): Promise<Pick<BatchDocument, 'payload'> | Pick<BatchDocument, 'blob' | 'parts'>> => {
  if (payload.byteLength <= inlineBytes) return { payload: bytesOf(payload) }
  const { blob, parts } = await writeBlob(database, log, cut(payload))
  return { blob, parts }
}

const documentOf = async (database: Database, batch: Given): Promise<BatchDocument> => {
  const { log, first, last, digest, payload } = batch
  const content = await contentOf(database, log, payload)
  return {
    _id: batchId(log, first),
    log,
    standing: 'batch',
    first,
    last,
    digest,
    bytes: payload.byteLength,
    span: database.time.span(),
    ...content,
  }
}

interface Answer {
  readonly writeErrors?: readonly { readonly index: number; readonly code: number }[]
}

/** Places of those whose key was taken; all others are stored. As a bare command: the driver's own way costs the client twice as much. */
export const insertBatches = (database: Database, documents: readonly BatchDocument[]): Promise<ReadonlySet<number>> =>
  database.write(async () => {
    const answer = (await database.db.command({
      insert: names.batches,
      documents: [...documents],
      ordered: false,
      writeConcern: database.concern,
    })) as Answer
    const errors = answer.writeErrors ?? []
    if (!errors.every(({ code }) => isTaken(code))) throw new Unknown('some were not stored')
    return new Set(errors.map(({ index }) => index))
  })

const announce = (database: Database, of: LogId, last: Revision): void => {
  database.tidy(({ notices }) =>
    notices.insertOne({
      _id: `\nnotice ${randomUUID()}`,
      of,
      last,
      span: database.time.span(),
      drop: new Date(database.time.now() + day),
    }),
  )
}

/** What stands where the batch wants to: it may be itself, from an attempt whose answer was lost. The digests tell. */
const settle = async (database: Database, heads: Heads, { log, first, last, digest }: Given): Promise<Landing> => {
  const look = async () => {
    const found = await nextOf(database, log, first - 1, withoutContent)
    // What stands there was not erased; else the gravestone tells, which follows the last batch.
    return { found, end: found?.standing === 'batch' ? found : await lastOf(database, log) }
  }
  const { found, end } = await look().catch((error: unknown) => {
    // Some may have landed, now or in an attempt before: a failure to look says nothing of that.
    throw new Unknown('what landed could not be read', { cause: error })
  })
  if (end?.standing === 'gravestone') return 'erased'
  if (end !== null) heads.saw(log, end.last)
  if (found?.standing !== 'batch' || found.last !== last || !found.digest.equals(digest)) return 'conflict'
  if (found.span !== database.time.span()) announce(database, log, last)
  return 'landed'
}

const insert = async (database: Database, heads: Heads, batches: readonly Given[]): Promise<readonly Landing[]> => {
  const documents = await Promise.all(batches.map((batch) => documentOf(database, batch)))
  const sent = performance.now()
  const taken = await insertBatches(database, documents)
  const late = performance.now() - sent > lateMillis
  return Promise.all(
    batches.map(async (batch, index): Promise<Landing> => {
      const { blob } = documents[index] ?? {}
      if (taken.has(index)) {
        if (blob !== undefined) database.tidy(() => dropBlobs(database, [blob]))
        return settle(database, heads, batch)
      }
      heads.remember(batch.log, batch.last)
      if (late) announce(database, batch.log, batch.last)
      if (blob !== undefined) database.tidy(() => dropOrphans(database, batch.log))
      return 'landed'
    }),
  )
}

/** The row before must end where this one begins; rows do not change, so looking for it before cannot race. */
const placeOf = (head: Head, { first }: Batch): 'fits' | 'behind' | 'conflict' | 'erased' => {
  if (head === 'erased') return 'erased'
  return first === head + 1 ? 'fits' : first > head ? 'conflict' : 'behind'
}

/** At most one batch of a log. All of them share one outcome where it is not known, or where nothing was stored. */
export const appendGroup = async (
  database: Database,
  heads: Heads,
  batches: readonly Batch[],
): Promise<readonly Landing[]> => {
  const given = await Promise.all(
    batches.map(async (batch) => {
      const known = heads.known(batch.log)
      const fits = known === batch.first - 1
      return { ...batch, place: fits ? ('fits' as const) : placeOf(await heads.ask(batch.log), batch) }
    }),
  )
  const landings = new Map<LogId, Landing>()
  const fitting: Given[] = []
  for (const batch of given) {
    const whole = { ...batch, digest: digestOf(batch.payload) }
    if (batch.place === 'fits') fitting.push(whole)
    else if (batch.place === 'behind') landings.set(batch.log, await settle(database, heads, whole))
    else landings.set(batch.log, batch.place)
  }
  if (fitting.length > 0) {
    const landed = await insert(database, heads, fitting)
    for (const [index, { log }] of fitting.entries()) landings.set(log, landed[index] ?? 'unknown')
  }
  return batches.map(({ log }) => landings.get(log) ?? 'unknown')
}

// Bytes in parts, which nobody sees until a document elsewhere names their blob. Owns what became of those that were never named.
import { randomUUID } from 'node:crypto'
import type { LogId } from '@konfig/core'
import { askAgain, Unknown, unavailable } from '@konfig/journal'
import type { Database } from '../database.ts'
import { day, partBytes, type PartDocument, partId } from '../schema/documents.ts'

export interface Blob {
  readonly blob: string
  readonly parts: number
  /** Bytes of its largest part. */
  readonly largest: number
}

/** Small parts are sent, and answered, several at once. */
const bytesPerRequest = 4 * 1024 * 1024
const partsPerRequest = 500

export const dropBlobs = async (database: Database, blobs: readonly string[]): Promise<void> => {
  for (const blob of blobs) {
    await database.write(({ parts }) => parts.deleteMany({ blob }))
    await database.write((all) => all.blobs.deleteOne({ _id: blob }))
  }
}

/** Durable when it answers. Nothing of it counts before something names it, so whoever is told that it failed may begin again. */
export const writeBlob = async (
  database: Database,
  log: LogId,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Blob> => {
  const blob = randomUUID()
  try {
    await database.write(({ blobs }) => blobs.insertOne({ _id: blob, log, at: database.time.now() }))
    let [position, largest, waiting] = [0, 0, 0]
    let documents: PartDocument[] = []
    const send = async (): Promise<void> => {
      const group = documents
      documents = []
      waiting = 0
      if (group.length > 0) await database.write((all) => all.parts.insertMany(group))
    }
    for await (const part of parts) {
      if (waiting + part.byteLength > bytesPerRequest || documents.length === partsPerRequest) await send()
      documents.push({ _id: partId(blob, position), blob, log, bytes: Buffer.from(part) })
      waiting += part.byteLength
      largest = Math.max(largest, part.byteLength)
      position += 1
    }
    await send()
    return { blob, parts: position, largest }
  } catch (error) {
    database.tidy(() => dropBlobs(database, [blob]))
    return error instanceof Unknown ? askAgain(error) : Promise.reject(error)
  }
}

export const cut = function* (payload: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < payload.byteLength; at += partBytes) yield payload.subarray(at, at + partBytes)
}

/** In order; throws `unavailable` where it is not whole any more. */
export async function* readBlob(database: Database, { blob, parts: count, largest }: Blob): AsyncGenerator<Uint8Array> {
  let next = 0
  const batchSize = Math.min(partsPerRequest, Math.ceil(bytesPerRequest / Math.max(1, largest)))
  const cursor = database.in.parts.find({ blob }, { sort: { _id: 1 }, batchSize })
  try {
    for (;;) {
      const document = await database.read(() => cursor.next())
      if (document === null || next === count) break
      if (document._id !== partId(blob, next)) break
      yield document.bytes
      next += 1
    }
  } finally {
    await cursor.close().catch(() => undefined)
  }
  if (next < count) throw unavailable(new Error('what was being read went'))
}

/** What writers that died have left of this log: begun a day ago, and named by nothing. */
export const dropOrphans = async (database: Database, log: LogId): Promise<void> => {
  const before = database.time.now() - day
  const old = await database.read(({ blobs }) => blobs.find({ log, at: { $lt: before } }).toArray())
  for (const { _id: blob } of old) {
    const named = await database.read(async ({ batches, snapshots }) =>
      Boolean((await batches.findOne({ log, blob })) ?? (await snapshots.findOne({ _id: blob, log }))),
    )
    if (!named) await dropBlobs(database, [blob])
  }
}

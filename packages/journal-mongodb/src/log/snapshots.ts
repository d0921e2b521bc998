// Snapshots of a log: parts first, and a document that names them once all are there.
import type { LogId, Revision } from '@konfig/core'
import { checkPart, type Snapshot, type SnapshotToSave, superseded } from '@konfig/journal'
import type { Database } from '../database.ts'
import type { SnapshotDocument } from '../schema/documents.ts'
import { dropBlobs, dropOrphans, readBlob, writeBlob } from './blobs.ts'
import { headOf } from './heads.ts'

const newer = (a: SnapshotDocument, b: SnapshotDocument): number => b.at - a.at || (a._id < b._id ? 1 : -1)

/** What a newer one of the same revision replaces, and what is too close to others. */
const old = (all: readonly SnapshotDocument[]): readonly string[] => {
  const gone = new Set(superseded(all.map(({ revision }) => revision)))
  const kept = new Map(
    all
      .toSorted(newer)
      .toReversed()
      .map(({ revision, _id }) => [revision, _id]),
  )
  return all.filter(({ revision, _id }) => gone.has(revision) || kept.get(revision) !== _id).map(({ _id }) => _id)
}

async function* checked(parts: SnapshotToSave['parts']): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    checkPart(part)
    yield part
  }
}

const drop = async (database: Database, log: LogId, ids: readonly string[]): Promise<void> => {
  for (const _id of ids) {
    await database.write(({ snapshots }) => snapshots.deleteOne({ _id, log }))
    await dropBlobs(database, [_id])
  }
}

export const saveSnapshot = async (database: Database, { log, revision, parts }: SnapshotToSave): Promise<void> => {
  const { blob, ...size } = await writeBlob(database, log, checked(parts))
  const document = { _id: blob, log, revision, ...size, at: database.time.now() }
  await database.write(({ snapshots }) => snapshots.insertOne(document))
  if ((await headOf(database, log)) === 'erased') return drop(database, log, [blob])
  const all = await database.read(({ snapshots }) => snapshots.find({ log }).toArray())
  await drop(database, log, old(all))
  database.tidy(() => dropOrphans(database, log))
}

export const loadSnapshot = async (
  database: Database,
  log: LogId,
  notAfter: Revision,
): Promise<Snapshot | undefined> => {
  const [head, found] = await Promise.all([
    headOf(database, log),
    database.read(({ snapshots }) => snapshots.find({ log, revision: { $lte: notAfter } }).toArray()),
  ])
  const [best] = found.toSorted((a, b) => b.revision - a.revision || newer(a, b))
  if (head === 'erased' || best === undefined) return undefined
  return { log, revision: best.revision, parts: readBlob(database, { ...best, blob: best._id }) }
}

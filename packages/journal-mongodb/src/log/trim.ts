// Trims an access log: a checkpoint is written, which then stands for all that ends before; what it stands for is emptied after.
import type { LogId, Revision } from '@konfig/core'
import type { Database } from '../database.ts'
import { batchId, checkpointId } from '../schema/documents.ts'
import { contentOf, digestOf, insertBatches } from './append.ts'
import { dropBlobs } from './blobs.ts'
import { withoutContent } from './heads.ts'
import { dropPassed, voidBatches } from './void.ts'

export const trimLog = async (
  database: Database,
  log: LogId,
  before: Revision,
  checkpoint: Uint8Array,
): Promise<boolean> => {
  const [next, checkpoints] = await Promise.all([
    database.read(({ batches }) => batches.findOne({ _id: batchId(log, before), log }, { projection: withoutContent })),
    database.read(({ batches }) =>
      batches.find({ log, standing: 'checkpoint' }, { projection: withoutContent }).toArray(),
    ),
  ])
  if (before < 2 || next?.standing !== 'batch' || checkpoints.some(({ last }) => last >= before)) return false
  if (!checkpoints.some(({ last }) => last === before - 1)) {
    const content = await contentOf(database, log, checkpoint)
    const document = {
      _id: checkpointId(log, before),
      log,
      standing: 'checkpoint',
      first: 1,
      last: before - 1,
      digest: digestOf(checkpoint),
      bytes: checkpoint.byteLength,
      ...content,
    } as const
    // Where somebody was faster, his stands for the same.
    await insertBatches(database, [document])
  }
  await voidBatches(database, log, before)
  const older = checkpoints.filter(({ last }) => last < before - 1)
  for (const { _id, blob } of older) {
    await database.write(({ batches }) => batches.deleteOne({ _id, log }))
    if (blob !== undefined) await dropBlobs(database, [blob])
  }
  dropPassed(database)
  return true
}

// Takes the content of batches and leaves their keys for a day, so that nobody who is about to append can land where they were.
import type { LogId, Revision } from '@konfig/core'
import type { Database } from '../database.ts'
import { day } from '../schema/documents.ts'
import { dropBlobs } from './blobs.ts'

/** Those that end before a revision. May be repeated, and by several at once: whoever does it writes the same. */
export const voidBatches = async (database: Database, log: LogId, before: Revision): Promise<void> => {
  const filter = { log, standing: 'batch', last: { $lt: before } } as const
  const large = await database.read(({ batches }) =>
    batches.find({ ...filter, blob: { $exists: true } }, { projection: { blob: 1 } }).toArray(),
  )
  const drop = new Date(database.time.now() + day)
  await database.write(({ batches }) =>
    batches.updateMany(filter, {
      $set: { standing: 'void', drop, bytes: 0 },
      $unset: { payload: '', blob: '', parts: '' },
    }),
  )
  await dropBlobs(
    database,
    large.flatMap(({ blob }) => blob ?? []),
  )
}

/** What has had its day. Servers that know how do it by themselves. */
export const dropPassed = (database: Database): void => {
  database.tidy(({ batches }) => batches.deleteMany({ drop: { $lt: new Date(database.time.now()) } }))
}

// Erases a log: a gravestone where its next batch would be, so that none can follow, then everything else.
import type { LogId } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import type { Database } from '../database.ts'
import { batchId, gravestoneEnd } from '../schema/documents.ts'
import { digestOf, insertBatches } from './append.ts'
import { headOf } from './heads.ts'
import { dropPassed, voidBatches } from './void.ts'

/** Writers may go on meanwhile: each time one of them is faster, it is tried behind him. */
const tries = 1000

const bury = async (database: Database, log: LogId): Promise<void> => {
  for (let left = tries; left > 0; left -= 1) {
    const head = await headOf(database, log)
    if (head === 'erased') return
    const taken = await insertBatches(database, [
      {
        _id: batchId(log, head + 1),
        log,
        standing: 'gravestone',
        first: head + 1,
        last: gravestoneEnd,
        digest: digestOf(new Uint8Array()),
        bytes: 0,
        span: database.time.span(),
      },
    ])
    if (taken.size === 0) return
  }
  throw unavailable(new Error('the log is being written to'))
}

export const eraseLog = async (database: Database, log: LogId): Promise<void> => {
  await bury(database, log)
  await voidBatches(database, log, gravestoneEnd)
  await database.write(({ batches }) => batches.deleteMany({ log, standing: 'checkpoint' }))
  await database.write(({ snapshots }) => snapshots.deleteMany({ log }))
  await database.write(({ parts }) => parts.deleteMany({ log }))
  await database.write(({ blobs }) => blobs.deleteMany({ log }))
  dropPassed(database)
}

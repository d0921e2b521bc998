// Copies the sealed bytes of a log from one journal to another, and proves on the way that they continue one another. Opens nothing, needs no key.
// Promise: the target holds a beginning of the source at every moment, so that a copy that was cut short goes on where it stopped.
import { failure, KonfigError, type LogId, type Revision } from '@konfig/core'
import type { Batch, Journal, StoredBatch } from '../journal.ts'
import { emptyHead, follow } from '../sealing/batch.ts'
import { readCheckpoint } from '../sealing/checkpoint.ts'
import { corrupt, erased } from '../sealing/corrupt.ts'
import type { LogHead } from '../sealing/face.ts'
import { settle } from '../sealing/settle.ts'

export interface Ends {
  readonly source: Journal
  readonly target: Journal
}

const pageSize = 100

const diverges = (log: LogId, revision: Revision): KonfigError =>
  new KonfigError(failure('copy_diverges', { log, revision }))

/** Where a log stands behind one of its rows; throws `journal_corrupt` where the row does not continue what is before it. */
const step = (head: LogHead, batch: StoredBatch): LogHead => {
  if (batch.first !== head.revision + 1) throw corrupt(batch.log, head.revision + 1, 'no batch begins there')
  // One that was copied a moment ago is a row like others until another stands behind it.
  const checkpoint = batch.first === 1 ? readCheckpoint(batch.payload) : undefined
  if (checkpoint === undefined && !batch.checkpoint) return follow(batch, head.hash).head
  if (checkpoint?.revision !== batch.last)
    throw corrupt(batch.log, batch.first, 'its checkpoint does not stand for what was trimmed')
  return { revision: checkpoint.revision, hash: checkpoint.hash }
}

/** The chain of a whole log, row by row, from its first. */
async function* walk(
  journal: Journal,
  log: LogId,
): AsyncGenerator<{ readonly batch: StoredBatch; readonly head: LogHead }> {
  let head = emptyHead
  for (;;) {
    const page = await journal.read(log, head.revision, pageSize)
    if (page === 'erased') throw erased()
    if (page.length === 0) return
    for (const batch of page) {
      head = step(head, batch)
      yield { batch, head }
    }
  }
}

/** The end of a log, or where it stood at a revision, and the chain hash there; every row is read and must continue the one before it. */
export const chainOfLog = async (
  journal: Journal,
  log: LogId,
  upTo: Revision = Number.POSITIVE_INFINITY,
): Promise<LogHead> => {
  let head = emptyHead
  for await (const row of walk(journal, log)) {
    if (row.head.revision > upTo) break
    head = row.head
  }
  return head
}

const put = async (target: Journal, { log, first, last, payload }: Batch): Promise<void> => {
  const landing = await settle(
    async () => (await target.append([{ log, first, last, payload }]))[0] ?? 'unknown',
    'a row of the copy',
  )
  if (landing === 'landed') return
  if (landing === 'erased') throw erased()
  throw diverges(log, first)
}

/**
 * Brings the target's copy of a log up to its source; answers the end of both. A target that is ahead of the source is left alone, where it
 * continues it. Rejects with `copy_diverges`, `journal_corrupt`, `unavailable`, `outcome_unknown`; `log_erased` where either was erased.
 */
export const copyLog = async (
  { source, target }: Ends,
  log: LogId,
  told: (revision: Revision) => void = () => undefined,
): Promise<LogHead> => {
  const there = await chainOfLog(target, log)
  let head = emptyHead
  /** It goes over as a row, and becomes a checkpoint there once another row stands behind it. */
  let checkpoint: StoredBatch | undefined
  for await (const { batch, head: next } of walk(source, log)) {
    if (next.revision === there.revision && Buffer.compare(next.hash, there.hash) !== 0)
      throw diverges(log, batch.first)
    if (next.revision > there.revision) {
      if (batch.first <= there.revision) throw diverges(log, batch.first)
      await put(target, batch)
      told(next.revision)
    }
    if (checkpoint !== undefined) await target.trim(log, batch.first, checkpoint.payload)
    checkpoint = batch.checkpoint ? batch : undefined
    head = next
  }
  if (head.revision >= there.revision) return head
  const same = await chainOfLog(target, log, head.revision)
  if (same.revision !== head.revision || Buffer.compare(same.hash, head.hash) !== 0)
    throw diverges(log, head.revision + 1)
  return there
}

/** Brings over what the source has behind the target's end, and reads nothing else: for a copy that was proven before. */
export const copyTail = async ({ source, target }: Ends, log: LogId): Promise<void> => {
  for (;;) {
    const end = await target.head(log)
    if (end === 'erased') throw erased()
    const page = await source.read(log, end, pageSize)
    if (page === 'erased') throw erased()
    if (page.length === 0) return
    for (const batch of page) await put(target, batch)
  }
}

/** The newest snapshot goes along, as its bytes are; losing it loses nothing but time. */
export const copySnapshot = async ({ source, target }: Ends, log: LogId): Promise<void> => {
  const found = await source.loadSnapshot(log)
  if (found !== undefined) await target.saveSnapshot(found)
}

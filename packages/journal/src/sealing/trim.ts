// Trims an access log: finds the newest batch of which all is older than a time, signs where the chain stands behind it, and lets the journal drop
// what lies before. Promises: nothing younger goes; nothing goes that does not verify, so that no checkpoint covers up what was altered; any node
// may do it at any time, also several at once, and one that is killed leaves a log that begins with what it began with, or with a checkpoint.
import { setImmediate as giveWay } from 'node:timers/promises'
import type { LogId, Millis, Revision } from '@konfig/core'
import type { Journal } from '../journal.ts'
import { emptyHead, openBatch } from './batch.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { corrupt, erased } from './corrupt.ts'
import type { Checkpoint, KeyRing, LogHead } from './face.ts'
import type { Signing } from './signing.ts'

const pageSize = 100
/** What one trim takes at most, so that no transaction of a store grows beyond bounds; the next goes on. */
const mostBatches = 5_000

export interface Trim {
  readonly ring: KeyRing
  readonly signing: Signing
  /** Batches of which every commit is older than this may go. */
  readonly before: Millis
  readonly now: Millis
}

export interface Trimmed {
  /** Commits that went just now. */
  readonly commits: number
  /** Time of the oldest commit that is left; undefined for a log without any. */
  readonly oldest: Millis | undefined
}

interface Row {
  readonly first: Revision
  readonly head: LogHead
  readonly oldest: Millis
  readonly newest: Millis
}

async function* rowsOf(journal: Journal, ring: KeyRing): AsyncGenerator<Row | Checkpoint> {
  const { log } = ring
  let head: LogHead = emptyHead
  for (;;) {
    const page = await journal.read(log, head.revision, pageSize)
    if (page === 'erased') throw erased()
    if (page.length === 0) return
    for (const batch of page) {
      if (batch.first !== head.revision + 1) throw corrupt(log, head.revision + 1, 'no batch begins there')
      if (batch.checkpoint) {
        const found = openCheckpoint(batch, ring.signedBy)
        if ('refused' in found) throw corrupt(log, batch.first, found.refused)
        head = { revision: found.revision, hash: found.hash }
        yield found
        continue
      }
      const opened = openBatch(ring, batch, head.hash)
      const times = opened.commits.map(({ time }) => time)
      head = opened.head
      yield { first: batch.first, head, oldest: Math.min(...times), newest: Math.max(...times) }
    }
    await giveWay()
  }
}

/** Rejects with `journal_corrupt`, `log_erased`, `unavailable`. */
export const trimLog = async (journal: Journal, log: LogId, { ring, signing, before, now }: Trim): Promise<Trimmed> => {
  let begun: Revision = 0
  /** The last row that may go, once another stands behind it: the newest always stays. */
  let goes: Row | undefined
  let stays: Row | undefined
  let cut: Row | undefined
  let batches = 0
  for await (const row of rowsOf(journal, ring)) {
    if ('until' in row) {
      begun = row.revision
      continue
    }
    stays = row
    cut = goes
    if (row.newest >= before || batches >= mostBatches) break
    goes = row
    batches += 1
  }
  if (cut === undefined || stays === undefined) return { commits: 0, oldest: stays?.oldest }
  const commits = cut.head.revision - begun
  const checkpoint = signCheckpoint(signing, { log, ...cut.head, until: cut.newest, trimmed: commits, time: now })
  // Where another node has trimmed further meanwhile, no batch begins there any more, and nothing is changed.
  const done = await journal.trim(log, stays.first, checkpoint)
  return { commits: done ? commits : 0, oldest: stays.oldest }
}

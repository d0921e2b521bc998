// Walks a whole log and names the first revision that is not as it was written. The chain needs no key; opening does.
import { KonfigError, type LogId, type Revision } from '@konfig/core'
import type { Journal } from '../journal.ts'
import { emptyHead, follow, openBatch } from './batch.ts'
import { readCheckpoint } from './checkpoint.ts'
import type { KeyRing, LogHead, Verification } from './face.ts'

const pageSize = 200

const reasonOf = (error: unknown): string | undefined => {
  if (!(error instanceof KonfigError) || error.failure.code !== 'journal_corrupt') return undefined
  const { reason } = error.failure.data
  return typeof reason === 'string' ? reason : error.failure.detail
}

/** Density, places and chain of every batch; with the key ring also commitments and what they hold. Rejects only as `read` does. */
export const verifyLog = async (journal: Journal, log: LogId, ring?: KeyRing): Promise<Verification> => {
  let head: LogHead = emptyHead
  let batches = 0
  const bad = (revision: Revision, reason: string): Verification => ({ ok: false, revision, reason })
  for (;;) {
    const page = await journal.read(log, head.revision, pageSize)
    if (page === 'erased') return bad(0, 'the log was erased')
    if (page.length === 0) return { ok: true, head, batches, opened: ring !== undefined }
    for (const batch of page) {
      if (batch.first !== head.revision + 1) return bad(head.revision + 1, 'no batch begins there')
      if (batch.checkpoint) {
        const checkpoint = readCheckpoint(batch.payload)
        if (checkpoint?.revision !== batch.last)
          return bad(batch.first, 'its checkpoint does not stand for what was trimmed')
        head = checkpoint
        continue
      }
      try {
        head = ring === undefined ? follow(batch, head.hash).head : openBatch(ring, batch, head.hash).head
      } catch (error) {
        const reason = reasonOf(error)
        if (reason !== undefined) return bad(batch.first, reason)
        throw error
      }
      batches += 1
    }
  }
}

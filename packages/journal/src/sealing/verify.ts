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

type Page = Awaited<ReturnType<Journal['read']>>

/** A page, or why the store itself cannot read the next row: where a page fails, its rows are read one by one to find which. */
const nextPage = async (
  journal: Journal,
  log: LogId,
  after: Revision,
): Promise<{ page: Page } | { reason: string }> => {
  for (const limit of [pageSize, 1])
    try {
      return { page: await journal.read(log, after, limit) }
    } catch (error) {
      const reason = reasonOf(error)
      if (reason === undefined) throw error
      if (limit === 1) return { reason }
    }
  return { page: [] }
}

/** Density, places and chain of every batch; with the key ring also commitments and what they hold. Rejects as `read` does, except for damage. */
export const verifyLog = async (journal: Journal, log: LogId, ring?: KeyRing): Promise<Verification> => {
  let head: LogHead = emptyHead
  let batches = 0
  const bad = (revision: Revision, reason: string): Verification => ({ ok: false, revision, reason })
  for (;;) {
    const next = await nextPage(journal, log, head.revision)
    if ('reason' in next) return bad(head.revision + 1, next.reason)
    const { page } = next
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

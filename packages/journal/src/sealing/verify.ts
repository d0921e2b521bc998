// Walks a whole log and names the first revision that is not as it was written. The chain needs no key; opening does.
import { KonfigError, type LogId, type Revision } from '@konfig/core'
import type { Journal } from '../journal.ts'
import { emptyHead, follow, openBatch } from './batch.ts'
import { openCheckpoint } from './checkpoint.ts'
import { diagnoseBatch } from './diagnose.ts'
import type { Checkpoint, KeyRing, LogHead, Verification } from './face.ts'
import type { PublicKey } from './signing.ts'

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

export interface Proof {
  /** Heads that the log is known to have had: it must reach each of them, and have had that chain there. */
  readonly heads?: readonly LogHead[]
  /** Where to begin: behind a head that was verified before. */
  readonly from?: LogHead | undefined
  /** Whose signature a checkpoint must bear, where no key ring says so. */
  readonly signedBy?: PublicKey | undefined
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

/**
 * Density, places and chain of every batch, and who signed for what was trimmed; with the key ring also commitments and what they hold.
 * Answers the first revision that is not as it was written. Rejects as `read` does, except for damage.
 */
export const verifyLog = async (
  journal: Journal,
  log: LogId,
  ring?: KeyRing,
  { heads = [], from = emptyHead, signedBy = ring?.signedBy }: Proof = {},
): Promise<Verification> => {
  let head = from
  let begins: Checkpoint | undefined
  let batches = 0
  const bad = (revision: Revision, reason: string): Verification => ({ ok: false, revision, reason, head })
  const awaited = heads.filter(({ revision }) => revision > 0).toSorted((one, other) => one.revision - other.revision)
  /** Where the log cannot be what it was when one of the heads was kept. */
  const belied = (first: Revision): Verification | undefined => {
    while (awaited[0] !== undefined && awaited[0].revision <= head.revision) {
      const { revision, hash } = awaited.shift() as LogHead
      // What was trimmed since is signed for, and cannot be looked at.
      if (begins !== undefined && revision < begins.revision) continue
      if (revision !== head.revision || hex(hash) !== hex(head.hash))
        return bad(first, `it is not what it was when its head was kept at revision ${revision}`)
    }
    return undefined
  }
  for (;;) {
    const next = await nextPage(journal, log, head.revision)
    if ('reason' in next) return bad(head.revision + 1, next.reason)
    const { page } = next
    if (page === 'erased') return bad(0, 'the log was erased')
    if (page.length === 0) {
      const [missing] = awaited
      if (missing !== undefined)
        return bad(
          head.revision + 1,
          `the log ends there, and it is known to have reached revision ${missing.revision}`,
        )
      // A trim leaves the newest batch.
      if (begins !== undefined && batches === 0)
        return bad(head.revision + 1, 'the log ends with its checkpoint: what followed was cut away')
      return { ok: true, head, batches, opened: ring !== undefined, ...(begins === undefined ? {} : { begins }) }
    }
    for (const batch of page) {
      // What was verified before may have been trimmed since, also between two pages.
      const trimmed = batch.checkpoint && batch.last > head.revision
      if (!trimmed && batch.first !== head.revision + 1) return bad(head.revision + 1, 'no batch begins there')
      if (trimmed) {
        const checkpoint = openCheckpoint(batch, signedBy)
        if ('refused' in checkpoint) return bad(batch.first, checkpoint.refused)
        begins = checkpoint
        head = { revision: checkpoint.revision, hash: checkpoint.hash }
      } else {
        try {
          head = ring === undefined ? follow(batch, head.hash).head : openBatch(ring, batch, head.hash).head
        } catch (error) {
          const reason = reasonOf(error)
          if (reason !== undefined) return bad(batch.first, diagnoseBatch(ring, batch, head.hash) ?? reason)
          throw error
        }
        batches += 1
      }
      const wrong = belied(batch.first)
      if (wrong !== undefined) return wrong
    }
  }
}

// A journal that answers from kept bytes what they hold, and asks the true one for all else. Whoever reads through it verifies as always; what it
// adds is that kept batches end where the journal has the very same batch, so that neither an old nor a foreign history passes for the log.
import type { LogId } from '@konfig/core'
import type { Journal, StoredBatch } from '../journal.ts'
import { corrupt } from '../sealing/corrupt.ts'
import type { Kept, KeptBatch } from './form.ts'

const oneByOne = async function* (parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  // Whoever opens them may write into them.
  for (const part of parts) yield new Uint8Array(part)
}

/** For one log. Rejects with `journal_corrupt` where what was kept is not what the journal has. */
export const keptView = (journal: Journal, log: LogId, kept: Kept): Journal => {
  const end: KeptBatch | undefined = kept.batches.at(-1)

  /** What comes after the kept ones, and the proof that they are the journal's. */
  const readBehind = async (last: KeptBatch, limit: number): Promise<readonly StoredBatch[] | 'erased'> => {
    const found = await journal.read(log, last.last - 1, Math.min(limit + 1, 1000))
    if (found === 'erased') return found
    const [same, ...others] = found
    if (same?.first !== last.first || same.last !== last.last || Buffer.compare(same.payload, last.payload) !== 0)
      throw corrupt(log, last.first, 'a cache kept another history')
    return others
  }

  return {
    ...journal,
    loadSnapshot: async (of, notAfter = Number.MAX_SAFE_INTEGER) => {
      if (of !== log) return journal.loadSnapshot(of, notAfter)
      if (kept.parts.length === 0) return undefined
      // Asked for an older one, because this one does not verify or the journal does not go on from it.
      if (notAfter < kept.revision) throw corrupt(log, kept.revision, 'a cache kept another snapshot')
      return { log, revision: kept.revision, parts: oneByOne(kept.parts) }
    },
    read: async (of, after, limit) => {
      if (of !== log || end === undefined || after < kept.revision || after > end.last)
        return journal.read(of, after, limit)
      const from = kept.batches.findIndex(({ last }) => last > after)
      if (from < 0) return readBehind(end, limit)
      return kept.batches
        .slice(from, from + limit)
        .map(({ first, last, payload }) => ({ log, first, last, checkpoint: false, payload: new Uint8Array(payload) }))
    },
  }
}

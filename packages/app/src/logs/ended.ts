// How the log of an erased tenant ends: its last commit says so, sealed with the key that is then destroyed. Whoever reads that commit, on whichever node,
// is told that the log is erased, so no node goes on with what it holds, and none writes behind it. Its rows stay: they cannot be opened any
// more, and their chain still verifies.
import { type Commit, failure, KonfigError, type LogId } from '@konfig/core'
import type { SealedLog } from '@konfig/journal'

export const endNote = (log: LogId) => ({ type: 'erased', log }) as const

/** The note of a log that was restored under another id is history. */
const ends = ({ note }: Commit, log: LogId): boolean => note?.['type'] === 'erased' && note['log'] === log

export const refusingEnded = (sealed: SealedLog): SealedLog => ({
  ...sealed,
  read: async (head, limit) => {
    const read = await sealed.read(head, limit)
    if (read.commits.some((commit) => ends(commit, sealed.log))) throw new KonfigError(failure('log_erased'))
    return read
  },
})

// A log's commits from newest to oldest, read backwards in slices: what a page costs does not depend on how long the log is.
import type { Commit, Revision } from '@konfig/core'
import type { Checkpoint, SealedLog } from '@konfig/journal'

const sliceCommits = 100
const sliceBatches = 16

/** Commits with after < revision <= upTo, oldest first. */
const readSlice = async (sealed: SealedLog, after: Revision, upTo: Revision): Promise<readonly Commit[]> => {
  const slice: Commit[] = []
  let at = after
  while (at < upTo) {
    const commits = await sealed.history(at, sliceBatches)
    const last = commits.at(-1)
    if (last === undefined) break
    for (const commit of commits) if (commit.revision <= upTo) slice.push(commit)
    at = last.revision
  }
  return slice
}

/** What a list ends with where the log was trimmed: an entry of its own, so that no list passes for whole. */
export const trimmedType = 'trimmed'

const trimmedEntry = ({ log, revision, until, time }: Checkpoint): Commit => ({
  id: `${log}:${revision}`,
  revision,
  time: until,
  actor: 'system',
  origin: { type: 'system' },
  platform: 0,
  changes: [],
  note: {
    type: trimmedType,
    data: { entries: revision, until: new Date(until).toISOString(), trimmedAt: new Date(time).toISOString() },
  },
})

/** Ends at the log's beginning, or with an entry for what was trimmed. */
export async function* newestFirst(sealed: SealedLog, upTo: Revision): AsyncGenerator<Commit, undefined> {
  let high = upTo
  while (high > 0) {
    const low = Math.max(0, high - sliceCommits)
    const slice = await readSlice(sealed, low, high)
    for (const commit of slice.toReversed()) yield commit
    if ((slice[0]?.revision ?? 0) > low + 1 || slice.length === 0) {
      const begins = await sealed.begins()
      if (begins !== undefined) yield trimmedEntry(begins)
      return
    }
    high = low
  }
}

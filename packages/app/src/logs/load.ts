// Brings a log into memory: newest snapshot, then the tail, in slices that let other requests run. Verifies all it reads.
import {
  type Commit,
  emptyState,
  evolve,
  failure,
  type Handle,
  KonfigError,
  type Revision,
  restoring,
  type Row,
} from '@konfig/core'
import type { LogHead, SealedLog } from '@konfig/journal'

export interface Loaded {
  readonly state: Handle
  readonly head: LogHead
  /** Revision of the snapshot that it began with, 0 if none. */
  readonly snapshot: Revision
}

export const emptyHead: LogHead = { revision: 0, hash: new Uint8Array(32) }

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Applies commits in their order; a gap would be a bug of the journal's and is named. */
export const applyCommits = (
  state: Handle,
  commits: readonly Commit[],
  upTo: Revision = Number.POSITIVE_INFINITY,
): Handle => {
  let next = state
  for (const commit of commits) {
    if (commit.revision > upTo) break
    if (commit.revision !== next.revision + 1)
      throw new KonfigError(
        failure('journal_corrupt', {
          log: state.log,
          revision: commit.revision,
          reason: 'a revision is missing before it',
        }),
      )
    next = evolve(next, commit)
  }
  return next
}

/** The state at `upTo`, or the newest. */
export const loadLog = async (log: SealedLog, upTo?: Revision): Promise<Loaded> => {
  const found = await log.loadSnapshot(upTo)
  let state: Handle = emptyState(log.log)
  let head: LogHead = emptyHead
  if (found !== undefined) {
    const into = restoring(log.log)
    for await (const slice of found.slices) for (const row of slice) into.add(row as Row)
    state = into.finish()
    head = found.head
  }
  const snapshot = head.revision
  const last = upTo ?? Number.POSITIVE_INFINITY
  while (state.revision < last) {
    const tail = await log.read(head, 200)
    if (tail.commits.length === 0) break
    state = applyCommits(state, tail.commits, last)
    head = tail.head
    await pause()
  }
  return { state, head, snapshot }
}

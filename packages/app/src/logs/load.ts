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
  trimmedState,
} from '@konfig/core'
import { type Checkpoint, type LogHead, type SealedLog, inSlices, openSlices } from '@konfig/journal'

export interface Loaded {
  readonly state: Handle
  readonly head: LogHead
  /** Revision of the snapshot that it began with, 0 if none. */
  readonly snapshot: Revision
}

export const emptyHead: LogHead = { revision: 0, hash: new Uint8Array(32) }

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

/** The state that a tail goes on from, where what came next was trimmed meanwhile: commits of an access log change no resource. */
export const beginTail = (state: Handle, begins: Checkpoint | undefined): Handle =>
  begins === undefined || begins.revision <= state.revision
    ? state
    : trimmedState(state.log, begins.revision, begins.until)

const isDamage = (reason: unknown): boolean =>
  reason instanceof KonfigError && reason.failure.code === 'journal_corrupt'

interface Beginning {
  readonly state: Handle
  readonly head: LogHead
}

/** The newest snapshot that opens whole; losing one loses nothing, so a damaged one is told of and an older one is taken. */
const fromSnapshot = async (
  log: SealedLog,
  upTo: Revision | undefined,
  damaged: (reason: unknown) => void,
): Promise<Beginning> => {
  let notAfter = upTo
  for (;;) {
    const found = await log.loadSnapshot(notAfter)
    if (found === undefined) return { state: emptyState(log.log), head: emptyHead }
    const into = restoring(log.log)
    try {
      for await (const slice of found.slices) into.addBytes(slice)
      return { state: into.finish(), head: found.head }
    } catch (reason) {
      if (!isDamage(reason)) throw reason
      damaged(reason)
      notAfter = found.head.revision - 1
    }
  }
}

/** The state at `upTo`, or the newest. Rejects with `journal_corrupt` where the tail does not verify; `damaged` hears of snapshots that do not. */
export const loadLog = async (
  log: SealedLog,
  upTo?: Revision,
  damaged: (reason: unknown) => void = () => undefined,
): Promise<Loaded> => {
  let { state, head } = await fromSnapshot(log, upTo, damaged)
  const snapshot = head.revision
  const pause = openSlices()
  const last = upTo ?? Number.POSITIVE_INFINITY
  while (state.revision < last) {
    const tail = await log.read(head, 200)
    if (tail.commits.length === 0) break
    state = beginTail(state, tail.begins)
    await inSlices(tail.commits, (commit) => {
      state = applyCommits(state, [commit], last)
    })
    head = tail.head
    await pause()
  }
  return { state, head, snapshot }
}

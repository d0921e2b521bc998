// Writes the last commit that a log has where it is: where it goes on. From then on nothing follows there. Owns that commit; copying is the journal's.
import { type Commit, failure, type Handle, KonfigError, mayFollow, movedNote, type Whereto } from '@konfig/core'
import type { SealedLog } from '@konfig/journal'
import { applyCommits, type Loaded } from '../logs/load.ts'
import type { Ports } from '../ports.ts'

export interface Move {
  readonly from: Whereto
  readonly to: Whereto
}

const lastCommit = (state: Handle, { from, to }: Move, ports: Pick<Ports, 'now' | 'newId'>): Commit => ({
  id: ports.newId(),
  revision: state.revision + 1,
  time: Math.max(ports.now(), state.time),
  actor: 'system',
  origin: { type: 'move' },
  platform: state.platform,
  changes: [],
  note: movedNote(state.log, to, from),
})

/**
 * Ends a log that was loaded from its present place, behind whatever others wrote meanwhile. One that went there already is left as it is.
 * Rejects with `moved_away` where it went elsewhere before, `log_erased`, `unavailable`, `outcome_unknown`.
 */
export const endLog = async (
  sealed: SealedLog,
  loaded: Pick<Loaded, 'state' | 'head'>,
  move: Move,
  ports: Pick<Ports, 'now' | 'newId'>,
): Promise<void> => {
  let { state, head } = loaded
  for (;;) {
    const tail = await sealed.read(head)
    if (tail.commits.length > 0) {
      state = applyCommits(state, tail.commits)
      head = tail.head
      continue
    }
    if (state.movedTo === move.to.id) return
    const allowed = mayFollow(state, move.from.id)
    if (!allowed.ok) throw new KonfigError(allowed.failure)
    const { landing } = await sealed.append(head, [lastCommit(state, move, ports)])
    if (landing === 'erased') throw new KonfigError(failure('log_erased'))
  }
}

// Revert: the resources of a commit as they were before it. Later changes to them stand in the way.
// Pure: whoever asks has read the commit and what was before it.
import { failure } from '../errors/failure.ts'
import { spaceOf } from '../log/address.ts'
import { type Change, type Commit, identityOf } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import { type Aim, type Content, contentOf, equalContent, shownName } from './undo.ts'

const contentLeftBy = (change: Change): Content | undefined =>
  change.op === 'put' ? { body: change.body, labels: change.labels } : undefined

/**
 * One aim for each of the commit's changes. `before` answers what the resource held before the commit; undefined: it was not there.
 * An aim is blocked where the resource no longer holds what the commit left.
 */
export const revertAims = (
  commit: Pick<Commit, 'changes'>,
  before: (change: Change) => Content | undefined,
  state: State,
): readonly Aim[] =>
  commit.changes.map((change) => {
    const now = state.record(spaceOf(change), change.name)
    const untouched = equalContent(contentOf(now), contentLeftBy(change))
    const version = now?.version ?? 0
    return {
      identity: identityOf(change),
      content: before(change),
      ...(untouched
        ? {}
        : { blocked: failure('precondition_failed', { kind: change.kind, name: shownName(change), version }) }),
    }
  })

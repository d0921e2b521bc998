// Rollback: one resource's whole body as of one of its versions. A new version with the old content; history is never cut.
// Pure: whoever asks has found the change that made that version (through `Change.previous`).
import { failure, ok, type Result } from '../errors/failure.ts'
import { type Change, identityOf } from '../log/commit.ts'
import type { Expectation, Intention } from './intention.ts'
import { notUndoable, shownName } from './undo.ts'

/** The change that made a version, and which version that was. */
export interface Earlier {
  readonly version: number
  readonly change: Change
}

/** Refuses `not_undoable` for governance, and `version_not_found` for a version that was a deletion: it has no content to go back to. */
export const rollback = ({ version, change }: Earlier, expect?: Expectation): Result<Intention> => {
  const identity = identityOf(change)
  const refused = notUndoable(identity)
  if (refused !== undefined) return { ok: false, failure: refused }
  if (change.op === 'delete')
    return {
      ok: false,
      failure: failure('version_not_found', { kind: change.kind, name: shownName(identity), version }),
    }
  const intention: Intention = {
    op: 'put',
    ...identity,
    body: change.body,
    ...(change.labels === undefined ? {} : { labels: change.labels }),
  }
  return ok(expect === undefined ? intention : { ...intention, expect })
}

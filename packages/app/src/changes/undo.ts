// Carries out an undo: decides what may go back on the newest state, writes it as one commit, and says what is left as it was.
// Owns the answer of revert and restore; what to aim at is theirs.
import {
  type Aim,
  type Change,
  failure,
  type Identity,
  identityOf,
  type Intention,
  KonfigError,
  kinds,
  ok,
  type OnConflict,
  reached,
  type Skipped,
  type State,
  undo,
} from '@konfig/core'
import { commit, deniedIntentions } from '../commit.ts'
import { check, type Context } from '../context.ts'
import { versionIn } from './apply.ts'

export interface Undone {
  /** Of the newest commit, this one or, where nothing was to do, an older one. */
  readonly revision: number
  readonly applied: readonly (Identity & { readonly op: Change['op']; readonly version: number })[]
  readonly skipped: readonly (Identity & { readonly code: string; readonly detail: string })[]
  /** What is still not as it was then, for whatever reason. */
  readonly stillDiffer: readonly Identity[]
}

export interface Undo {
  readonly origin: 'revert' | 'restore'
  /** The revision or point that is gone back to. */
  readonly of: string
  readonly onConflict: OnConflict
  readonly ifRevision?: number | undefined
  readonly aimsOn: (state: State) => readonly Aim[]
}

const isConfiguration = ({ identity }: Aim): boolean => kinds[identity.kind].group === 'configuration'

const deciding = ({ app, side }: Context, state: State, platform: State, ifRevision?: number) => ({
  side,
  state,
  platform,
  newId: app.ports.newId,
  ifRevision,
  requireExpectation: side === 'tenant' && state.get('settings', 'settings')?.body['requireIfMatch'] === true,
})

/** Before anything is said of what stands in the way: may the caller write all this? */
const permit = (context: Context, aims: readonly Aim[], state: State, platform: State) => {
  if (!aims.every(isConfiguration)) check(context, 'config:write', { namespace: '*', environments: '*' })
  const wanted = aims.filter(isConfiguration).filter((aim) => !reached(state, aim))
  const asked = wanted.map(
    ({ identity, content }): Intention =>
      content === undefined ? { op: 'delete', ...identity } : { op: 'put', ...identity, body: content.body },
  )
  return deniedIntentions(context, asked, state, platform)
}

/** Refuses `undo_blocked` and `not_undoable` (with `fail`), `denied`, `precondition_required`, `revision_moved`, `too_large`. */
export const carryOut = async (context: Context, asked: Undo): Promise<Undone> => {
  let skipped: readonly Skipped[] = []
  const committed = await commit(
    context,
    ({ state, platform }) => {
      const aims = asked.aimsOn(state)
      const refused = permit(context, aims, state, platform)
      if (refused !== undefined) return { ok: false, failure: refused }
      const undoing = undo(deciding(context, state, platform, asked.ifRevision), aims, asked.onConflict)
      if (!undoing.ok) return undoing
      skipped = undoing.value.skipped
      return ok({ intentions: undoing.value.intentions, ifRevision: asked.ifRevision })
    },
    { origin: asked.origin, of: asked.of },
  )
  if (committed.repeated) skipped = await skippedBefore(context, asked, committed.revision)
  const { state } = committed
  return {
    revision: committed.revision,
    applied: committed.changes.map((change) => ({
      ...identityOf(change),
      op: change.op,
      version: versionIn(state, change),
    })),
    skipped: skipped.map(({ identity, reason }) => ({ ...identity, code: reason.code, detail: reason.detail })),
    stillDiffer: asked
      .aimsOn(state)
      .filter((aim) => isConfiguration(aim) && !reached(state, aim))
      .map(({ identity }) => identity),
  }
}

/** A repeated request is answered as the first was: what it skipped is worked out again on the state that it met. */
const skippedBefore = async (context: Context, asked: Undo, revision: number): Promise<readonly Skipped[]> => {
  const state = await context.app.past.at(context.log, revision - 1)
  const platform = context.side === 'platform' ? state : context.app.platform.state()
  const undoing = undo(deciding(context, state, platform), asked.aimsOn(state), asked.onConflict)
  if (!undoing.ok) throw new KonfigError(failure('outcome_unknown', { what: 'What the first request skipped' }))
  return undoing.value.skipped
}

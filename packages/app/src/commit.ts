// The one way in which a use case writes: intentions, permission, decision, append. Every route's write passes here, so none can forget a rule.
import {
  allows,
  type Change,
  type Commit,
  decideInSteps,
  denied,
  evolve,
  failure,
  type Failure,
  finish,
  type Handle,
  type Intention,
  isKindName,
  itemsOfStep,
  KonfigError,
  type Origin,
  overlay,
  refuse,
  requirementsOf,
  type Result,
  type State,
  type Steps,
} from '@konfig/core'
import { inTurns } from '@konfig/journal'
import { actorOf, type Context, grantsOf } from './context.ts'
import { grantFailure } from './identity/granting.ts'

export interface Asked {
  readonly intentions: readonly Intention[]
  readonly ifRevision?: number | undefined
}

export interface Committed {
  readonly revision: number
  /** undefined for a dry run, and where nothing had to change. */
  readonly commit: Commit | undefined
  readonly changes: readonly Change[]
  /** The state after it; for a dry run the state that it would leave. */
  readonly state: State
  /** The request was carried out before under the same Idempotency-Key; `commit` is that one. */
  readonly repeated: boolean
}

/** Decides what to write on the newest state. Called again after a conflict; must be synchronous and pure. */
export type Plan = (around: { readonly state: State; readonly platform: State }) => Result<Asked>

export interface CommitOptions {
  readonly origin?: Origin['type']
  readonly of?: string
  /** For the machinery alone (first start, creating a tenant): no caller to ask. Says why. */
  readonly trusted?: string
}

function* deniedChange(
  context: Context,
  changes: readonly Change[],
  state: State,
  platform: State,
): Steps<Failure | undefined> {
  const grants = grantsOf(context)
  const tenant = context.side === 'tenant' ? state : undefined
  for (const [index, change] of changes.entries()) {
    if (index % itemsOfStep === itemsOfStep - 1) yield
    for (const requirement of requirementsOf(change, context.side === 'tenant' ? platform : state, tenant)) {
      const held =
        requirement.permission.startsWith('platform:') && context.caller.type !== 'anonymous'
          ? context.caller.platformGrants
          : grants
      if (!allows(held, requirement)) return denied(requirement)
    }
  }
  return undefined
}

const repeatOf = async (context: Context, revision: number): Promise<Committed> => {
  const commits = await context.log.sealed.history(revision - 1, 1)
  const commit = commits.find((found) => found.revision === revision)
  if (commit === undefined)
    throw new KonfigError(failure('revision_not_found', { revision, newest: context.log.state().revision }))
  const state = await context.app.past.at(context.log, revision)
  return { revision, commit, changes: commit.changes, state, repeated: true }
}

/**
 * Decides and appends; answers once the commit is durable. Refusals: the plan's, the decision's, `denied` for any change that the caller may
 * not make, `idempotency_mismatch`. A dry run answers the same and stores nothing.
 */
export const commit = async (context: Context, plan: Plan, options: CommitOptions = {}): Promise<Committed> => {
  const { app, log, write, side } = context
  const platform = app.platform
  // A tenant's log that knows a newer platform than this node does: what the platform said is read before anything is decided.
  if (log.state().platform > platform.state().revision) await platform.catchUp()
  function* decideOn(state: State): Steps<Result<readonly Change[]>> {
    const above = side === 'platform' ? state : platform.state()
    const planned = plan({ state, platform: above })
    if (!planned.ok) return planned
    const settings = side === 'tenant' ? state.get('settings', 'settings')?.body : undefined
    const decided = yield* decideInSteps(
      {
        side,
        state,
        platform: above,
        newId: app.ports.newId,
        ifRevision: planned.value.ifRevision,
        requireExpectation: settings?.['requireIfMatch'] === true && options.trusted === undefined,
      },
      planned.value.intentions,
    )
    const asked =
      options.trusted === undefined ? yield* deniedInSteps(context, planned.value.intentions, state, above) : undefined
    // Permission comes before existence: a caller who may not write there learns nothing else.
    if (asked !== undefined) return { ok: false, failure: asked }
    return decided
  }

  if (write.dryRun) {
    const state = log.state()
    const decided = await inTurns(decideOn(state))
    if (!decided.ok) throw new KonfigError(decided.failure)
    const after: Handle =
      decided.value.length === 0
        ? state
        : evolve(overlay(state), pretend(state, decided.value, app.ports.now(), actorOf(context)))
    return { revision: state.revision, commit: undefined, changes: decided.value, state: after, repeated: false }
  }

  const actor = actorOf(context)
  let repeated: number | undefined
  const written = await log.write<readonly Change[]>({
    actor,
    origin: {
      type: options.origin ?? 'api',
      request: context.request.id,
      ...(options.of === undefined ? {} : { of: options.of }),
    },
    message: write.message,
    idempotency: write.idempotency,
    *decide(state, time) {
      repeated = undefined
      const before = write.idempotency === undefined ? undefined : state.repeated(actor, write.idempotency.key)
      if (before !== undefined && before.time > time - 24 * 3600 * 1000) {
        if (before.request !== write.idempotency?.request) return refuse('idempotency_mismatch')
        repeated = before.revision
        return { ok: true, value: { changes: [], platform: platform.state().revision, answer: [] } }
      }
      const decided = yield* decideOn(state)
      if (!decided.ok) return decided
      return {
        ok: true,
        value: {
          changes: decided.value,
          platform: side === 'platform' ? state.revision : platform.state().revision,
          answer: decided.value,
        },
      }
    },
  })
  if (repeated !== undefined) return repeatOf(context, repeated)
  return {
    revision: written.state.revision,
    commit: written.commit,
    changes: written.answer,
    state: written.state,
    repeated: false,
  }
}

const pretend = (state: State, changes: readonly Change[], now: number, actor: string): Commit => ({
  id: '',
  revision: state.revision + 1,
  time: Math.max(now, state.time),
  actor,
  origin: { type: 'dry-run' },
  platform: state.platform,
  changes,
})

/** Permissions are judged on what is asked for, whether or not it exists or would change anything. So is what would be given to others. */
export const deniedIntentions = (
  context: Context,
  intentions: readonly Intention[],
  state: State,
  platform: State,
): Failure | undefined => finish(deniedInSteps(context, intentions, state, platform))

function* deniedInSteps(
  context: Context,
  intentions: readonly Intention[],
  state: State,
  platform: State,
): Steps<Failure | undefined> {
  const known = intentions.filter(({ kind }) => isKindName(kind))
  const denial = yield* deniedChange(
    context,
    known.map((intention) => ({ ...intention, id: '', previous: 0 }) as Change),
    state,
    platform,
  )
  if (denial !== undefined) return denial
  const held = grantsOf(context)
  for (const [index, intention] of known.entries()) {
    if (index % itemsOfStep === itemsOfStep - 1) yield
    const exceeding = grantFailure(held, intention, context.side, state)
    if (exceeding !== undefined) return exceeding
  }
  return undefined
}

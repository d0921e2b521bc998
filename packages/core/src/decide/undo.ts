// What rollback, revert and restore have in common: resources that shall be as they were, and what to do where that is refused.
// Owns which of them may go back; where to is the caller's answer.
import { type Failure, failure, type Issue, ok, type Result } from '../errors/failure.ts'
import { kinds } from '../kinds/registry.ts'
import { spaceOf } from '../log/address.ts'
import { type Identity, identityOf, type Labels, type Resource } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import { equalJson, type JsonObject } from '../values/json-value.ts'
import type { Deciding, Intention } from './intention.ts'
import { leaveOut } from './leave-out.ts'

/** `fail`: all or nothing. `skip`: what cannot go back stays as it is, and is listed. */
export type OnConflict = 'fail' | 'skip'

/** What a resource holds: all that undo brings back. */
export interface Content {
  readonly body: JsonObject
  readonly labels?: Labels | undefined
}

export interface Aim {
  readonly identity: Identity
  /** What the resource shall hold; undefined: it shall not be there. */
  readonly content: Content | undefined
  /** Why it must not go back, if that is known before any rule is asked. */
  readonly blocked?: Failure | undefined
}

export interface Skipped {
  readonly identity: Identity
  readonly reason: Failure
}

export interface Undoing {
  readonly intentions: readonly Intention[]
  readonly skipped: readonly Skipped[]
}

export const shownName = ({ name, namespace }: Identity): string =>
  namespace === undefined ? name : `${namespace}/${name}`

/** Governance is not undone: no revoked key and no removed member comes back. */
export const notUndoable = (identity: Identity): Failure | undefined =>
  kinds[identity.kind].group === 'configuration'
    ? undefined
    : failure('not_undoable', { kind: identity.kind, name: shownName(identity) })

export const contentOf = (resource: Resource | undefined): Content | undefined =>
  resource === undefined || resource.deleted ? undefined : { body: resource.body, labels: resource.labels }

export const equalContent = (a: Content | undefined, b: Content | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalJson(a.body, b.body) && equalJson(a.labels, b.labels)

/** Whether a state holds what is aimed at. */
export const reached = (state: State, { identity, content }: Aim): boolean =>
  equalContent(contentOf(state.get(spaceOf(identity), identity.name)), content)

const intentionOf = ({ identity, content }: Aim): Intention => {
  const named = identityOf(identity)
  if (content === undefined) return { op: 'delete', ...named }
  return {
    op: 'put',
    ...named,
    body: content.body,
    ...(content.labels === undefined ? {} : { labels: content.labels }),
  }
}

const blockedBy = (skipped: readonly Skipped[]): Failure => {
  const governed = skipped.find(({ reason }) => reason.code === 'not_undoable')
  if (governed !== undefined) return governed.reason
  const issues: readonly Issue[] = skipped.slice(0, 100).map(({ identity, reason }) => ({
    code: reason.code,
    detail: `${identity.kind} ${shownName(identity)}: ${reason.detail}`,
  }))
  const names = skipped.slice(0, 10).map(({ identity }) => `${identity.kind} ${shownName(identity)}`)
  return failure('undo_blocked', { names }, issues)
}

/**
 * The intentions that reach the aims, and the aims that have to be left. With `fail` any of those is `undo_blocked` (or `not_undoable`), naming all.
 */
export const undo = (deciding: Deciding, aims: readonly Aim[], onConflict: OnConflict): Result<Undoing> => {
  const skipped: Skipped[] = []
  const going: Aim[] = []
  for (const aim of aims) {
    const governed = notUndoable(aim.identity)
    if (governed !== undefined) skipped.push({ identity: aim.identity, reason: governed })
    else if (reached(deciding.state, aim)) continue
    else if (aim.blocked !== undefined) skipped.push({ identity: aim.identity, reason: aim.blocked })
    else going.push(aim)
  }
  const left = leaveOut(deciding, going.map(intentionOf))
  if (!left.ok) return left
  for (const { intention, reason } of left.value.refused) skipped.push({ identity: identityOf(intention), reason })
  if (onConflict === 'fail' && skipped.length > 0) return { ok: false, failure: blockedBy(skipped) }
  return ok({ intentions: left.value.kept, skipped })
}

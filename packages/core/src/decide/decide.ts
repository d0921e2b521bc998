// State and intentions in, changes or refusals out. Total and synchronous, in one go or in steps; a commit is judged by the state that it leaves.
import { addressOf, spaceOf } from '../log/address.ts'
import type { Change, Commit } from '../log/commit.ts'
import { kinds } from '../kinds/registry.ts'
import { type Failure, failure, type Issue, ok, type Result } from '../errors/failure.ts'
import { evolve, overlay } from '../state/evolve.ts'
import { finish, itemsOfStep, type Steps } from '../steps.ts'
import { equalJson } from '../values/json-value.ts'
import { expectationFailure, protectionFailure } from './expect.ts'
import type { Deciding, Intention } from './intention.ts'
import { judge } from './judge.ts'
import { identityOfIntention, shapeFailures } from './shape.ts'

/** One commit's changes at the most. */
export const maximumChanges = 10_000

export interface Found {
  readonly index: number
  readonly failure: Failure
}

/** One refusal of all that was found: the thing itself where one change was asked for, else a list that names each. */
const refusal = (
  found: readonly Found[],
  intentions: readonly Intention[],
): { readonly ok: false; readonly failure: Failure } => {
  const first = (found[0] as Found).failure
  const errors: readonly Issue[] = found.slice(0, 100).map(({ index, failure: reason }) => ({
    index,
    code: reason.code,
    detail: reason.detail,
    ...(typeof reason.data['pointer'] === 'string' ? { pointer: reason.data['pointer'] } : {}),
  }))
  const alone =
    intentions.length === 1 ||
    found.every(
      ({ failure: reason }) => reason.category === 'precondition_failed' || reason.category === 'precondition_required',
    )
  if (alone)
    return {
      ok: false,
      failure:
        intentions.length > 1 || found.length > 1 || errors[0]?.pointer !== undefined ? { ...first, errors } : first,
    }
  return { ok: false, failure: failure('changes_rejected', { count: found.length }, errors) }
}

const changeOf = (intention: Intention, { state, newId }: Deciding): Change | Failure | undefined => {
  const identity = identityOfIntention(intention)
  const before = state.record(spaceOf(identity), identity.name)
  const live = before !== undefined && !before.deleted
  const previous = before?.revision ?? 0
  if (intention.op === 'delete') {
    if (!live) return failure('resource_not_found', { kind: identity.kind, name: nameOf(identity) })
    const { labels } = intention
    return { op: 'delete', ...identity, id: before.id, previous, ...(labels === undefined ? {} : { labels }) }
  }
  if (live && equalJson(before.body, intention.body) && equalJson(before.labels, intention.labels)) return undefined
  const id = before?.id ?? newId()
  return {
    op: 'put',
    ...identity,
    id,
    previous,
    body: intention.body,
    ...(intention.labels === undefined ? {} : { labels: intention.labels }),
  }
}

const nameOf = (identity: { readonly name: string; readonly namespace?: string | undefined }): string =>
  identity.namespace === undefined ? identity.name : `${identity.namespace}/${identity.name}`

/**
 * The changes that carry out the intentions, in their order; puts that would change nothing are left out (an empty list: nothing to do).
 * Errors: what is wrong with each intention by its index; expectations that fail; protected environments without one.
 */
export const decide = (deciding: Deciding, intentions: readonly Intention[]): Result<readonly Change[]> =>
  finish(decideInSteps(deciding, intentions))

/** `decide` for thousands of intentions: nobody else may be kept waiting for all of them. The states must stay what they are meanwhile. */
export function* decideInSteps(deciding: Deciding, intentions: readonly Intention[]): Steps<Result<readonly Change[]>> {
  const considered = yield* considerInSteps(deciding, intentions)
  if (!considered.ok) return considered
  const { changes, found } = considered.value
  return found.length > 0 ? refusal(found, intentions) : ok(changes)
}

export interface Considered {
  readonly changes: readonly Change[]
  /** All that is wrong; nothing, where the changes may be made. */
  readonly found: readonly Found[]
}

/** `decide` before it refuses: for callers that can do without what fails (undo, import). */
export const consider = (deciding: Deciding, intentions: readonly Intention[]): Result<Considered> =>
  finish(considerInSteps(deciding, intentions))

function* considerInSteps(deciding: Deciding, intentions: readonly Intention[]): Steps<Result<Considered>> {
  const { side, state, platform } = deciding
  if (deciding.ifRevision !== undefined && deciding.ifRevision !== state.revision)
    return {
      ok: false,
      failure: failure('revision_moved', { revision: state.revision, expected: deciding.ifRevision }),
    }
  if (intentions.length > maximumChanges)
    return { ok: false, failure: failure('too_large', { what: 'A commit', limit: `${maximumChanges} changes` }) }

  const found: Found[] = []
  const changes: Change[] = []
  const indexes: number[] = []
  const addresses = new Map<string, number>()
  for (const [index, intention] of intentions.entries()) {
    if (index % itemsOfStep === itemsOfStep - 1) yield
    const wrong = shapeFailures(intention, side)
    if (wrong.length > 0) {
      found.push(...wrong.map((reason) => ({ index, failure: reason })))
      continue
    }
    const address = addressOf(intention)
    const other = addresses.get(address)
    if (other !== undefined) {
      found.push({
        index,
        failure: failure('duplicate_change', { index, other, kind: intention.kind, name: nameOf(intention) }),
      })
      continue
    }
    addresses.set(address, index)
    const expected = expectationFailure(intention, state)
    const change = expected ?? changeOf(intention, deciding)
    if (change === undefined) continue
    if ('category' in change) found.push({ index, failure: change })
    else {
      changes.push(change)
      indexes.push(index)
    }
  }
  if (found.length > 0) return ok({ changes, found })
  if (changes.length === 0) return ok({ changes, found })

  for (const [at, change] of changes.entries()) {
    if (at % itemsOfStep === itemsOfStep - 1) yield
    const index = indexes[at] as number
    const unprotected = protectionFailure(change, intentions[index] as Intention, deciding)
    if (unprotected !== undefined) found.push({ index, failure: unprotected })
  }
  if (found.length > 0) return ok({ changes, found })

  const after = evolve(overlay(state), tentative(changes, deciding))
  const around = { side, before: state, after, platform: side === 'platform' ? after : platform }
  for (const [at, change] of changes.entries()) {
    if (at % itemsOfStep === itemsOfStep - 1) yield
    for (const reason of kinds[change.kind].check(change, around))
      found.push({ index: indexes[at] as number, failure: reason })
  }
  if (found.length > 0) return ok({ changes, found })

  const judged = yield* judge(changes, around)
  if (judged.length > 0) {
    const indexOf = new Map(changes.map((change, at) => [change, indexes[at] as number]))
    for (const { change, failure: reason } of judged)
      found.push({ index: indexOf.get(change) as number, failure: reason })
  }
  return ok({ changes, found })
}

/** A commit to try the changes with; who and when do not matter to any rule. */
const tentative = (changes: readonly Change[], { state, platform }: Deciding): Commit => ({
  id: '',
  revision: state.revision + 1,
  time: state.time,
  actor: 'system',
  origin: { type: 'decide' },
  platform: platform.revision,
  changes,
})

// Applies a commit to a state. On the newest handle it adds versions to the table; on an older one it makes an overlay.
// Promise: handles made before answer as before.
import { groupOf, spaceOf } from '../log/address.ts'
import { identityOf, type Change, type Commit, type LogId, type Millis, type Revision } from '../log/commit.ts'
import { kinds } from '../kinds/registry.ts'
import { type Handle, handle } from './handle.ts'
import type { State } from './state.ts'
import { emptyTable, headOf, nextVersion, place, refer, remember, type Table, touch } from './table.ts'

const references = (change: Change): readonly string[] =>
  change.op === 'put' ? kinds[change.kind].references(change.body, change) : []

export const emptyState = (log: LogId): Handle => handle(emptyTable(log, references), undefined)

/** The state of a log whose beginning was trimmed, which changed no resource: what is left of it goes on from there. */
export const trimmedState = (log: LogId, revision: Revision, time: Millis): Handle => {
  const table = emptyTable(log, references)
  table.head = { revision, time, platform: 0 }
  table.floor = revision
  return handle(table, undefined)
}

/** A state to try commits on: what is evolved from it never reaches the state below. */
export const overlay = (parent: State): Handle => {
  const table = emptyTable(parent.log, references)
  table.head = {
    revision: parent.revision,
    time: parent.time,
    platform: parent.platform,
    movedTo: parent.movedTo,
  }
  return handle(table, parent)
}

const applyTo = (table: Table, state: Handle, change: Change, commit: Commit): void => {
  const space = spaceOf(change)
  const before = state.record(space, change.name)
  const ownBefore = table.spaces.get(space)?.get(change.name)
  const version = nextVersion(change, before, commit)
  const old =
    before === undefined || before.deleted ? [] : kinds[before.kind].references(before.body, identityOf(before))
  refer(table, change, old, commit.revision)
  place(table, version, ownBefore)
  touch(table, groupOf(change), commit.revision)
}

/**
 * The state after a commit. `commit.revision` is the state's plus one: dense by construction.
 * Costs no more in a large tenant than in a small one.
 */
export const evolve = (state: Handle, commit: Commit): Handle => {
  const { table } = state
  if (table.head.revision !== state.revision) return evolve(overlay(state), commit)
  for (const change of commit.changes) applyTo(table, state, change, commit)
  if (commit.idempotency !== undefined)
    remember(table, commit.actor, commit.idempotency.key, {
      request: commit.idempotency.request,
      revision: commit.revision,
      time: commit.time,
    })
  table.head = headOf(commit, table.log)
  return handle(table, state.parent)
}

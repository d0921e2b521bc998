// How a state is kept: per space a Map from name to the newest version, each version holding the one before it.
// Owns versions and the indexes; a reader sees it only through a handle (handle.ts).
import { addressOf, spaceOf } from '../log/address.ts'
import type { Change, Commit, Labels, LogId, Millis, Resource, Revision } from '../log/commit.ts'
import { movedIn, type PlaceId } from '../log/moved.ts'
import type { JsonObject } from '../values/json-value.ts'
import { type Ids, openIds } from './ids.ts'
import type { Shelf } from './shelf.ts'

/** One hidden class for all of them: 1,000,000 keys live in these. */
export interface Version extends Resource {
  previous: Version | undefined
}

/** A value as of a revision, with the one before it. */
export interface Cell<T> {
  readonly revision: Revision
  readonly value: T
  previous: Cell<T> | undefined
}

export interface Repeat {
  readonly request: string
  readonly revision: Revision
  readonly time: Millis
}

export interface Table {
  readonly log: LogId
  readonly spaces: Map<string, Shelf>
  /** Spaces by their first two parts (`override/<namespace>/`): who asks for those of one namespace does not walk over all of them. */
  readonly groups: Map<string, string[]>
  readonly ids: Ids<Version>
  readonly touched: Map<string, Cell<Revision>>
  /** target address -> address of a referrer -> whether it refers to it. */
  readonly referrers: Map<string, Map<string, Cell<boolean>>>
  /** actor and key -> the commit; in the order of time, so that the oldest are dropped first. */
  readonly repeats: Map<string, Repeat>
  readonly names: Map<string, string[]>
  head: Head
  /** The oldest revision whose readers are still served. */
  floor: Revision
  /** What may be cut once the floor has passed its revision. */
  readonly superseded: { readonly revision: Revision; readonly cut: () => void }[]
  references: (change: Change) => readonly string[]
}

export interface Head {
  readonly revision: Revision
  readonly time: Millis
  readonly platform: Revision
  /** Set by a commit that ends the log where it is (log/moved.ts), until another follows it elsewhere. */
  readonly movedTo?: PlaceId | undefined
}

/** The head that a commit leaves. */
export const headOf = (commit: Pick<Commit, 'revision' | 'time' | 'platform' | 'note'>, log: LogId): Head => {
  const { revision, time, platform } = commit
  const movedTo = movedIn(commit, log)
  return movedTo === undefined ? { revision, time, platform } : { revision, time, platform, movedTo }
}

export const repeatMillis: Millis = 24 * 3600 * 1000

export const emptyTable = (log: LogId, references: Table['references']): Table => ({
  log,
  spaces: new Map(),
  groups: new Map(),
  ids: openIds(),
  touched: new Map(),
  referrers: new Map(),
  repeats: new Map(),
  names: new Map(),
  head: { revision: 0, time: 0, platform: 0 },
  floor: 0,
  superseded: [],
  references,
})

/** The newest version not after a revision. */
export const asOf = <V extends { readonly revision: Revision; readonly previous: V | undefined }>(
  newest: V | undefined,
  revision: Revision,
): V | undefined => {
  let found = newest
  while (found !== undefined && found.revision > revision) found = found.previous
  return found
}

const none: JsonObject = {}

/** The version that a change makes of what was there before. */
export const nextVersion = (
  change: Change,
  before: Resource | undefined,
  commit: Pick<Commit, 'revision' | 'time' | 'actor'>,
): Version => {
  const put = change.op === 'put'
  const fresh = before === undefined || before.deleted
  return {
    kind: change.kind,
    id: change.id,
    name: change.name,
    namespace: change.namespace,
    layer: change.layer,
    environment: change.environment,
    labels: (change.labels as Labels | undefined) ?? (put ? undefined : before?.labels),
    version: (before?.version ?? 0) + 1,
    revision: commit.revision,
    createdAt: fresh ? commit.time : before.createdAt,
    createdBy: fresh ? commit.actor : before.createdBy,
    updatedAt: commit.time,
    updatedBy: commit.actor,
    deleted: !put,
    body: put ? change.body : none,
    previous: undefined,
  }
}

const insertName = (table: Table, space: string, name: string): void => {
  const sorted = table.names.get(space)
  if (sorted === undefined) return
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as string) < name) low = middle + 1
    else high = middle
  }
  if (sorted[low] !== name) sorted.splice(low, 0, name)
}

/** `override/billing/` of `override/billing/tenant/`, and of any longer beginning; undefined of a shorter one. */
export const groupOfSpace = (space: string): string | undefined => {
  const end = space.indexOf('/', space.indexOf('/') + 1)
  return end === -1 || !space.includes('/') ? undefined : space.slice(0, end + 1)
}

export const openSpace = (table: Table, space: string, rows: Shelf): Shelf => {
  table.spaces.set(space, rows)
  const group = groupOfSpace(space)
  if (group === undefined) return rows
  const spaces = table.groups.get(group)
  if (spaces === undefined) table.groups.set(group, [space])
  else spaces.push(space)
  return rows
}

/** Puts a version in its place, before the one that was there. */
export const place = (table: Table, version: Version, before: Version | undefined): void => {
  const space = spaceOf(version)
  const rows = table.spaces.get(space) ?? openSpace(table, space, new Map())
  version.previous = before
  if (!rows.has(version.name)) insertName(table, space, version.name)
  rows.set(version.name, version)
  table.ids.set(version.id, version)
  if (before !== undefined)
    table.superseded.push({
      revision: version.revision,
      cut: () => {
        version.previous = undefined
      },
    })
}

export const touch = (table: Table, group: string, revision: Revision): void => {
  const before = table.touched.get(group)
  if (before?.revision === revision) return
  const cell: Cell<Revision> = { revision, value: revision, previous: before }
  table.touched.set(group, cell)
  if (before !== undefined)
    table.superseded.push({
      revision,
      cut: () => {
        cell.previous = undefined
      },
    })
}

const setReferrer = (table: Table, target: string, source: string, value: boolean, revision: Revision): void => {
  let sources = table.referrers.get(target)
  if (sources === undefined) {
    sources = new Map()
    table.referrers.set(target, sources)
  }
  const before = sources.get(source)
  // An overlay has no cell of its own yet for what lies below it: there a removal must be written down too.
  if (before?.value === value) return
  const cell: Cell<boolean> = { revision, value, previous: before }
  sources.set(source, cell)
  if (before !== undefined)
    table.superseded.push({
      revision,
      cut: () => {
        cell.previous = undefined
      },
    })
}

/** Moves what refers to what from the old body's references to the new one's. */
export const refer = (table: Table, change: Change, old: readonly string[], revision: Revision): void => {
  const fresh = table.references(change)
  if (old.length === 0 && fresh.length === 0) return
  const source = addressOf(change)
  const targets = new Set(fresh)
  for (const target of old) if (!targets.has(target)) setReferrer(table, target, source, false, revision)
  for (const target of targets) setReferrer(table, target, source, true, revision)
}

export const remember = (table: Table, actor: string, key: string, repeat: Repeat): void => {
  for (const [oldest, { time }] of table.repeats) {
    if (time > repeat.time - repeatMillis) break
    table.repeats.delete(oldest)
  }
  table.repeats.set(`${actor} ${key}`, repeat)
}

/** Raises the floor: readers older than it are told `stale_handle`, and what only they could see is let go. */
export const raiseFloor = (table: Table, floor: Revision): void => {
  if (floor <= table.floor) return
  table.floor = floor
  let count = 0
  for (const { revision, cut } of table.superseded) {
    if (revision > floor) break
    cut()
    count++
  }
  table.superseded.splice(0, count)
}

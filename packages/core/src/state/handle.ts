// A state as of one revision: a table, a revision, and, where it is only tried, the state that lies under it.
// Owns how readers see a table; promises that what a handle answers never changes.
import { bug } from '../errors/bug.ts'
import type { Resource } from '../log/commit.ts'
import type { Shelf } from './shelf.ts'
import type { State } from './state.ts'
import { asOf, groupOfSpace, type Head, headOf, type Table, type Version } from './table.ts'

export interface Handle extends State {
  readonly table: Table
  readonly parent: State | undefined
}

export const handle = (table: Table, parent: State | undefined, head: Head = table.head): Handle => {
  const { revision } = head
  const fresh = (): void => {
    if (revision < table.floor) bug('stale_handle')
  }
  const own = (space: string, name: string): Version | undefined => asOf(table.spaces.get(space)?.get(name), revision)
  const record = (space: string, name: string): Resource | undefined => {
    fresh()
    return own(space, name) ?? parent?.record(space, name)
  }
  /** Whether a space of this table held anything yet at the revision. */
  const isOpen = (space: string): boolean => {
    fresh()
    if (revision === table.head.revision) return true
    for (const newest of table.spaces.get(space)?.values() ?? []) if (asOf(newest, revision) !== undefined) return true
    return false
  }
  /** What lies below is answered as it is where this table adds nothing: overlays on overlays are walked for each rule of each commit. */
  const records = (space: string): Iterable<Resource> => {
    fresh()
    const rows = table.spaces.get(space)
    if (rows === undefined) return parent?.records(space) ?? []
    return merged(space, rows)
  }
  function* merged(space: string, rows: Shelf): Iterable<Resource> {
    if (parent !== undefined)
      for (const resource of parent.records(space)) {
        fresh()
        yield own(space, resource.name) ?? resource
      }
    for (const newest of rows.values()) {
      fresh()
      const version = asOf(newest, revision)
      if (version !== undefined && parent?.record(space, version.name) === undefined) yield version
    }
  }
  function* entries(space: string): Iterable<Resource> {
    for (const resource of records(space)) if (!resource.deleted) yield resource
  }
  return {
    table,
    parent,
    log: table.log,
    revision,
    time: head.time,
    platform: head.platform,
    movedTo: head.movedTo,
    record,
    records,
    entries,
    get: (space, name) => {
      const found = record(space, name)
      return found === undefined || found.deleted ? undefined : found
    },
    size: (space) => (table.spaces.get(space)?.size ?? 0) + (parent?.size(space) ?? 0),
    names: (space) => {
      fresh()
      const rows = table.spaces.get(space)
      const below = parent?.names(space)
      if (rows === undefined) return below ?? []
      if (below !== undefined)
        return [...new Set([...below, ...rows.keys()])].filter((name) => record(space, name) !== undefined).sort()
      let sorted = table.names.get(space)
      if (sorted === undefined) {
        sorted = [...rows.keys()].sort()
        table.names.set(space, sorted)
      }
      return revision === table.head.revision ? sorted : sorted.filter((name) => own(space, name) !== undefined)
    },
    *spaces(prefix) {
      const group = groupOfSpace(prefix)
      const spaces = group === undefined ? table.spaces.keys() : (table.groups.get(group) ?? [])
      for (const space of spaces) if (space.startsWith(prefix) && isOpen(space)) yield space
      if (parent !== undefined)
        for (const space of parent.spaces(prefix)) if (!table.spaces.has(space) || !isOpen(space)) yield space
    },
    byId: (id) => {
      fresh()
      return asOf(table.ids.get(id), revision) ?? parent?.byId(id)
    },
    touched: (group) => {
      fresh()
      return asOf(table.touched.get(group), revision)?.value ?? parent?.touched(group) ?? 0
    },
    *referrers(address) {
      fresh()
      const sources = table.referrers.get(address)
      if (sources !== undefined)
        for (const [source, newest] of sources) if (asOf(newest, revision)?.value === true) yield source
      if (parent !== undefined)
        for (const source of parent.referrers(address)) {
          const newest = sources?.get(source)
          if (newest === undefined || asOf(newest, revision) === undefined) yield source
        }
    },
    repeated: (actor, key) => {
      const found = table.repeats.get(`${actor} ${key}`)
      return found !== undefined && found.revision <= revision ? found : parent?.repeated(actor, key)
    },
  }
}

/** The state as one of its own commits left it. */
export const stateAfter = (state: Handle, commit: Parameters<typeof headOf>[0]): Handle =>
  commit.revision === state.revision ? state : handle(state.table, state.parent, headOf(commit, state.log))

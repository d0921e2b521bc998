// A state as rows and back: what snapshots hold. Owns the order of fields in a row; promises that rows then tail equals the whole log.
import { spaceOf } from '../log/address.ts'
import { type Change, identityOf, type LogId } from '../log/commit.ts'
import { bytesAre } from './finder.ts'
import { openColdStore, type Row, versionOf } from './cold.ts'
import { emptyState } from './evolve.ts'
import { type Handle, handle } from './handle.ts'
import { eachRow, nextReference, noParts, readParts } from './row-bytes.ts'
import { type ColdShelf, openShelf } from './shelf.ts'
import { openSpace, place, refer, remember, type Table, touch, type Version } from './table.ts'

export type { Row } from './cold.ts'

/** Rows of a handle, the heads first. Reads lazily: the handle must stay readable until the end. */
export function* rowsOf(state: Handle): Iterable<Row> {
  yield ['head', state.revision, state.time, state.platform, ...(state.movedTo === undefined ? [] : [state.movedTo])]
  for (const space of state.spaces(''))
    for (const r of state.records(space))
      yield [
        'resource',
        r.kind,
        r.id,
        r.name,
        r.namespace ?? null,
        r.layer ?? null,
        r.environment ?? null,
        r.labels ?? null,
        r.version,
        r.revision,
        r.createdAt,
        r.createdBy,
        r.updatedAt,
        r.updatedBy,
        r.deleted ? 1 : 0,
        r.body,
      ]
  for (const group of state.table.touched.keys()) yield ['touched', group, state.touched(group)]
  for (const [key, repeat] of state.table.repeats)
    if (repeat.revision <= state.revision) yield ['repeat', key, repeat.request, repeat.revision, repeat.time]
}

export interface Restoring {
  readonly add: (row: Row) => void
  /** Rows as a JSON array in UTF-8. The bytes are the state's from then on: what nobody asks for stays in them. */
  readonly addBytes: (bytes: Uint8Array) => void
  readonly finish: () => Handle
}

/** Strings that stand in thousands of rows are kept once. */
const interning = (): ((text: string | undefined) => string | undefined) => {
  const known = new Map<string, string>()
  return (text) => {
    if (text === undefined) return undefined
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size < 10_000) known.set(text, text)
    return text
  }
}

export const restoring = (log: LogId): Restoring => {
  const cold = openColdStore()
  const table: Table = { ...emptyState(log).table, ids: cold.ids }
  const intern = interning()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const shelfOf = (space: string): ColdShelf => {
    let shelf = shelves.get(space)
    if (shelf === undefined) {
      shelf = openShelf(cold)
      shelves.set(space, shelf)
      openSpace(table, space, shelf)
    }
    return shelf
  }
  const shelves = new Map<string, ColdShelf>()
  const addResource = (row: Row): void => {
    const read = versionOf(row)
    const version: Version = {
      ...read,
      namespace: intern(read.namespace),
      layer: intern(read.layer),
      environment: intern(read.environment),
      createdBy: intern(read.createdBy) as string,
      updatedBy: intern(read.updatedBy) as string,
    }
    shelfOf(spaceOf(version))
    place(table, version, undefined)
    if (version.deleted) return
    const change: Change = { op: 'put', ...identityOf(version), id: version.id, previous: 0, body: version.body }
    refer(table, change, [], version.revision)
  }
  const add = (row: Row): void => {
    switch (row[0]) {
      case 'head':
        table.head = {
          revision: row[1] as number,
          time: row[2] as number,
          platform: row[3] as number,
          ...(typeof row[4] === 'string' ? { movedTo: row[4] } : {}),
        }
        table.floor = table.head.revision
        break
      case 'touched':
        touch(table, row[1] as string, row[2] as number)
        break
      case 'repeat': {
        const key = row[1] as string
        const [actor, ...rest] = key.split(' ')
        remember(table, actor as string, rest.join(' '), {
          request: row[2] as string,
          revision: row[3] as number,
          time: row[4] as number,
        })
        break
      }
      default:
        addResource(row)
    }
  }

  const parts = noParts()
  /** The scope of the row before, and its shelf: rows of a space follow each other. */
  let scope = new Uint8Array(0)
  let lastShelf: ColdShelf | undefined
  const shelfAt = (bytes: Uint8Array, version: () => Version): ColdShelf => {
    // Kind and scope decide the space; between them lie id and name.
    const same =
      lastShelf !== undefined &&
      scope.length === 1 + parts.scopeEnd - parts.nameEnd &&
      scope[0] === bytes[parts.kind] &&
      bytesAre(bytes, parts.nameEnd, scope.subarray(1))
    if (same && lastShelf !== undefined) return lastShelf
    scope = new Uint8Array(1 + parts.scopeEnd - parts.nameEnd)
    scope[0] = bytes[parts.kind] as number
    scope.set(bytes.subarray(parts.nameEnd, parts.scopeEnd), 1)
    lastShelf = shelfOf(spaceOf(version()))
    return lastShelf
  }

  const addBytes = (bytes: Uint8Array): void => {
    cold.page(bytes)
    let reference = nextReference(bytes, 0)
    eachRow(bytes, (start, end) => {
      if (reference < start) reference = nextReference(bytes, start)
      const parse = (): Row => JSON.parse(decoder.decode(bytes.subarray(start, end))) as Row
      if (reference < end || !readParts(bytes, start, end, parts)) {
        add(parse())
        return
      }
      const shelf = shelfAt(bytes, () => versionOf(parse()))
      const row = cold.keep(start, end)
      if (row === undefined || !shelf.add(row)) add(parse())
    })
  }

  return {
    add,
    addBytes,
    finish: () => handle(table, undefined),
  }
}

// A state as rows and back: what snapshots hold. Owns the order of fields in a row; promises that rows then tail equals the whole log.
import { type Change, identityOf, type KindName, type Labels, type LogId } from '../log/commit.ts'
import type { Json, JsonObject } from '../values/json-value.ts'
import { emptyState } from './evolve.ts'
import { type Handle, handle } from './handle.ts'
import { place, refer, remember, touch, type Version } from './table.ts'

export type Row = readonly (Json | undefined)[]

/** Rows of a handle, the heads first. Reads lazily: the handle must stay readable until the end. */
export function* rowsOf(state: Handle): Iterable<Row> {
  yield ['head', state.revision, state.time, state.platform]
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

const optional = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

const versionOf = (row: Row): Version => ({
  kind: row[1] as KindName,
  id: row[2] as string,
  name: row[3] as string,
  namespace: optional(row[4]),
  layer: optional(row[5]),
  environment: optional(row[6]),
  labels: (row[7] ?? undefined) as Labels | undefined,
  version: row[8] as number,
  revision: row[9] as number,
  createdAt: row[10] as number,
  createdBy: row[11] as string,
  updatedAt: row[12] as number,
  updatedBy: row[13] as string,
  deleted: row[14] === 1,
  body: row[15] as JsonObject,
  previous: undefined,
})

export interface Restoring {
  readonly add: (row: Row) => void
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
  const { table } = emptyState(log)
  const intern = interning()
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
    place(table, version, undefined)
    if (version.deleted) return
    const change: Change = { op: 'put', ...identityOf(version), id: version.id, previous: 0, body: version.body }
    refer(table, change, [], version.revision)
  }
  return {
    add: (row) => {
      switch (row[0]) {
        case 'head':
          table.head = { revision: row[1] as number, time: row[2] as number, platform: row[3] as number }
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
    },
    finish: () => handle(table, undefined),
  }
}

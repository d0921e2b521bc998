// The rows of a snapshot that stay bytes: pages as they were opened, and how to find a row's name, id and resource in them.
// Nothing here is an object for each row: a million of them are nothing to the collector. Knows no space; shelves hold the numbers.
import type { KindName, Labels } from '../log/commit.ts'
import type { Json, JsonObject } from '../values/json-value.ts'
import { bytesAre, type Finder, hashBytes, openFinder } from './finder.ts'
import { type Ids, openIds } from './ids.ts'
import { endOfName, idOf, nameOf } from './row-bytes.ts'
import type { ColdRows } from './shelf.ts'
import type { Version } from './table.ts'

export type Row = readonly (Json | undefined)[]

const optional = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** A row of a resource as the version that it stands for. */
export const versionOf = (row: Row): Version => ({
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

export interface ColdStore extends ColdRows {
  /** Opens a page: rows of it can be kept until the next is opened. The bytes belong to the store from then on. */
  readonly page: (bytes: Uint8Array) => void
  /** A row of the open page gets its number; undefined where its id cannot be found again. */
  readonly keep: (start: number, end: number) => number | undefined
  /** Ids of what is kept here, under those of what was written since. */
  readonly ids: Ids<Version>
}

interface Page {
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  count: number
}

const pageBits = 8
const pageRows = 1 << pageBits
const idLength = 36
/** Resources asked for lately: a commit asks for the same one many times. */
const remembered = 512
const idShards = 256

/** A page of its own memory: one that is cut out of a larger piece would keep all of that. */
const ownBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer.byteLength > bytes.byteLength + 1024 ? bytes.slice() : bytes

export const openColdStore = (): ColdStore => {
  const pages: Page[] = []
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const encoder = new TextEncoder()
  const lately: { readonly row: number; readonly version: Version }[] = []
  let openBytes: Uint8Array = new Uint8Array(0)

  const pageOf = (row: number): Page => pages[row >>> pageBits] as Page
  const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to))

  const startOf = (row: number): number => pageOf(row).starts[row & (pageRows - 1)] as number

  const version = (row: number): Version => {
    const known = lately[row % remembered]
    if (known?.row === row) return known.version
    const page = pageOf(row)
    const at = row & (pageRows - 1)
    const made = versionOf(JSON.parse(textOf(page.bytes, page.starts[at] as number, page.ends[at] as number)) as Row)
    lately[row % remembered] = { row, version: made }
    return made
  }

  // Many small ones: none is copied whole as it grows.
  const finders: Finder[] = Array.from({ length: idShards }, () => openFinder())
  const finderOf = (hash: number): Finder => finders[hash >>> 24] as Finder
  const written = openIds<Version>()
  let kept = 0
  let doubles = 0

  const rowOf = (id: string): number => {
    if (id.length !== idLength) return -1
    const wanted = encoder.encode(id)
    if (wanted.length !== idLength) return -1
    const hash = hashBytes(wanted, 0, idLength)
    return finderOf(hash).find(hash, (row) => {
      const { bytes } = pageOf(row)
      return bytesAre(bytes, idOf(bytes, startOf(row)), wanted)
    })
  }

  return {
    page: (bytes) => {
      openBytes = ownBytes(bytes)
    },
    keep: (start, end) => {
      let page = pages.at(-1)
      if (page?.bytes !== openBytes || page.count === pageRows) {
        page = { bytes: openBytes, starts: new Uint32Array(pageRows), ends: new Uint32Array(pageRows), count: 0 }
        pages.push(page)
      }
      const row = (pages.length - 1) * pageRows + page.count
      page.starts[page.count] = start
      page.ends[page.count] = end
      page.count++
      const id = idOf(openBytes, start)
      const hash = hashBytes(openBytes, id, id + idLength)
      if (!finderOf(hash).add(hash, row)) return undefined
      kept++
      return row
    },
    version,
    name: (row) => {
      const { bytes } = pageOf(row)
      const from = nameOf(bytes, startOf(row))
      return textOf(bytes, from, endOfName(bytes, from))
    },
    nameIn: (row) => {
      const { bytes } = pageOf(row)
      const from = nameOf(bytes, startOf(row))
      return { bytes, from, to: endOfName(bytes, from) }
    },
    ids: {
      get: (id) => {
        const found = written.get(id)
        if (found !== undefined) return found
        const row = rowOf(id)
        return row === -1 ? undefined : version(row)
      },
      set: (id, newest) => {
        if (written.get(id) === undefined && rowOf(id) !== -1) doubles++
        written.set(id, newest)
      },
      get size() {
        return kept + written.size - doubles
      },
    },
  }
}

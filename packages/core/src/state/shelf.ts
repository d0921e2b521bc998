// The resources of one space by name. Those that came with a snapshot stay the bytes they were until somebody asks for one; what was written
// since is kept as versions. Owns their order, which is that of a Map: a name stands where it first stood.
import { bytesAre, doubled, hashBytes, openFinder } from './finder.ts'
import type { Version } from './table.ts'

/** What a table needs of a space; a Map is one. */
export interface Shelf {
  readonly get: (name: string) => Version | undefined
  readonly has: (name: string) => boolean
  readonly set: (name: string, version: Version) => unknown
  readonly keys: () => Iterable<string>
  readonly values: () => Iterable<Version>
  readonly size: number
}

/** The rows of a snapshot that stayed bytes, by number. */
export interface ColdRows {
  readonly version: (row: number) => Version
  readonly name: (row: number) => string
  /** Where the bytes of the row's name lie. */
  readonly nameIn: (row: number) => { readonly bytes: Uint8Array; readonly from: number; readonly to: number }
}

export interface ColdShelf extends Shelf {
  /** Adds a row that stays bytes; false where it cannot, and must be set as a version. Its name must be new here. */
  readonly add: (row: number) => boolean
}

/** A place whose resource is a version, not a row. */
const warm = -1
const encoder = new TextEncoder()

export const openShelf = (rows: ColdRows): ColdShelf => {
  const versions = new Map<string, Version>()
  /** The row at each place, in order, or `warm`. */
  let places = new Int32Array(16)
  let count = 0
  const warmNames = new Map<number, string>()

  const finder = openFinder()

  const append = (row: number): number => {
    if (count === places.length) places = doubled(places)
    places[count] = row
    return count++
  }

  /** The place of a name that is still a row, or -1. */
  const placeOf = (name: string): number => {
    if (finder.size() === 0 || !name.isWellFormed()) return -1
    const wanted = encoder.encode(name)
    return finder.find(hashBytes(wanted, 0, wanted.length), (place) => {
      const row = places[place] as number
      if (row === warm) return false
      const { bytes, from, to } = rows.nameIn(row)
      return to - from === wanted.length && bytesAre(bytes, from, wanted)
    })
  }

  const makeWarm = (place: number, name: string): void => {
    places[place] = warm
    warmNames.set(place, name)
  }

  return {
    add: (row) => {
      const { bytes, from, to } = rows.nameIn(row)
      const place = append(row)
      if (finder.add(hashBytes(bytes, from, to), place)) return true
      count--
      return false
    },
    get: (name) => {
      const version = versions.get(name)
      if (version !== undefined) return version
      const place = placeOf(name)
      return place === -1 ? undefined : rows.version(places[place] as number)
    },
    has: (name) => versions.has(name) || placeOf(name) !== -1,
    set: (name, version) => {
      if (!versions.has(name)) {
        const place = placeOf(name)
        makeWarm(place === -1 ? append(warm) : place, name)
      }
      versions.set(name, version)
    },
    *keys() {
      for (let place = 0; place < count; place++) {
        const row = places[place] as number
        yield row === warm ? (warmNames.get(place) as string) : rows.name(row)
      }
    },
    *values() {
      for (let place = 0; place < count; place++) {
        const row = places[place] as number
        yield row === warm ? (versions.get(warmNames.get(place) as string) as Version) : rows.version(row)
      }
    },
    get size() {
      return count
    },
  }
}

// Finds numbers by what they stand for, without an object for any of them: heads and chains in arrays that no collector walks.
// Knows neither what is numbered nor how it is compared.

export interface Finder {
  /** False where too many already share the hash: whoever chose them so gains nothing, as the caller keeps those elsewhere. */
  readonly add: (hash: number, value: number) => boolean
  /** The first value with that hash for which it holds, or -1. */
  readonly find: (hash: number, is: (value: number) => boolean) => number
  readonly size: () => number
}

/** So a search is bounded, whatever the names. */
const longestChain = 64

export const doubled = <A extends Int32Array | Uint32Array>(array: A): A => {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 2)
  larger.set(array)
  return larger
}

export const openFinder = (): Finder => {
  let heads = new Int32Array(16).fill(-1)
  let next = new Int32Array(16)
  let values = new Int32Array(16)
  let hashes = new Int32Array(16)
  let count = 0

  const link = (entry: number, hash: number): void => {
    const at = hash & (heads.length - 1)
    next[entry] = heads[at] as number
    heads[at] = entry
  }

  const grow = (): void => {
    next = doubled(next)
    values = doubled(values)
    hashes = doubled(hashes)
    heads = new Int32Array(heads.length * 2).fill(-1)
    for (let entry = 0; entry < count; entry++) link(entry, hashes[entry] as number)
  }

  return {
    add: (hash, value) => {
      let length = 0
      for (let entry = heads[hash & (heads.length - 1)] as number; entry !== -1; entry = next[entry] as number)
        if (++length >= longestChain) return false
      if (count === values.length) grow()
      values[count] = value
      hashes[count] = hash
      link(count, hash)
      count++
      return true
    },
    find: (hash, is) => {
      for (let entry = heads[hash & (heads.length - 1)] as number; entry !== -1; entry = next[entry] as number)
        if (hashes[entry] === (hash | 0) && is(values[entry] as number)) return values[entry] as number
      return -1
    },
    size: () => count,
  }
}

/** FNV-1a with its bits stirred at the end, over a range of bytes. */
export const hashBytes = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Whether the bytes there are exactly these. */
export const bytesAre = (bytes: Uint8Array, at: number, wanted: Uint8Array): boolean => {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false
  return true
}

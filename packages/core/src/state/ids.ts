// A map by id that grows without a stall: a Map is copied whole each time it doubles, and past a million entries everybody would wait for that.
// Knows nothing of what it holds.

export interface Ids<T> {
  readonly get: (id: string) => T | undefined
  readonly set: (id: string, value: T) => void
  readonly size: number
}

/** Up to so many one Map is smaller and faster. */
const mostInOne = 16_384
const shards = 256

const shardOf = (id: string): number => {
  const last = id.length - 1
  return last < 1 ? 0 : (id.charCodeAt(last) * 31 + id.charCodeAt(last - 1) * 7 + id.charCodeAt(last >> 1)) % shards
}

export const openIds = <T>(): Ids<T> => {
  let one: Map<string, T> | undefined = new Map<string, T>()
  const many: Map<string, T>[] = []
  let size = 0
  const mapOf = (id: string): Map<string, T> => one ?? (many[shardOf(id)] as Map<string, T>)

  const split = (whole: ReadonlyMap<string, T>): void => {
    one = undefined
    for (let shard = 0; shard < shards; shard++) many.push(new Map<string, T>())
    for (const [id, value] of whole) mapOf(id).set(id, value)
  }

  return {
    get: (id) => mapOf(id).get(id),
    set: (id, value) => {
      const map = mapOf(id)
      const before = map.size
      map.set(id, value)
      size += map.size - before
      if (map === one && size > mostInOne) split(map)
    },
    get size() {
      return size
    },
  }
}

// Chance that can be repeated: the same seed makes the same choices. Knows nothing of what is chosen.

export interface Random {
  /** A whole number from 0, less than this. */
  readonly below: (limit: number) => number
  readonly between: (least: number, most: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  readonly shuffle: <T>(list: readonly T[]) => readonly T[]
  /** Comes true so often, of one. */
  readonly chance: (part: number) => boolean
  /** Another stream of choices, which does not depend on how many were taken from this one. */
  readonly fork: (name: string) => Random
}

const hash = (text: string, seed: number): number => {
  let value = seed ^ 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

export const openRandom = (seed: number): Random => {
  let state = hash('start', seed >>> 0)
  const part = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(part() * limit)
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    pick: (list) => {
      const found = list[below(list.length)]
      if (found === undefined) throw new Error('there is nothing to pick from')
      return found
    },
    shuffle: (list) =>
      list
        .map((item) => ({ item, order: part() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ item }) => item),
    chance: (wanted) => part() < wanted,
    fork: (name) => openRandom(hash(name, seed)),
  }
}

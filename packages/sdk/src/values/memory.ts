// The values in memory and where they come from: log id, point, entity tag. Owns what is taken and what is refused as older.
import { equalJson, freeze, type Json } from './json.ts'
import { isOlder, type Point } from './point.ts'
import type { Named } from './scope.ts'

/** Where a state comes from; a bootstrap may know neither. */
export interface Origin {
  readonly log: string | undefined
  readonly point: Point | undefined
}

export interface Difference {
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  /** What changed or is gone, as it was. */
  readonly before: ReadonlyMap<string, Json>
}

export interface Memory {
  readonly get: (name: string) => Json | undefined
  readonly values: () => ReadonlyMap<string, Json>
  readonly origin: () => Origin
  /** Whether any state was ever taken, be it an empty one. */
  readonly holds: () => boolean
  readonly etag: () => string | undefined
  /** Takes what was kept from an earlier run. Its point is only a hint until the server has said something itself. */
  readonly recall: (values: Named, origin: Origin) => void
  /** Whether where the values stand is what was kept, and not yet what the server said. */
  readonly guesses: () => boolean
  /** The hint was wrong: the values stay, and where they stand is not known. */
  readonly doubt: () => void
  /** Takes a whole state, unless it is older than what the server said before of the same log. */
  readonly replace: (values: Named, origin: Origin, etag?: string) => Difference | 'older'
  /** Takes changes to what is held; 'apart' where what is held is of another log, or nothing is held. */
  readonly amend: (changed: Named, removed: readonly string[], origin: Origin) => Difference | 'older' | 'apart'
  /** The same values stand at a later point. */
  readonly confirm: (origin: Origin) => 'older' | undefined
}

const older = (held: Origin, { log, point }: Origin): boolean =>
  held.log !== undefined &&
  held.log === log &&
  held.point !== undefined &&
  point !== undefined &&
  isOlder(point, held.point)

export const openMemory = (): Memory => {
  const values: Named = new Map()
  let held: Origin = { log: undefined, point: undefined }
  let tag: string | undefined
  let any = false
  let guess = false

  const move = (origin: Origin, etag: string | undefined): void => {
    held = origin
    tag = etag
    any = true
    guess = false
  }

  const apply = (changes: Iterable<readonly [string, Json]>, removals: Iterable<string>): Difference => {
    const changed: string[] = []
    const removed: string[] = []
    const before = new Map<string, Json>()
    for (const [name, value] of changes) {
      const was = values.get(name)
      if (equalJson(was, value)) continue
      if (was !== undefined) before.set(name, was)
      values.set(name, freeze(value))
      changed.push(name)
    }
    for (const name of removals) {
      const was = values.get(name)
      if (was === undefined) continue
      before.set(name, was)
      values.delete(name)
      removed.push(name)
    }
    return { changed, removed, before }
  }

  return {
    get: (name) => values.get(name),
    values: () => values,
    origin: () => held,
    holds: () => any,
    etag: () => tag,
    guesses: () => guess,
    recall: (next, origin) => {
      apply(next, [])
      move(origin, undefined)
      guess = true
    },
    doubt: () => move({ log: undefined, point: undefined }, undefined),
    replace: (next, origin, etag) => {
      if (!guess && older(held, origin)) return 'older'
      const difference = apply(
        next,
        [...values.keys()].filter((name) => !next.has(name)),
      )
      // Last: where it fails, what is held is not taken for what it should have become.
      move(origin, etag)
      return difference
    },
    amend: (changed, removed, origin) => {
      if (!any || held.log === undefined || held.log !== origin.log) return 'apart'
      if (older(held, origin)) return 'older'
      const difference = apply(changed, removed)
      move(origin, undefined)
      return difference
    },
    confirm: (origin) => {
      if (older(held, origin)) return 'older'
      move(origin, tag)
      return undefined
    },
  }
}

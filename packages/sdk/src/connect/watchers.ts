// Who watches which key. Owns telling each what its key was and is; a watcher that throws harms no other.
import type { Json } from '../values/json.ts'
import type { Difference } from '../values/memory.ts'

/** undefined: there is no value. */
export type Watcher = (value: Json | undefined, before: Json | undefined) => void

export interface Watchers {
  readonly add: (name: string, watcher: Watcher) => () => void
  readonly tell: (difference: Difference, valueOf: (name: string) => Json | undefined) => void
}

export const openWatchers = (failed: (name: string, cause: unknown) => void): Watchers => {
  const watching = new Map<string, Set<{ readonly watcher: Watcher }>>()
  return {
    add: (name, watcher) => {
      const own = { watcher }
      const set = watching.get(name) ?? new Set()
      watching.set(name, set.add(own))
      return () => {
        set.delete(own)
        if (set.size === 0 && watching.get(name) === set) watching.delete(name)
      }
    },
    tell: ({ changed, removed, before }, valueOf) => {
      for (const name of [...changed, ...removed])
        for (const { watcher } of new Set(watching.get(name)))
          try {
            watcher(valueOf(name), before.get(name))
          } catch (cause) {
            failed(name, cause)
          }
    },
  }
}

// Which end of each log this node has seen for certain, so that an append behind it need not look for the batch before. Owns only what it was told.
import type { LogId, Millis, Revision } from '@konfig/core'

export interface Ends {
  /** Whether a batch of the log ends exactly there. False may only mean that it is not known. */
  readonly has: (log: LogId, end: Revision) => boolean
  readonly learn: (log: LogId, end: Revision) => void
  readonly forget: (log: LogId) => void
}

const most = 20_000
/** Far less than what is trimmed or erased keeps its places, so that nobody who still believes in an end can land there. */
const trustMillis: Millis = 10 * 60 * 1000

export const openEnds = (now: () => Millis = Date.now): Ends => {
  const known = new Map<LogId, { readonly end: Revision; readonly since: Millis }>()
  return {
    has: (log, end) => {
      const found = known.get(log)
      if (found?.end !== end) return false
      // A clock that went back makes it old, too.
      const age = now() - found.since
      return age >= 0 && age < trustMillis
    },
    learn: (log, end) => {
      known.delete(log)
      known.set(log, { end, since: now() })
      if (known.size <= most) return
      const [oldest] = known.keys()
      if (oldest !== undefined) known.delete(oldest)
    },
    forget: (log) => void known.delete(log),
  }
}

// The background walk: verifies from the first row, one after another, the logs that this node holds. Loading verified only snapshot and tail.
// Tells of what it finds and goes on; it changes nothing.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'

export interface Walk {
  /** Verifies the next log in turn; answers which, undefined where there is none. Found damage goes to `app.onError`. */
  readonly step: () => Promise<LogId | undefined>
}

export const openWalk = (app: App): Walk => {
  let done: readonly LogId[] = []
  return {
    step: async () => {
      const ids = app.logs.ids()
      const log = ids.find((id) => !done.includes(id)) ?? ids[0]
      if (log === undefined) return undefined
      done = ids.every((id) => done.includes(id) || id === log) ? [] : [...done.filter((id) => ids.includes(id)), log]
      // What this node has seen must still be there: a log that ends earlier was cut off behind our back.
      const seen = app.logs.held(log)?.head().revision ?? 0
      const ring = await app.rings.load(log)
      const found = await verifyLog(app.journal, log, ring === undefined || ring === 'destroyed' ? undefined : ring)
      const damage = !found.ok
        ? { revision: found.revision, reason: found.reason }
        : found.head.revision < seen
          ? { revision: found.head.revision + 1, reason: 'the log ends before what this node has seen' }
          : undefined
      if (damage !== undefined && app.logs.held(log) !== undefined)
        app.onError(new KonfigError(failure('journal_corrupt', { log, ...damage })))
      return log
    },
  }
}

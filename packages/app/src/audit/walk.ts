// The background walk: verifies from the first row, one after another, the logs that this node holds. Loading verified only snapshot and tail.
// Tells of what it finds and goes on; it changes nothing.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'
import { expectedHeads } from './heads.ts'

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
      // What was seen must still be there: a log that ends earlier was cut off behind our back.
      const heads = await expectedHeads(app, log)
      const ring = await app.rings.load(log)
      const found = await verifyLog(app.journal, log, ring === undefined || ring === 'destroyed' ? undefined : ring, {
        heads,
        signedBy: app.signing,
      })
      if (!found.ok && app.logs.held(log) !== undefined) {
        const { revision, reason } = found
        app.onError(new KonfigError(failure('journal_corrupt', { log, revision, reason })))
      }
      return log
    },
  }
}

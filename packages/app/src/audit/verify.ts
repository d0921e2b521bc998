// Verifies both logs from their first row: order, chain, and that each row opens. Names the first that is not as it was written.
import { verifyLog } from '@konfig/journal'
import { KonfigError, type LogId } from '@konfig/core'
import type { App } from '../app.ts'
import { check, type Context } from '../context.ts'
import { openGate, type Gate } from '../identity/gate.ts'
import { accessLogOf } from './log.ts'

export interface VerifiedLog {
  readonly log: 'config' | 'access'
  readonly id: LogId
  readonly ok: boolean
  /** The newest revision that was found good, or the first that is not. */
  readonly revision: number
  /** Rows that were read; null where one was bad. */
  readonly batches: number | null
  readonly reason: string | null
}

export interface VerifiedAudit {
  readonly ok: boolean
  readonly logs: readonly VerifiedLog[]
}

const gates = new WeakMap<App, Gate>()

/** Reading whole logs is costly: one at a time on a node, and few may wait. */
const gateOf = (app: App): Gate => {
  const found = gates.get(app)
  if (found !== undefined) return found
  const made = openGate(1, 20)
  gates.set(app, made)
  return made
}

/** Where the keys themselves cannot be read, nothing of the log can be vouched for. */
const verifyOne = (app: App, name: VerifiedLog['log'], id: LogId): Promise<VerifiedLog> =>
  walkOne(app, name, id).catch((error: unknown) => {
    if (!(error instanceof KonfigError) || error.failure.code !== 'journal_corrupt') throw error
    const { reason } = error.failure.data
    return { log: name, id, ok: false, revision: 0, batches: null, reason: typeof reason === 'string' ? reason : '' }
  })

const walkOne = async (app: App, name: VerifiedLog['log'], id: LogId): Promise<VerifiedLog> => {
  const ring = await app.rings.load(id)
  const found = await verifyLog(app.journal, id, ring === undefined || ring === 'destroyed' ? undefined : ring)
  return found.ok
    ? { log: name, id, ok: true, revision: found.head.revision, batches: found.batches, reason: null }
    : { log: name, id, ok: false, revision: found.revision, batches: null, reason: found.reason }
}

/** Rejects with `denied`, `overloaded`, `unavailable`; what does not verify is answered, not thrown. */
export const verifyAudit = (context: Context): Promise<VerifiedAudit> => {
  check(context, 'audit:read')
  const { app, log } = context
  return gateOf(app).run(async () => {
    const config = await verifyOne(app, 'config', log.log)
    const access = await verifyOne(app, 'access', accessLogOf(context))
    return { ok: config.ok && access.ok, logs: [config, access] }
  })
}

// Verifies both logs from where they begin: order, chain, that each row opens, who signed for what was trimmed, and that each still reaches where it
// is known to have been. Names the first that is not as it was written.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { type KeptHead, type LogHead, readHead, signHead, verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'
import { check, type Context } from '../context.ts'
import { openGate, type Gate } from '../identity/gate.ts'
import { expectedHeads } from './heads.ts'
import { accessLogOf } from './log.ts'

export interface VerifiedLog {
  /** `gone`: somebody kept a head of it, and it is none of the two that there are. */
  readonly log: 'config' | 'access' | 'gone'
  readonly id: LogId
  readonly ok: boolean
  /** The newest revision that was found good, or the first that is not. */
  readonly revision: number
  /** Rows that were read; null where one was bad. */
  readonly batches: number | null
  readonly reason: string | null
  /** What was trimmed: all up to that revision, the last of it written then. Null where the log is whole. */
  readonly trimmed: { readonly revision: number; readonly until: string } | null
  /** Where it stands, signed: one line to keep elsewhere. Null where one was bad. */
  readonly head: string | null
}

export interface VerifiedAudit {
  readonly ok: boolean
  readonly logs: readonly VerifiedLog[]
  /** With which the installation signs checkpoints and heads. */
  readonly publicKey: { readonly id: string; readonly pem: string }
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

const bad = (log: VerifiedLog['log'], id: LogId, revision: number, reason: string): VerifiedLog => ({
  log,
  id,
  ok: false,
  revision,
  batches: null,
  reason,
  trimmed: null,
  head: null,
})

/** Where the keys themselves cannot be read, nothing of the log can be vouched for. */
const verifyOne = (app: App, name: VerifiedLog['log'], id: LogId, kept: readonly LogHead[]): Promise<VerifiedLog> =>
  walkOne(app, name, id, kept).catch((error: unknown) => {
    if (!(error instanceof KonfigError) || error.failure.code !== 'journal_corrupt') throw error
    const { reason } = error.failure.data
    return bad(name, id, 0, typeof reason === 'string' ? reason : '')
  })

const walkOne = async (
  app: App,
  name: VerifiedLog['log'],
  id: LogId,
  kept: readonly LogHead[],
): Promise<VerifiedLog> => {
  const ring = await app.rings.load(id)
  const heads = await expectedHeads(app, id, kept)
  const found = await verifyLog(app.journal, id, ring === undefined || ring === 'destroyed' ? undefined : ring, {
    heads,
    signedBy: app.signing,
  })
  if (!found.ok) return bad(name, id, found.revision, found.reason)
  const { head, batches, begins } = found
  return {
    log: name,
    id,
    ok: true,
    revision: head.revision,
    batches,
    reason: null,
    trimmed: begins === undefined ? null : { revision: begins.revision, until: new Date(begins.until).toISOString() },
    head: signHead(app.signing, id, head, app.ports.now()),
  }
}

/** Lines of heads as they were kept. Throws `malformed_request` for one that this installation did not sign. */
export const readHeads = (app: App, lines: readonly string[]): readonly KeptHead[] =>
  lines.map((line, index) => {
    const read = readHead(line, app.signing)
    if (!read.ok)
      throw new KonfigError(
        failure('malformed_request', { reason: `head ${index + 1} is not to be believed: ${read.reason}` }),
      )
    return read.head
  })

/** Rejects with `denied`, `malformed_request`, `overloaded`, `unavailable`; what does not verify is answered, not thrown. */
export const verifyAudit = (context: Context, lines: readonly string[] = []): Promise<VerifiedAudit> => {
  check(context, 'audit:read')
  const { app, log } = context
  const kept = readHeads(app, lines)
  const keptOf = (id: LogId): readonly KeptHead[] => kept.filter((head) => head.log === id)
  const access = accessLogOf(context)
  const gone = [...new Set(kept.map((head) => head.log))].filter((id) => id !== log.log && id !== access)
  return gateOf(app).run(async () => {
    const logs = [
      await verifyOne(app, 'config', log.log, keptOf(log.log)),
      await verifyOne(app, 'access', access, keptOf(access)),
      ...gone.map((id) => bad('gone', id, 0, 'a head of this log was kept, and it is no log of this tenant any more')),
    ]
    const { id, pem } = app.signing
    return { ok: logs.every(({ ok }) => ok), logs, publicKey: { id, pem } }
  })
}

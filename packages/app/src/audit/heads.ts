// The heads that logs are known to have had: noted in a sealed record for each log, and for many at a time in the platform's access log, so that one
// log that is cut short does not say so alone. Owns what was noted; verifying holds logs against it.
import { failure, isObject, KonfigError, type LogId, type Millis } from '@konfig/core'
import { type LogHead, type SealedRecord, verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'

const collection = 'log-heads'
const pageSize = 500

/** A type of event in the platform's access log. */
export const headsNoted = 'heads_noted'

interface Stored {
  readonly revision: number
  /** In hexadecimal. */
  readonly hash: string
  readonly at: Millis
}

const headOf = ({ revision, hash }: Pick<Stored, 'revision' | 'hash'>): LogHead => ({
  revision,
  hash: new Uint8Array(Buffer.from(hash, 'hex')),
})

/** The newest head that a record says the log has had. */
const notedHead = async (app: App, log: LogId): Promise<LogHead | undefined> => {
  const found = await app.records.get<Stored>(collection, log)
  return found === undefined ? undefined : headOf(found.value)
}

/** Logs of which a head is noted, in order. */
export async function* notedLogs(app: App): AsyncGenerator<LogId> {
  let after: string | undefined
  for (;;) {
    const page: readonly SealedRecord<Stored>[] = await app.records.list<Stored>(collection, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    for (const { id } of page) yield id
    after = page.at(-1)?.id
    if (after === undefined) return
  }
}

/** What a log must live up to: the head that is noted, the one that this node has seen, and those that somebody kept. */
export const expectedHeads = async (
  app: App,
  log: LogId,
  kept: readonly LogHead[] = [],
): Promise<readonly LogHead[]> => {
  const noted = await notedHead(app, log)
  const seen = app.logs.held(log)?.head()
  return [...(noted === undefined ? [] : [noted]), ...(seen === undefined ? [] : [seen]), ...kept]
}

/**
 * Notes where a log stands, unless that is noted already; answers what was noted now. A head only goes forward, whoever notes it, and only over
 * rows that open and continue what was noted before: what somebody put behind them who holds the database is told of, and never taken for the log's end.
 */
export const noteHead = async (app: App, log: LogId): Promise<LogHead | undefined> => {
  for (;;) {
    const known = await app.records.get<Stored>(collection, log)
    const noted = known === undefined ? undefined : headOf(known.value)
    const end = await app.journal.head(log)
    if (end === 'erased' || end <= (noted?.revision ?? 0)) return undefined
    const ring = await app.rings.load(log)
    if (ring === undefined || ring === 'destroyed') return undefined
    const seen = app.logs.held(log)?.head()
    const from = (seen?.revision ?? 0) > (noted?.revision ?? 0) ? seen : noted
    const found = await verifyLog(app.journal, log, ring, { from, signedBy: app.signing })
    // What was written since the keys were read may be sealed with a newer one.
    if (!found.ok && found.revision <= end) {
      const { revision, reason } = found
      app.onError(new KonfigError(failure('journal_corrupt', { log, revision, reason })))
    }
    const { revision, hash } = found.head
    if (revision <= (noted?.revision ?? 0)) return undefined
    const next: Stored = { revision, hash: Buffer.from(hash).toString('hex'), at: app.ports.now() }
    if ((await app.records.put(collection, log, known?.version, next)) !== undefined) return found.head
  }
}

/** Heads of one event, so that it stays small. */
const headsOfEvent = 200

/** The same in the platform's access log. */
export const tellHeads = async (app: App, heads: ReadonlyMap<LogId, LogHead>): Promise<void> => {
  const all = [...heads]
  for (let at = 0; at < all.length; at += headsOfEvent) {
    const told = all.slice(at, at + headsOfEvent)
    await app.recordAccess(app.platformAccess, {
      type: headsNoted,
      actor: 'system',
      data: {
        // Restored, this log is another one, and what it tells of are the logs before.
        of: app.platformAccess,
        heads: Object.fromEntries(
          told.map(([log, { revision, hash }]) => [log, `${revision} ${Buffer.from(hash).toString('hex')}`]),
        ),
      },
    })
  }
}

/** The newest heads that the platform's access log tells of, as far back as it goes. Rejects with `journal_corrupt` where it cannot be read. */
export const toldHeads = async (app: App): Promise<ReadonlyMap<LogId, LogHead>> => {
  const found = new Map<LogId, LogHead>()
  const sealed = await app.logs.sealed(app.platformAccess)
  for (let after = 0; ; ) {
    const commits = await sealed.history(after, pageSize)
    const last = commits.at(-1)
    if (last === undefined) return found
    after = last.revision
    for (const { note } of commits) {
      const data = note?.['type'] === headsNoted ? note['data'] : undefined
      const heads = isObject(data) ? data['heads'] : undefined
      if (!isObject(data) || data['of'] !== app.platformAccess || !isObject(heads)) continue
      for (const [log, text] of Object.entries(heads)) {
        const [revision = '', hash = ''] = typeof text === 'string' ? text.split(' ') : []
        found.set(log, headOf({ revision: Number(revision), hash }))
      }
    }
  }
}

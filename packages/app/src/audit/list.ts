// The audit view: commits of the config log and events of the access log as one list, newest first. The same on either side.
import { type Commit, failure, isObject, type Json, KonfigError, type Millis } from '@konfig/core'
import { check, type Context } from '../context.ts'
import { actorNames } from '../identity/names.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { decodeCursor, defaultLimit, encodeCursor, maximumLimit } from '../page.ts'
import { openPageRoom } from '../page-bytes.ts'
import { type AuditEntry, entryOf, isAbout, typeOf } from './entry.ts'
import { accessLogOf } from './log.ts'
import { newestFirst, trimmedType } from './newest-first.ts'

export interface AuditQuery {
  readonly type?: string | undefined
  /** `user:<id>`, `key:<id>`, `system`, or the id alone. */
  readonly actor?: string | undefined
  readonly resource?: string | undefined
  /** RFC 3339; both ends belong to what is listed. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface AuditPage {
  readonly items: readonly AuditEntry[]
  readonly next: string | null
}

/** A rare filter must not read whole logs in one request: the page ends, and its cursor goes on. */
const maximumScanned = 5_000

const timeOf = (text: string | undefined, parameter: string): Millis | undefined => {
  if (text === undefined) return undefined
  const time = /^\d{4}-\d{2}-\d{2}([Tt ]|$)/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(time)) return time
  throw new KonfigError(failure('malformed_request', { reason: `${parameter} is not an RFC 3339 time` }))
}

/** The newest revision of each log that is still to be looked at. */
interface Cursor {
  readonly config: number
  readonly access: number
}

const isPosition = (value: Json | undefined): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const startOf = async (
  context: Context,
  config: HeldLog,
  access: HeldLog,
  query: AuditQuery,
  to: Millis | undefined,
): Promise<Cursor> => {
  if (query.cursor !== undefined)
    return decodeCursor<Json>(
      query.cursor,
      (value) => isObject(value) && isPosition(value['config']) && isPosition(value['access']),
    ) as unknown as Cursor
  if (to === undefined) return { config: config.state().revision, access: access.state().revision }
  const { past } = context.app
  return { config: await past.revisionAt(config, to), access: await past.revisionAt(access, to) }
}

interface Looking {
  readonly log: AuditEntry['log']
  readonly commits: AsyncGenerator<Commit, undefined>
  commit: Commit | undefined
}

const begin = async (log: AuditEntry['log'], held: HeldLog, upTo: number): Promise<Looking> => {
  const commits = newestFirst(held.sealed, Math.min(upTo, held.state().revision))
  return { log, commits, commit: (await commits.next()).value }
}

/** The newer of the two; of two at one time the change. */
const newer = (config: Looking, access: Looking): Looking => {
  if (config.commit === undefined) return access
  return access.commit !== undefined && access.commit.time > config.commit.time ? access : config
}

/** Rejects with `denied`, `malformed_request`. A page may be short though `next` is there. */
export const listAudit = async (context: Context, query: AuditQuery): Promise<AuditPage> => {
  check(context, 'audit:read')
  const { app, log: configLog, side } = context
  const from = timeOf(query.from, 'from')
  const to = timeOf(query.to, 'to')
  const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maximumLimit)
  const accessLog = await app.logs.hold(accessLogOf(context))
  const start = await startOf(context, configLog, accessLog, query, to)
  const config = await begin('config', configLog, start.config)
  const access = await begin('access', accessLog, start.access)
  const nameActor = actorNames(app, side, configLog.state())
  const { type, actor, resource } = query
  const wanted = (commit: Commit, log: AuditEntry['log']): boolean =>
    // Whatever is looked for: what is gone cannot be told apart any more.
    typeOf(commit, log) === trimmedType ||
    ((type === undefined || typeOf(commit, log) === type) &&
      (actor === undefined || commit.actor === actor || commit.actor.slice(commit.actor.indexOf(':') + 1) === actor) &&
      (to === undefined || commit.time <= to) &&
      (resource === undefined || isAbout(commit, resource)))

  const items: AuditEntry[] = []
  const fits = openPageRoom()
  for (let scanned = 0; ; scanned++) {
    const at = newer(config, access)
    const { commit } = at
    if (commit === undefined || (from !== undefined && commit.time < from)) return { items, next: null }
    const entry = wanted(commit, at.log) ? await entryOf(commit, at.log, nameActor) : undefined
    if (items.length >= limit || scanned >= maximumScanned || (entry !== undefined && !fits(entry)))
      return {
        items,
        next: encodeCursor({ config: config.commit?.revision ?? 0, access: access.commit?.revision ?? 0 }),
      }
    if (entry !== undefined) items.push(entry)
    at.commit = (await at.commits.next()).value
  }
}

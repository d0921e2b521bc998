// Moments of the past as people write them: a revision, a point, a time. Owns how they are read; states are loaded elsewhere.
import { failure, KonfigError, type Millis, parsePoint, type Revision } from '@konfig/core'
import type { Context } from '../context.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { commitAt, newestFor } from './versions.ts'

export interface Moment {
  /** Of the context's own log, 1 at least. */
  readonly revision: Revision
  /** Of the platform's log. */
  readonly platform: Revision
}

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i

/** RFC 3339, or undefined; also for a day that no calendar has, which the engine would take for one of the next month. */
export const readTime = (text: string): Millis | undefined => {
  const read = time.test(text) ? Date.parse(text) : Number.NaN
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`)
  return Number.isFinite(read) && new Date(day).toISOString().startsWith(text.slice(0, 10)) ? read : undefined
}

export const timeText = (millis: Millis): string => new Date(millis).toISOString()

const within = async (held: HeldLog, revision: Revision, least: Revision): Promise<Revision> => {
  const newest = await newestFor(held, revision)
  if (revision < least || revision > newest) throw new KonfigError(failure('revision_not_found', { revision, newest }))
  return revision
}

/**
 * Digits are a revision of the context's log (with the platform revision that its commit recorded), `n-m` a point, everything else a time:
 * the last revision of each log not after it. Throws `revision_not_found` for what is beyond, or before the first commit; `malformed_request`.
 */
export const momentOf = async (context: Pick<Context, 'app' | 'log' | 'side'>, text: string): Promise<Moment> => {
  const { app, log, side } = context
  const recorded = async (revision: Revision): Promise<Moment> => {
    const { platform } = await commitAt(log, await within(log, revision, 1))
    // The node that wrote it may have known more of the platform than this one does.
    await newestFor(app.platform, platform)
    return { revision, platform: side === 'platform' ? revision : platform }
  }
  if (/^\d{1,15}$/.test(text)) return recorded(Number(text))
  const point = parsePoint(text)
  if (point !== undefined) {
    const platform = await within(app.platform, point.platform, 0)
    return { revision: side === 'platform' ? platform : await within(log, point.tenant, 1), platform }
  }
  const millis = readTime(text)
  if (millis === undefined)
    throw new KonfigError(
      failure('malformed_request', {
        reason: 'a moment is a revision, a point such as 812-450, or a time of RFC 3339',
      }),
    )
  const revision = await within(log, await app.past.revisionAt(log, millis), 1)
  return { revision, platform: side === 'platform' ? revision : await app.past.revisionAt(app.platform, millis) }
}

// How long an access log is kept, and trimming it when its time is over. Promise: what is younger than its plan allows stays, on whichever node
// this runs and however often; logs of configuration are never trimmed.
import { isObject, type LogId, type Millis } from '@konfig/core'
import { trimLog } from '@konfig/journal'
import type { App } from '../app.ts'
import type { DirectoryEntry } from '../directory.ts'

const dayMillis = 24 * 3600 * 1000

const installationDays = ({ options }: App): number | undefined =>
  options.accessLogDays === undefined || options.accessLogDays === 0 ? undefined : options.accessLogDays

/** Days that a tenant's access log is kept; undefined is for ever. A plan that does not say leaves it to the installation. */
export const daysOf = (app: App, { plan }: Pick<DirectoryEntry, 'plan'>): number | undefined => {
  const limits = plan === undefined ? undefined : app.platform.state().get('plan', plan)?.body['limits']
  const days = isObject(limits) ? limits['accessLogDays'] : undefined
  if (days === undefined) return installationDays(app)
  return typeof days === 'number' && days > 0 ? days : undefined
}

/** The same for the platform's own. */
export const platformDays = installationDays

/** Trims until nothing is due; answers how many commits went, and when there is something to trim next. */
export const retain = async (
  app: App,
  log: LogId,
  days: number,
): Promise<{ readonly commits: number; readonly due: Millis | undefined }> => {
  const ring = await app.rings.load(log)
  if (ring === undefined || ring === 'destroyed') return { commits: 0, due: undefined }
  let commits = 0
  for (;;) {
    const now = app.ports.now()
    const before = now - days * dayMillis
    const trimmed = await trimLog(app.journal, log, { ring, signing: app.signing, before, now })
    commits += trimmed.commits
    if (trimmed.commits > 0) continue
    return { commits, due: trimmed.oldest === undefined ? undefined : trimmed.oldest + days * dayMillis }
  }
}

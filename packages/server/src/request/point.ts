// Konfig-Min-Point: a reader who has seen a point is not answered with less.
import type { App, HeldLog } from '@konfig/app'
import { failure, formatPoint, KonfigError, parsePoint, type Point } from '@konfig/core'

const patience = 5000
const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

const reached = (wanted: Point, platform: HeldLog, tenant: HeldLog | undefined): boolean =>
  platform.state().revision >= wanted.platform && (tenant === undefined || tenant.state().revision >= wanted.tenant)

/** Reads the logs' tails until the point is reached. `point_ahead` where the journal itself has less; `behind` where it cannot be asked for 5 s. */
export const awaitPoint = async (app: App, tenant: HeldLog | undefined, header: string): Promise<void> => {
  const wanted = parsePoint(header)
  if (wanted === undefined)
    throw new KonfigError(failure('malformed_request', { reason: 'Konfig-Min-Point is a point such as 812-450' }))
  // Steady: the clock of the machine may jump.
  const until = performance.now() + patience
  while (!reached(wanted, app.platform, tenant)) {
    try {
      const platform = await app.platform.catchUp()
      const own = await tenant?.catchUp()
      if (reached(wanted, app.platform, tenant)) return
      const newest = formatPoint({ platform: platform.revision, tenant: own?.revision ?? 0 })
      throw new KonfigError(failure('point_ahead', { point: formatPoint(wanted), newest }))
    } catch (reason) {
      if (reason instanceof KonfigError && reason.failure.category !== 'unavailable') throw reason
      if (performance.now() >= until) throw new KonfigError(failure('behind', { point: formatPoint(wanted) }))
      await pause(100)
    }
  }
}

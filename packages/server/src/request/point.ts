// Konfig-Min-Point: a reader who has seen a point is not answered with less.
import type { App, HeldLog } from '@konfig/app'
import { failure, formatPoint, KonfigError, parsePoint, type Point } from '@konfig/core'

const patienceMillis = 5000
const againMillis = 100

const reached = (wanted: Point, platform: HeldLog, tenant: HeldLog | undefined): boolean =>
  platform.state().revision >= wanted.platform && (tenant === undefined || tenant.state().revision >= wanted.tenant)

/** Whether the journal's newest reaches it; a rejection that is no failure of the journal is the answer. */
const catchUp = async (app: App, tenant: HeldLog | undefined, wanted: Point): Promise<void> => {
  const [platform, own] = await Promise.all([app.platform.catchUp(), tenant?.catchUp()])
  if (reached(wanted, app.platform, tenant)) return
  const newest = formatPoint({ platform: platform.revision, tenant: own?.revision ?? 0 })
  throw new KonfigError(failure('point_ahead', { point: formatPoint(wanted), newest }))
}

/**
 * Reads the logs' tails until both parts of the point are reached; answers whether it had to. `point_ahead` where the journal itself has less; `behind`
 * where it has not answered for five seconds.
 */
export const awaitPoint = async (
  app: App,
  tenant: HeldLog | undefined,
  header: string,
  patience = patienceMillis,
): Promise<boolean> => {
  const wanted = parsePoint(header)
  if (wanted === undefined)
    throw new KonfigError(failure('malformed_request', { reason: 'Konfig-Min-Point is a point such as 812-450' }))
  if (reached(wanted, app.platform, tenant)) return false
  let over = false
  const { promise: end, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    over = true
    reject(new KonfigError(failure('behind', { point: formatPoint(wanted) })))
  }, patience)
  const ask = async (): Promise<void> => {
    while (!over) {
      try {
        await catchUp(app, tenant, wanted)
        return
      } catch (reason) {
        if (!(reason instanceof KonfigError) || reason.failure.category !== 'unavailable') throw reason
      }
      await new Promise((resolve) => setTimeout(resolve, againMillis))
      // Others may have brought it meanwhile.
      if (reached(wanted, app.platform, tenant)) return
    }
  }
  try {
    await Promise.race([ask(), end])
    return true
  } finally {
    over = true
    clearTimeout(timer)
  }
}

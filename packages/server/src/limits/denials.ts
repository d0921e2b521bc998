// Notes denials in the access log: the first ones of a minute one by one, a flood of them as a number.
import { actorOf, type App, type Context } from '@konfig/app'

export interface Denials {
  readonly note: (context: Omit<Context, 'write'>, route: string, permission: string) => void
  /** Writes the numbers of minutes that are over; to be called every few seconds and at the end. */
  readonly flush: () => Promise<void>
}

const minute = 60_000
const writtenEach = 20

interface Count {
  readonly from: number
  written: number
  more: number
}

export const openDenials = (app: App): Denials => {
  const counts = new Map<string, Count>()

  const close = async (log: string, count: Count): Promise<void> => {
    counts.delete(log)
    if (count.more > 0) await app.recordAccess(log, { type: 'denied', actor: 'system', data: { more: count.more } })
  }

  return {
    note: (context, route, permission) => {
      const log = context.side === 'platform' || context.tenant === undefined ? app.platformAccess : context.tenant.access
      const now = app.ports.now()
      let count = counts.get(log)
      if (count !== undefined && now - count.from >= minute) {
        close(log, count).catch(app.onError)
        count = undefined
      }
      if (count === undefined) {
        count = { from: now, written: 0, more: 0 }
        counts.set(log, count)
      }
      if (count.written >= writtenEach) {
        count.more++
        return
      }
      count.written++
      const { request } = context
      app.recordAccess(log, { type: 'denied', actor: actorOf(context), request: request.id, data: { route, permission } }).catch(app.onError)
    },
    flush: async () => {
      for (const [log, count] of counts) if (app.ports.now() - count.from >= minute || count.more > 0) await close(log, count)
    },
  }
}

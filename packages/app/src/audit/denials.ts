// Denials and failures in the access log, counted per minute: a flood makes one line a minute, not one a request.
// The first of a kind is noted at once; what follows within the minute is noted as a count when the minute is over.
import type { ActorId, LogId } from '@konfig/core'
import type { AccessEvent, App } from '../app.ts'
import { noteSoon } from './note.ts'

interface Counting {
  readonly log: LogId
  readonly event: AccessEvent
  count: number
  timer: NodeJS.Timeout
}

const minute = 60_000
/** Beyond this many different ones in a minute, the rest are counted together under their type. */
const maximumCounting = 10_000

const countings = new WeakMap<App, Map<string, Counting>>()

const countingOf = (app: App): Map<string, Counting> => {
  const found = countings.get(app)
  if (found !== undefined) return found
  const made = new Map<string, Counting>()
  countings.set(app, made)
  return made
}

const settle = (app: App, name: string): void => {
  const counting = countingOf(app)
  const found = counting.get(name)
  if (found === undefined) return
  clearTimeout(found.timer)
  counting.delete(name)
  if (found.count > 0)
    noteSoon(app, found.log, { ...found.event, data: { ...found.event.data, repeated: found.count } })
}

/** Notes an event that may come in floods. Alike are those with equal `likeness` in one log; `only` is of the first of them, and not counted on. */
export const noteCounted = (
  app: App,
  log: LogId,
  likeness: string,
  event: AccessEvent,
  only: Pick<AccessEvent, 'request' | 'data'> = {},
): void => {
  const counting = countingOf(app)
  const crowded = counting.size >= maximumCounting
  const name = crowded ? `${log} ${event.type}` : `${log} ${event.type} ${likeness}`
  const found = counting.get(name)
  if (found !== undefined) {
    found.count++
    return
  }
  const timer = setTimeout(() => settle(app, name), minute)
  timer.unref()
  const first = crowded ? { type: event.type, actor: 'system' } : event
  counting.set(name, { log, event: first, count: 0, timer })
  noteSoon(app, log, crowded ? first : { ...first, ...only, data: { ...first.data, ...only.data } })
}

/** An actor was refused a permission, or what the code says. `only`: the request in which it was first, and where. */
export const noteDenial = (
  app: App,
  log: LogId,
  actor: ActorId,
  permission: string,
  only?: Pick<AccessEvent, 'request' | 'data'>,
): void => noteCounted(app, log, `${actor} ${permission}`, { type: 'denied', actor, data: { permission } }, only)

/** A plan's limit stopped something. */
export const noteQuota = (app: App, log: LogId, actor: ActorId, limit: string): void =>
  noteCounted(app, log, `${actor} ${limit}`, { type: 'quota_exceeded', actor, data: { limit } })

/** Notes what is still counted; to be called before the installation closes. */
export const settleCounted = (app: App): void => {
  for (const name of countingOf(app).keys()) settle(app, name)
}

// Whether a request may go on: by the node's limit, the tenant's minute and month, and for what strangers may call, by address.
// Owns the counting and what the access log is told of it; knows no route.
import { type App, monthOf, noteCounted } from '@konfig/app'
import { type ActorId, type Failure, failure, KonfigError } from '@konfig/core'
import { type Desk, type Desks, openDesks } from './desk.ts'
import { hasRoom, openWindow, secondsUntilRoom, take, type Window } from './window.ts'

export interface LimitOptions {
  /** Requests a minute to this node, whoever asks; undefined: none. */
  readonly globalPerMinute: number | undefined
  /** Requests a minute from one address to routes that anybody may call: login, register, refresh, accept. */
  readonly signInPerMinute: number
}

export interface Limits {
  readonly desks: Desks
  /** False where the whole node has had enough. */
  readonly node: () => boolean
  /** Whether `node()` would say yes now, without counting. */
  readonly roomAtNode: () => boolean
  /** Seconds for Retry-After of a refused `node()`. */
  readonly nodeSeconds: () => number
  /** Throws `rate_limited` for an address that came too often. */
  readonly address: (address: string) => void
  /** Counts a request of a tenant; the failure if its minute or month is used up, `unknown` where the month must be loaded first. */
  readonly count: (desk: Desk, now?: number) => Failure | 'unknown' | undefined
  /** The same, for those who can wait. */
  readonly admit: (desk: Desk, actor: ActorId) => Promise<void>
  /** To be called every few seconds. */
  readonly tidy: () => void
}

const mostAddresses = 100_000

const untilNextMonth = (now: number): number => {
  const [year = 0, month = 0] = monthOf(now).split('-').map(Number)
  return Math.max(1, Math.ceil((Date.UTC(year, month, 1) - now) / 1000))
}

export const openLimits = (app: App, options: LimitOptions): Limits => {
  const { ports, usage } = app
  const desks = openDesks(app)
  const global = openWindow(ports.now())
  const addresses = new Map<string, Window>()

  const count = (desk: Desk, now: number = ports.now()): Failure | 'unknown' | undefined => {
    desk.usedAt = now
    const { counter } = desk
    if (counter !== undefined && desk.perMonth !== Number.POSITIVE_INFINITY) {
      const known = usage.known(counter, now)
      if (known === undefined) return 'unknown'
      if (known >= desk.perMonth)
        return failure('quota_exceeded', {
          limit: desk.perMonth,
          what: 'requests a month',
          seconds: untilNextMonth(now),
        })
    }
    if (!take(desk.window, desk.perMinute, now)) {
      const seconds = secondsUntilRoom(desk.window, desk.perMinute, now)
      return failure('rate_limited', { seconds, limit: desk.perMinute })
    }
    if (counter !== undefined) usage.count(counter, now)
    return undefined
  }

  /** A line a minute and tenant at most, however many were refused. */
  const note = ({ tenant }: Desk, { code }: Failure, actor: ActorId): void => {
    if (tenant === undefined) return
    const limit = code === 'quota_exceeded' ? 'requestsPerMonth' : 'requestsPerMinute'
    noteCounted(app, tenant.access, limit, { type: 'quota_exceeded', actor, data: { limit } })
  }

  return {
    desks,
    node: () => options.globalPerMinute === undefined || take(global, options.globalPerMinute, ports.now()),
    roomAtNode: () => options.globalPerMinute === undefined || hasRoom(global, options.globalPerMinute, ports.now()),
    nodeSeconds: () => secondsUntilRoom(global, options.globalPerMinute ?? 1, ports.now()),
    address: (address) => {
      const now = ports.now()
      let window = addresses.get(address)
      if (window === undefined) {
        // Full of strangers: the oldest goes, so that memory stays bounded.
        const [oldest] = addresses.keys()
        if (addresses.size >= mostAddresses && oldest !== undefined) addresses.delete(oldest)
        window = openWindow(now)
        addresses.set(address, window)
      }
      if (!take(window, options.signInPerMinute, now))
        throw new KonfigError(
          failure('rate_limited', { seconds: secondsUntilRoom(window, options.signInPerMinute, now) }),
        )
    },
    count,
    admit: async (desk, actor) => {
      let refusal = count(desk)
      if (refusal === 'unknown') {
        await usage.load(desk.id)
        refusal = count(desk)
      }
      if (refusal === undefined || refusal === 'unknown') return
      note(desk, refusal, actor)
      throw new KonfigError(refusal)
    },
    tidy: () => {
      desks.sweep()
      const old = ports.now() - 120_000
      for (const [address, window] of addresses) if (window.from < old) addresses.delete(address)
    },
  }
}

// Whether a request may go on: by the node's limit, the tenant's minute and month, and for what strangers may call, by address.
// Owns the counting and what the access log is told of it; knows no route.
import { type App, monthOf, noteCounted } from '@konfig/app'
import { type ActorId, type Failure, failure, KonfigError } from '@konfig/core'
import type { ServerLog } from '../log/server-log.ts'
import { type Desk, type Desks, limitHere, openDesks } from './desk.ts'
import { openExchange } from './exchange.ts'
import { hasRoom, openWindow, secondsUntilRoom, take, usedOf, type Window } from './window.ts'
import type { Use } from './word.ts'

export interface LimitOptions {
  /** Requests a minute to this node, whoever asks; undefined: none. */
  readonly globalPerMinute: number | undefined
  /** Named where several processes are one node to those who ask: they share that limit. */
  readonly machine?: string | undefined
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
  /** Tells other nodes what was counted here; to be called every `exchangeMillis`. */
  readonly speak: () => void
  readonly close: () => void
}

interface Stranger {
  readonly window: Window
  /** What other nodes know the address by. */
  readonly name: string
  elsewhere: number
}

const mostAddresses = 100_000

const untilNextMonth = (now: number): number => {
  const [year = 0, month = 0] = monthOf(now).split('-').map(Number)
  return Math.max(1, Math.ceil((Date.UTC(year, month, 1) - now) / 1000))
}

export const openLimits = (app: App, options: LimitOptions, log?: Pick<ServerLog, 'warn'>): Limits => {
  const { ports, usage } = app
  const global = openWindow(ports.now())
  let globalElsewhere = 0
  const addresses = new Map<string, Stranger>()
  const named = new Map<string, Stranger>()
  const machine = options.machine === undefined ? undefined : `machine ${options.machine}`

  const uses = function* (): Iterable<Use> {
    const now = ports.now()
    yield* desks.uses(now)
    for (const { name, window } of addresses.values()) yield [name, usedOf(window, now)]
    if (machine !== undefined) yield [machine, usedOf(global, now)]
  }
  const moved = (name: string, elsewhere: number): void => {
    desks.heard(name, elsewhere)
    const stranger = named.get(name)
    if (stranger !== undefined) stranger.elsewhere = elsewhere
    if (name === machine) globalElsewhere = elsewhere
  }
  const untimely = (secondsOld: number): void =>
    log?.warn(
      'What another node says of requests is not believed: its clock is another, or somebody repeats what it said',
      { secondsOld },
    )
  const exchange = openExchange(app.nodes, ports.now, uses, moved, untimely)
  const desks = openDesks(app, exchange.elsewhere)

  const letGo = (address: string): void => {
    const stranger = addresses.get(address)
    if (stranger === undefined) return
    addresses.delete(address)
    named.delete(stranger.name)
  }
  const strangerAt = (address: string, now: number): Stranger => {
    const found = addresses.get(address)
    if (found !== undefined) return found
    // Full of strangers: the oldest goes, so that memory stays bounded.
    const [oldest] = addresses.keys()
    if (addresses.size >= mostAddresses && oldest !== undefined) letGo(oldest)
    const name = `address ${app.keyedHash(`address ${address}`)}`
    const stranger = { window: openWindow(now), name, elsewhere: exchange.elsewhere(name) }
    addresses.set(address, stranger)
    named.set(name, stranger)
    return stranger
  }
  const globalLimit = options.globalPerMinute ?? Number.POSITIVE_INFINITY

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
    if (!take(desk.window, limitHere(desk), now)) {
      const seconds = secondsUntilRoom(desk.window, limitHere(desk), now)
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

  /** No tenant is turned away because its count cannot be read: it is counted anew. */
  const goOnWhereDamaged = (reason: unknown): void => {
    if (!(reason instanceof KonfigError && reason.failure.code === 'journal_corrupt')) throw reason
    app.onError(reason)
  }

  return {
    desks,
    node: () => options.globalPerMinute === undefined || take(global, globalLimit - globalElsewhere, ports.now()),
    roomAtNode: () =>
      options.globalPerMinute === undefined || hasRoom(global, globalLimit - globalElsewhere, ports.now()),
    nodeSeconds: () => secondsUntilRoom(global, globalLimit - globalElsewhere, ports.now()),
    address: (address) => {
      const now = ports.now()
      const { window, elsewhere } = strangerAt(address, now)
      const limit = options.signInPerMinute - elsewhere
      if (!take(window, limit, now))
        throw new KonfigError(failure('rate_limited', { seconds: secondsUntilRoom(window, limit, now) }))
    },
    count,
    admit: async (desk, actor) => {
      let refusal = count(desk)
      if (refusal === 'unknown') {
        await usage.load(desk.id).catch(goOnWhereDamaged)
        refusal = count(desk)
      }
      if (refusal === undefined || refusal === 'unknown') return
      note(desk, refusal, actor)
      throw new KonfigError(refusal)
    },
    tidy: () => {
      desks.sweep()
      const old = ports.now() - 120_000
      for (const [address, { window }] of addresses) if (window.from < old) letGo(address)
    },
    speak: exchange.speak,
    close: exchange.close,
  }
}

// What this node knows of each tenant between two requests: its limits as of today's states, what it has used, and what its answers say of both.
// Owns no plan: those are read from state, again whenever a revision moved.
import type { State } from '@konfig/core'
import type { App, TenantRef, UsageCounter } from '@konfig/app'
import { formatPoint } from '@konfig/core'
import { openWindow, remainingOf, secondsLeft, usedOf, type Window } from './window.ts'
import type { Use } from './word.ts'

/** Requests a minute for a tenant whose plan is missing or says nothing. */
export const defaultPerMinute = 100
/** For members of the platform, who have no plan. */
const platformPerMinute = 100_000
const refreshMillis = 10_000

export interface Desk {
  readonly id: string
  readonly tenant: TenantRef | undefined
  readonly window: Window
  /** Where its requests of the month are counted. */
  readonly counter: UsageCounter | undefined
  perMinute: number
  /** Requests of the last minute that other nodes took, as they last said. */
  elsewhere: number
  perMonth: number
  /** The RateLimit-Policy field; undefined where nothing limits. */
  policy: string | undefined
  point: string
  readonly log: string | undefined
  /** What the hot lane writes of these three in every head; undefined where it has not done so since one of them changed. */
  head: string | undefined
  platformAt: number
  tenantAt: number
  usedAt: number
  /** Swept: the tenant gets another one. */
  gone: boolean
  /** When the tenant's log was last named as used. */
  touchedAt: number
}

export interface Desks {
  /** The desk of a tenant, in step with these states. */
  readonly at: (tenant: TenantRef, state: State, platform: State) => Desk
  /** Brings a tenant's desk that is not gone in step with these states. */
  readonly renew: (desk: Desk, state: State, platform: State) => void
  /** For callers without a tenant: the platform's members, and users who have none yet. */
  readonly without: (id: string, ofPlatform: boolean) => Desk
  /** What others took of the limit of a desk. */
  readonly heard: (id: string, elsewhere: number) => void
  /** What this node took, of each desk. */
  readonly uses: (now: number) => Iterable<Use>
  /** Lets go of desks that nobody came to for two minutes: their windows are empty by then. */
  readonly sweep: () => void
}

const limitOf = (limits: unknown, name: string, otherwise: number): number => {
  const value =
    typeof limits === 'object' && limits !== null && name in limits
      ? (limits as Record<string, unknown>)[name]
      : undefined
  return typeof value === 'number' ? value : value === null ? Number.POSITIVE_INFINITY : otherwise
}

const planOf = (state: State, platform: State): unknown => {
  for (const { body } of state.entries('tenant')) {
    const { plan } = body
    return typeof plan === 'string' ? platform.get('plan', plan)?.body['limits'] : undefined
  }
  return undefined
}

const policyOf = (perMinute: number): string | undefined =>
  perMinute === Number.POSITIVE_INFINITY ? undefined : `"default";q=${perMinute};w=60`

const renew = (desk: Desk, state: State, platform: State): void => {
  const limits = planOf(state, platform)
  desk.perMinute = limitOf(limits, 'requestsPerMinute', defaultPerMinute)
  desk.perMonth = limitOf(limits, 'requestsPerMonth', Number.POSITIVE_INFINITY)
  desk.policy = policyOf(desk.perMinute)
  desk.point = formatPoint({ platform: platform.revision, tenant: state.revision })
  desk.head = undefined
  desk.platformAt = platform.revision
  desk.tenantAt = state.revision
}

const inStep = (desk: Desk, state: State, platform: State): void => {
  if (desk.tenantAt !== state.revision || desk.platformAt !== platform.revision) renew(desk, state, platform)
}

/** `elsewhere`: what other nodes took before there was a desk here. */
export const openDesks = (app: App, elsewhere: (id: string) => number = () => 0): Desks => {
  const desks = new Map<string, Desk>()
  const fresh = (id: string, tenant: TenantRef | undefined): Desk => {
    const now = app.ports.now()
    const desk: Desk = {
      id,
      tenant,
      window: openWindow(now),
      counter: tenant === undefined ? undefined : app.usage.counter(tenant.id),
      perMinute: defaultPerMinute,
      elsewhere: elsewhere(id),
      perMonth: Number.POSITIVE_INFINITY,
      policy: policyOf(defaultPerMinute),
      point: '',
      log: tenant === undefined ? undefined : `${app.platform.log}.${tenant.config}`,
      head: undefined,
      platformAt: -1,
      tenantAt: -1,
      usedAt: now,
      gone: false,
      touchedAt: now,
    }
    desks.set(id, desk)
    return desk
  }
  return {
    at: (tenant, state, platform) => {
      let desk = desks.get(tenant.id)
      // Restored from a backup it has other logs, which its answers must name.
      if (desk !== undefined && desk.tenant?.config !== tenant.config) desk.gone = true
      if (desk === undefined || desk.gone) desk = fresh(tenant.id, tenant)
      inStep(desk, state, platform)
      return desk
    },
    renew: inStep,
    without: (id, ofPlatform) => {
      const desk = desks.get(id) ?? fresh(id, undefined)
      if (ofPlatform && desk.perMinute !== platformPerMinute) {
        desk.perMinute = platformPerMinute
        desk.policy = policyOf(platformPerMinute)
      }
      return desk
    },
    heard: (id, requests) => {
      const desk = desks.get(id)
      if (desk !== undefined) desk.elsewhere = requests
    },
    *uses(now) {
      for (const [id, { window }] of desks) yield [id, usedOf(window, now)]
    },
    sweep: () => {
      const old = app.ports.now() - 120_000
      for (const [id, desk] of desks)
        if (desk.usedAt < old) {
          desk.gone = true
          desks.delete(id)
        }
    },
  }
}

/** What other nodes leave of a desk's limit to this one. */
export const limitHere = (desk: Desk): number => desk.perMinute - desk.elsewhere

/** What every RateLimit field begins with. */
export const rateStart = '"default";r='

/** The rest of it: what is left, and the seconds until the window turns. */
export const leftOf = (desk: Desk, now: number): string =>
  `${remainingOf(desk.window, limitHere(desk), now)};t=${secondsLeft(desk.window, now)}`

export const rateOf = (desk: Desk, now: number): string => rateStart + leftOf(desk, now)

/** Tells the logs now and then that a tenant is read: the hot lane does not pass where they would see it. */
export const keepWarm = (app: App, desk: Desk, now: number): void => {
  if (desk.tenant === undefined || now - desk.touchedAt < refreshMillis) return
  desk.touchedAt = now
  app.logs.hold(desk.tenant.config).catch(app.onError)
}

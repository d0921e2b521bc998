// The streams of one tenant: who listens, by what right, and to which followers. Owns that a right that ended ends its streams, before
// anything that came after it is told.
import { setImmediate as othersRun } from 'node:timers/promises'
import { failure, type Failure, type Grant, KonfigError, type LogId } from '@konfig/core'
import type { App } from '../app.ts'
import type { Caller, TenantRef } from '../caller.ts'
import { authenticate, credentialOf } from '../identity/authenticate.ts'
import { verifiedKeyLookup } from '../identity/authenticate-key.ts'
import { planLimit } from '../identity/limit.ts'
import { refuseSuspended } from '../identity/standing.ts'
import type { HeldLog } from '../logs/held-log.ts'
import type { Listener, OpenStream, StreamEvent } from './face.ts'
import { type Follower, type Member, openFollower } from './follower.ts'
import { mayFollow, namespacesIn, sameGrants, type Selection, selectionKey, sightOf, type States } from './selection.ts'

/** Everybody who showed the same credential. */
interface Badge {
  readonly listener: Listener
  readonly seats: Set<Seat>
  grants: readonly Grant[]
  /** Somebody was seated by other rights than these: they changed while that stream was being opened. */
  unsure: boolean
}

interface Seat extends Member {
  readonly listener: Listener
  readonly badge: Badge
  follower: Follower
}

export interface House {
  readonly log: LogId
  readonly followers: ReadonlyMap<string, Follower>
  readonly count: () => number
  readonly follow: (selection: Selection) => Follower
  /** Throws `limit_reached`, `too_large`. After `catchUp` of the follower, without waiting in between. */
  readonly seat: (
    follower: Follower,
    listener: Listener,
    grants: readonly Grant[],
    from: string | undefined,
  ) => OpenStream
  /** Brings every follower with listeners up to date. */
  readonly catchUp: () => Promise<void>
  /** Looks at every credential again, for what no commit tells. */
  readonly recheck: () => Promise<void>
  /** Keeps the log in memory while somebody listens. */
  readonly keepWarm: () => Promise<void>
  readonly drop: (follower: Follower) => void
  /** Ends all streams without a word: listeners come back by themselves. */
  readonly close: () => void
}

export interface HouseOptions {
  readonly app: App
  readonly tenant: TenantRef
  readonly held: HeldLog
  readonly kept: (bytes: number) => void
  /** There is something to catch up with. */
  readonly wake: () => void
}

/** So many credentials are looked at before others have their turn. */
const badgesAtATime = 500
const governing = ['apiKey', 'role', 'member', 'tenant', 'settings', 'application', 'environment']
const governingPlatform = ['plan', 'member', 'role']

/** The last revisions that changed what anybody may do. */
const stampOf = ({ platform, tenant }: States): string =>
  `${Math.max(...governingPlatform.map((group) => platform.touched(group)))}-${Math.max(...governing.map((group) => tenant.touched(group)))}`

const revoked = ({ code }: Failure, point: string): StreamEvent => ({
  type: 'revoked',
  point,
  data: JSON.stringify({ reason: code }),
})

/** What ends a stream; the rest (the journal is away, too much at once) says nothing about rights. */
const ends = ({ category }: Failure): boolean => category === 'unauthenticated' || category === 'denied'

export const openHouse = ({ app, tenant, kept, wake, ...given }: HouseOptions): House => {
  let { held } = given
  const followers = new Map<string, Follower>()
  const badges = new Map<string, Badge>()
  /** In the order of arrival. */
  const seats = new Set<Seat>()
  const logName = `${app.platform.log}.${tenant.config}`
  const states = (): States => ({ platform: app.platform.state(), tenant: held.state() })
  let checked = stampOf(states())
  let checking: Promise<void> | undefined

  const leave = (seat: Seat): boolean => {
    if (!seats.delete(seat)) return false
    seat.follower.detach(seat)
    seat.badge.seats.delete(seat)
    return true
  }

  const end = (seat: Seat, reason: Failure | undefined): void => {
    const point = seat.follower.pointOf(seat) ?? ''
    if (leave(seat)) seat.listener.end(reason === undefined ? undefined : revoked(reason, point))
  }

  /** Of keys that this node knows, which is nearly all: without waiting. */
  const known = verifiedKeyLookup(app)

  /** The caller's rights now, or why there are none; undefined where that cannot be told at the moment. */
  const rightsOf = async ({ listener }: Badge): Promise<readonly Grant[] | Failure | undefined> => {
    try {
      const caller: Caller =
        known(credentialOf(listener.credentials) ?? '') ?? (await authenticate(app, listener.credentials))
      if (caller.type === 'anonymous' || caller.tenant?.config !== tenant.config) return failure('unauthenticated')
      refuseSuspended(held.state(), false)
      return caller.grants
    } catch (reason) {
      if (reason instanceof KonfigError) return ends(reason.failure) ? reason.failure : undefined
      app.onError(reason)
      return undefined
    }
  }

  /** Who may see more or less than before goes on with what may be seen now. */
  const moveTo = async (seat: Seat, selection: Selection): Promise<void> => {
    seat.follower.detach(seat)
    const next = follow(selection)
    seat.follower = next
    seat.serial = -1
    try {
      await next.catchUp()
      if (!seats.has(seat) || seat.follower !== next) return
      const first = next.attach(seat, undefined)
      if (first !== undefined) seat.listener.send(first)
    } catch (reason) {
      end(seat, reason instanceof KonfigError ? reason.failure : undefined)
    }
  }

  const weigh = (seat: Seat, moves: Promise<void>[]): void => {
    const { selection } = seat.follower
    const { grants } = seat.badge
    if (selection.type === 'all') {
      const sight = sightOf(grants, selection.environment)
      if (sight.length === 0)
        end(seat, failure('denied', { permission: 'value:read', where: ` in environment ${selection.environment}` }))
      else if (JSON.stringify(sight) !== JSON.stringify(selection.sight))
        moves.push(moveTo(seat, { ...selection, sight }))
      return
    }
    const names = selection.type === 'namespaces' ? selection.namespaces : namespacesIn(selection, states())
    if ('code' in names) return
    if (!mayFollow(grants, selection.environment, names))
      end(seat, failure('denied', { permission: 'value:read', where: '' }))
  }

  const enforceLimit = (): void => {
    const { platform, tenant: state } = states()
    const limit = planLimit(state, platform, 'streams')
    if (limit === undefined || seats.size <= limit) return
    for (const seat of [...seats].slice(limit)) end(seat, failure('limit_reached', { limit, what: 'streams' }))
  }

  const recheck = async (): Promise<void> => {
    const stamp = stampOf(states())
    const moves: Promise<void>[] = []
    let looked = 0
    for (const [name, badge] of badges) {
      if (++looked % badgesAtATime === 0) await othersRun()
      if (badge.seats.size === 0) {
        badges.delete(name)
        continue
      }
      const rights = await rightsOf(badge)
      if (rights === undefined) continue
      if ('code' in rights) {
        for (const seat of badge.seats) end(seat, rights)
        continue
      }
      const moved = badge.unsure || stamp !== checked || !sameGrants(badge.grants, rights)
      badge.grants = rights
      badge.unsure = false
      if (moved) for (const seat of badge.seats) weigh(seat, moves)
    }
    if (stamp !== checked) enforceLimit()
    checked = stamp
    // Not waited for: a follower that is being caught up with may be waiting for this very check.
    Promise.all(moves).catch(app.onError)
  }

  const settled = async (): Promise<void> => {
    while (checked !== stampOf(states())) {
      checking ??= recheck().finally(() => {
        checking = undefined
      })
      await checking
    }
  }

  const follow = (selection: Selection): Follower => {
    const key = selectionKey(selection)
    const known = followers.get(key)
    if (known !== undefined) return known
    const made = openFollower(key, selection, {
      log: logName,
      states,
      now: app.ports.now,
      kept,
      settle: async (follower, namespaces, widened) => {
        await settled()
        if (!widened) return
        for (const member of follower.members) {
          const seat = member as Seat
          if (!mayFollow(seat.badge.grants, selection.environment, namespaces))
            end(seat, failure('denied', { permission: 'value:read', where: '' }))
        }
      },
    })
    followers.set(key, made)
    return made
  }

  const badgeOf = (listener: Listener, grants: readonly Grant[]): Badge => {
    const { authorization = '', apiKey = '' } = listener.credentials
    const name = `${authorization}\n${apiKey}`
    const known = badges.get(name)
    if (known !== undefined) return known
    const made: Badge = { listener, seats: new Set(), grants, unsure: false }
    badges.set(name, made)
    return made
  }

  const catchUpOne = async (follower: Follower): Promise<void> => {
    try {
      await follower.catchUp()
    } catch (reason) {
      followers.delete(follower.key)
      if (!(reason instanceof KonfigError)) app.onError(reason)
      for (const member of follower.members)
        end(member as Seat, reason instanceof KonfigError ? reason.failure : undefined)
    }
  }

  return {
    log: tenant.config,
    followers,
    count: () => seats.size,
    follow,
    seat: (follower, listener, grants, from) => {
      const { platform, tenant: state } = states()
      const limit = planLimit(state, platform, 'streams')
      if (limit !== undefined && seats.size >= limit)
        throw new KonfigError(failure('limit_reached', { limit, what: 'streams' }))
      const badge = badgeOf(listener, grants)
      if (!sameGrants(badge.grants, grants)) badge.unsure = true
      const seat: Seat = { listener, badge, follower, serial: -1, send: listener.send }
      const first = follower.attach(seat, from)
      followers.set(follower.key, follower)
      seats.add(seat)
      badge.seats.add(seat)
      if (!follower.isCurrent()) wake()
      return {
        first,
        point: () => seat.follower.pointOf(seat),
        close: () => {
          leave(seat)
        },
      }
    },
    catchUp: async () => {
      await settled()
      for (const follower of followers.values()) if (follower.members.size > 0) await catchUpOne(follower)
    },
    recheck: async () => {
      checking ??= recheck().finally(() => {
        checking = undefined
      })
      await checking
    },
    keepWarm: async () => {
      try {
        const now = await app.logs.hold(tenant.config)
        if (now !== held) wake()
        held = now
      } catch (reason) {
        if (!(reason instanceof KonfigError)) throw reason
        if (reason.failure.code !== 'log_erased') return
        // Restored from a backup it has other logs: who listens comes back by itself, and is told all.
        const gone = ((await app.directory.renew(tenant))?.config ?? tenant.config) === tenant.config
        for (const seat of seats) end(seat, gone ? failure('unauthenticated') : undefined)
      }
    },
    drop: (follower) => {
      followers.delete(follower.key)
    },
    close: () => {
      for (const seat of seats) end(seat, undefined)
      followers.clear()
      badges.clear()
    },
  }
}

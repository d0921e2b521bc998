// All streams of an installation on this node: wakes those whose logs moved, looks at rights from time to time, and lets go of what is
// old. Owns the order of work; what is told to whom is decided per tenant.
import { setImmediate as othersRun } from 'node:timers/promises'
import type { LogId } from '@konfig/core'
import type { App } from '../app.ts'
import type { TenantRef } from '../caller.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { defaultStreamLimits, type StreamLimits } from './face.ts'
import { type House, openHouse } from './house.ts'

export interface Streams {
  readonly house: (tenant: TenantRef, held: HeldLog) => House
  /** Streams that are open. */
  readonly count: () => number
  readonly followers: () => number
  readonly historyBytes: () => number
  readonly close: () => void
}

/** Tenants that are caught up with at the same time: one that is slow holds up nobody else. */
const workers = 8
/** Work goes on for so long before others have their turn. */
const turnMillis = 4
const warmMillis = 10_000

const openStreams = (app: App, limits: StreamLimits): Streams => {
  const houses = new Map<LogId, House>()
  const urgent = new Set<House>()
  /** After a change of the platform: everybody, one after the other. */
  const waiting = new Set<House>()
  let working = 0
  let historyBytes = 0
  let warmedAt = 0
  let timer: NodeJS.Timeout | undefined
  let turned = 0

  const next = (): House | undefined => {
    for (const queue of [urgent, waiting])
      for (const house of queue) {
        urgent.delete(house)
        waiting.delete(house)
        return house
      }
    return undefined
  }

  const work = async (): Promise<void> => {
    await othersRun()
    turned = performance.now()
    for (let house = next(); house !== undefined; house = next()) {
      await house.catchUp().catch(app.onError)
      if (performance.now() - turned < turnMillis) continue
      await othersRun()
      turned = performance.now()
    }
  }

  const wake = (): void => {
    if (working >= workers || working >= urgent.size + waiting.size) return
    working++
    work()
      .catch(app.onError)
      .finally(() => {
        working--
        if (urgent.size + waiting.size > 0) wake()
      })
  }

  const unwatch = app.logs.onMove((log) => {
    if (log === app.platform.log) {
      for (const house of houses.values()) if (house.count() > 0) waiting.add(house)
    } else {
      const house = houses.get(log)
      if (house === undefined || house.count() === 0) return
      urgent.add(house)
    }
    wake()
  })

  const shorten = (): void => {
    for (const house of houses.values())
      for (const { history } of house.followers.values()) {
        while (history.bytes() > limits.followerBytes) historyBytes -= history.shorten()
        while (historyBytes > limits.totalBytes && history.bytes() > 0) historyBytes -= history.shorten()
      }
  }

  /** What nobody resumes any more goes: after its time, and beyond the bound the longest unused first. */
  const tidy = (): void => {
    const old = app.ports.now() - limits.keepMillis
    const idle: { readonly house: House; readonly key: string; readonly since: number }[] = []
    for (const house of houses.values())
      for (const follower of house.followers.values()) {
        historyBytes -= follower.history.prune(old)
        if (follower.members.size === 0) idle.push({ house, key: follower.key, since: follower.idleSince() })
      }
    idle.sort((a, b) => b.since - a.since)
    let values = 0
    for (const [index, { house, key, since }] of idle.entries()) {
      const follower = house.followers.get(key)
      if (follower === undefined) continue
      values += follower.size()
      if (index < limits.idleFollowers && values <= limits.idleValues && since >= old) continue
      historyBytes -= follower.history.bytes()
      house.drop(follower)
    }
    for (const [log, house] of houses) if (house.followers.size === 0 && house.count() === 0) houses.delete(log)
    shorten()
  }

  const tick = async (): Promise<void> => {
    const now = app.ports.now()
    const warm = now - warmedAt >= warmMillis
    if (warm) {
      warmedAt = now
      tidy()
    }
    for (const house of houses.values()) {
      if (house.count() === 0) continue
      await house.recheck()
      if (warm) await house.keepWarm()
    }
  }

  const start = (): void => {
    if (timer !== undefined) return
    let ticking = false
    timer = setInterval(() => {
      if (ticking) return
      ticking = true
      tick()
        .catch(app.onError)
        .finally(() => {
          ticking = false
        })
    }, limits.recheckMillis)
    timer.unref()
  }

  return {
    house: (tenant, held) => {
      start()
      const known = houses.get(tenant.config)
      if (known !== undefined) return known
      const made: House = openHouse({
        app,
        tenant,
        held,
        kept: (bytes) => {
          historyBytes += bytes
          if (historyBytes > limits.totalBytes) shorten()
        },
        wake: () => {
          urgent.add(made)
          wake()
        },
      })
      houses.set(tenant.config, made)
      return made
    },
    count: () => {
      let count = 0
      for (const house of houses.values()) count += house.count()
      return count
    },
    followers: () => {
      let count = 0
      for (const house of houses.values()) count += house.followers.size
      return count
    },
    historyBytes: () => historyBytes,
    close: () => {
      clearInterval(timer)
      unwatch()
      for (const house of houses.values()) house.close()
      houses.clear()
      historyBytes = 0
    },
  }
}

const opened = new WeakMap<App, Streams>()

/** The streams of an installation; made when they are first asked for. */
export const streamsOf = (app: App): Streams => {
  const known = opened.get(app)
  if (known !== undefined) return known
  const made = openStreams(app, { ...defaultStreamLimits, ...app.options.streams })
  opened.set(app, made)
  return made
}

/** Ends all streams; to be called before the installation closes. */
export const closeStreams = (app: App): void => {
  opened.get(app)?.close()
  opened.delete(app)
}

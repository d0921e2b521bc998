// A sliding window of a minute over a count: strict from the first request, no burst at its edge. Time comes in from outside.
import type { Millis } from '@konfig/core'

const length = 60_000

/** Kept for each that is counted. Changed in place: the hot lane must not make garbage. */
export interface Window {
  from: Millis
  count: number
  before: number
}

export interface Standing {
  readonly allowed: boolean
  readonly remaining: number
  /** Seconds until the window turns; for a refusal, until the next request will be taken. */
  readonly seconds: number
}

export const openWindow = (now: Millis): Window => ({ from: now, count: 0, before: 0 })

const turn = (window: Window, now: Millis): void => {
  const passed = now - window.from
  // A clock that was far ahead and is put right must not stop the window for as long.
  if (passed <= -length) {
    window.before = 0
    window.count = 0
    window.from = now
  }
  if (passed < length) return
  window.before = passed < 2 * length ? window.count : 0
  window.count = 0
  window.from = passed < 2 * length ? window.from + length : now
}

/** Of the window before this one, the part that still lies within the last minute. */
const weighed = (window: Window, now: Millis): number => window.before * Math.max(0, 1 - (now - window.from) / length)

export const hasRoom = (window: Window, limit: number, now: Millis): boolean => {
  turn(window, now)
  return window.count + weighed(window, now) + 1 <= limit
}

/** Counts a request if there is room for it. A clock that goes back a little only makes the window longer. */
export const take = (window: Window, limit: number, now: Millis): boolean => {
  if (!hasRoom(window, limit, now)) return false
  window.count++
  return true
}

/** The requests of the last minute, as other nodes are told: never fewer than they weigh here. */
export const usedOf = (window: Window, now: Millis): number => {
  turn(window, now)
  return Math.ceil(window.count + weighed(window, now))
}

export const remainingOf = (window: Window, limit: number, now: Millis): number =>
  Math.max(0, Math.floor(limit - window.count - weighed(window, now)))

export const secondsLeft = (window: Window, now: Millis): number =>
  Math.max(1, Math.ceil((window.from + length - now) / 1000))

/** Seconds until `take` will say yes again, if nobody else comes. */
export const secondsUntilRoom = (window: Window, limit: number, now: Millis): number => {
  if (limit <= 0) return 60
  const room = limit - 1
  if (window.count <= room && window.before > 0) {
    const share = (room - window.count) / window.before
    return Math.max(1, Math.ceil((window.from + length * (1 - share) - now) / 1000))
  }
  return Math.max(1, Math.ceil((window.from + length + (length * 1) / limit - now) / 1000))
}

// What happened to one follower's values in the last minutes, so that whoever was cut can be told what was missed. Owns how far back that
// goes, in time and in bytes; knows no listener.
import type { Millis } from '@konfig/core'
import { type Delta, mergeDeltas } from './view.ts'

export interface History {
  readonly add: (delta: Delta, bytes: number, now: Millis) => void
  /** Remembers that this point was given out, as that of the newest values. */
  readonly mark: (point: string) => void
  /** All that came after a point, as one; undefined where the point is not known, or no longer. */
  readonly since: (point: string) => Delta | undefined
  /** Lets go of what happened before; answers the bytes that this freed. */
  readonly prune: (before: Millis) => number
  /** Lets go of the oldest; answers the bytes that this freed. */
  readonly shorten: () => number
  readonly bytes: () => number
}

interface Kept {
  readonly at: Millis
  readonly bytes: number
  readonly delta: Delta
}

const mostPoints = 20_000
const stepBytes = 200

export const openHistory = (): History => {
  const steps: Kept[] = []
  /** How many steps came before the first that is kept. */
  let gone = 0
  let total = 0
  /** The number of steps that lie before each point, oldest point first. */
  const points = new Map<string, number>()

  const forgetPoints = (): void => {
    for (const [point, at] of points) {
      if (at >= gone && points.size <= mostPoints) return
      points.delete(point)
    }
  }

  const shorten = (): number => {
    const oldest = steps.shift()
    if (oldest === undefined) return 0
    gone++
    total -= oldest.bytes
    forgetPoints()
    return oldest.bytes
  }

  return {
    add: (delta, bytes, now) => {
      steps.push({ at: now, bytes: bytes + stepBytes, delta })
      total += bytes + stepBytes
    },
    mark: (point) => {
      if (points.has(point)) return
      points.set(point, gone + steps.length)
      if (points.size > mostPoints) forgetPoints()
    },
    since: (point) => {
      const at = points.get(point)
      return at === undefined || at < gone ? undefined : mergeDeltas(steps.slice(at - gone).map(({ delta }) => delta))
    },
    prune: (before) => {
      let freed = 0
      while (steps[0] !== undefined && steps[0].at < before) freed += shorten()
      return freed
    },
    shorten,
    bytes: () => total,
  }
}

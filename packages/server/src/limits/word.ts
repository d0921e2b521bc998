// What one node says to the others of its counts, and which of what was heard counts: said just now, by another, and not heard before. Whoever
// carries the words can repeat old ones, signed as they are, and could so make a tenant seem to have used up what it has not.
import type { Millis } from '@konfig/core'

/** A name and the requests of the last minute that a node counts under it. */
export type Use = readonly [name: string, requests: number]

export interface Word {
  /** The node, for as long as it runs. */
  readonly from: string
  /** By the clock of who said it. */
  readonly said: Millis
  /** Grows with each word of a node. */
  readonly sequence: number
  readonly uses: readonly Use[]
}

/** What a word begins with. Versions that say other things are passed over, as they pass over this one. */
const format = 2

/** So far two clocks may be apart, with the way taken in. What is older or comes from the future is not believed: each node counts alone then. */
export const tolerance: Millis = 30_000
/** What a node said counts for so long, and is more than a minute old by then. Longer than any word of it could be repeated. */
export const forgetMillis: Millis = 125_000

const isUse = (given: unknown): given is Use =>
  Array.isArray(given) && typeof given[0] === 'string' && typeof given[1] === 'number'

export const writeWord = ({ from, said, sequence, uses }: Word): string =>
  JSON.stringify([format, from, said, sequence, ...uses])

/** Undefined for what is no word of this form. */
export const readWord = (text: string): Word | undefined => {
  try {
    const [form, from, said, sequence, ...uses] = JSON.parse(text) as readonly unknown[]
    if (form !== format || typeof from !== 'string' || !uses.every(isUse)) return undefined
    if (typeof said !== 'number' || typeof sequence !== 'number') return undefined
    return { from, said, sequence, uses }
  } catch {
    return undefined
  }
}

export type Judged =
  | 'new'
  /** By a node that was not known. */
  | 'stranger'
  /** Heard before, or overtaken by a later word. */
  | 'repeated'
  /** Older, or further ahead, than clocks may be apart. */
  | 'untimely'

export interface Judge {
  readonly judge: (word: Word) => Judged
  /** Lets go of nodes that have not spoken for so long that none of their words would be timely any more. */
  readonly forget: () => void
}

interface Known {
  readonly sequence: number
  readonly at: Millis
}

export const openJudge = (own: string, now: () => Millis): Judge => {
  const known = new Map<string, Known>()
  return {
    judge: ({ from, said, sequence }) => {
      const at = now()
      // Only who carries the words can bring one back to its own node.
      if (from === own) return 'repeated'
      const last = known.get(from)
      if (last !== undefined && sequence <= last.sequence) return 'repeated'
      if (Math.abs(at - said) > tolerance) return 'untimely'
      known.set(from, { sequence, at })
      return last === undefined ? 'stranger' : 'new'
    },
    forget: () => {
      const time = now()
      for (const [from, { at }] of known) if (Math.abs(time - at) > forgetMillis) known.delete(from)
    },
  }
}

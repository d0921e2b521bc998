// A database that several servers offer: one URL that names them all, and which of them is worked with. Knows no driver.
import { isUnavailable } from '../unavailable.ts'

const parts = /^([a-z]+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s

/** A URL for each of the hosts that one names, parted by commas, in their order: more than a URL may name. */
export const urlsOf = (url: string): readonly string[] => {
  const [, before = '', hosts = '', after = ''] = parts.exec(url) ?? []
  return hosts.includes(',') ? hosts.split(',').map((host) => before + host + after) : [url]
}

export interface InTurn<T> {
  /** The one to work with. */
  readonly current: () => T
  /** This one failed: if it is still the current one, the next is from now on. */
  readonly failed: (one: T) => void
  /** The current one first. */
  readonly all: () => readonly T[]
}

/** Stays with one as long as it works, so that what was read from it and what is asked of it next are the same server's. */
export const inTurn = <T>(all: readonly T[]): InTurn<T> => {
  let at = 0
  const current = (): T => all[at] as T
  return {
    current,
    failed: (one) => {
      if (one === current()) at = (at + 1) % all.length
    },
    all: () => [...all.slice(at), ...all.slice(0, at)],
  }
}

/** What the first of them answers that is not away; rejects as the last one did where all are. */
export const firstOf = async <T, Answer>(
  { current, failed, all }: InTurn<T>,
  ask: (one: T) => Promise<Answer>,
  isAway: (reason: unknown) => boolean = isUnavailable,
): Promise<Answer> => {
  for (let left = all().length - 1; ; left -= 1) {
    const one = current()
    try {
      return await ask(one)
    } catch (reason) {
      if (!isAway(reason)) throw reason
      failed(one)
      if (left === 0) throw reason
    }
  }
}

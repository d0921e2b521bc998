// Opens a store that may be away when the server starts: tries again until it answers, and says so. Knows no backend.
import { setTimeout as pause } from 'node:timers/promises'
import { KonfigError } from '@konfig/core'
import type { ServerLog } from '../log/server-log.ts'

/** What is thrown when the waiting was ended from outside. */
export class Stopped extends Error {}

export interface Waiting {
  /** What is opened, for people: a backend and its place. */
  readonly what: string
  /** What it is to a node, as the server log says it: the journal, if it is left out. */
  readonly as?: string
  readonly log: ServerLog
  readonly complain: (text: string) => void
  /** Ends the waiting; `Stopped` is thrown then. */
  readonly signal: AbortSignal
  readonly millis?: number
}

/** The innermost reason in a word where it has one: ECONNREFUSED, ENOTFOUND, 57P03. Messages may hold what is nobody's business. */
const wordOf = (reason: unknown): string => {
  for (let at = reason; at instanceof Error; at = at.cause)
    if (at.cause === undefined) return 'code' in at && typeof at.code === 'string' ? at.code : at.message
  return 'no reason given'
}

const isAway = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'unavailable'

/** Everything but `unavailable` is thrown at once. */
export const openWhenThere = async <T>(
  open: () => Promise<T>,
  { what, as = 'the journal', log, complain, signal, millis = 3000 }: Waiting,
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const opened = await open()
      if (tries > 1) complain(`${what} is there.`)
      return opened
    } catch (reason) {
      if (!isAway(reason)) throw reason
      if (signal.aborted) throw new Stopped(`stopped while waiting for ${what}`)
      const word = wordOf(reason)
      if (tries === 1)
        complain(`waiting: ${what} does not answer (${word}). Trying again every ${Math.ceil(millis / 1000)} s.`)
      log.warn(`Waiting for ${as}`, { what, reason: word, tries })
      await pause(millis, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) throw new Stopped(`stopped while waiting for ${what}`)
    }
  }
}

// What an adapter hands to the contract suites: ways to open its store, and levers that break it for real. Nothing is optional.
import type { Millis } from '@konfig/core'
import { afterEach, beforeEach } from 'vitest'
import type { Clock, Journal } from '../journal.ts'
import type { Records } from '../records.ts'

export interface Levers {
  /** Puts an empty store in place of the old one. */
  readonly reset: () => Promise<void>
  /** From now on the store takes no write, whoever asks; answers how to thaw it. */
  readonly freeze: () => Promise<() => Promise<void>>
  /** The next write lands and its answer is lost; answers how to ask whether that has come to pass. */
  readonly cut: () => Promise<() => boolean>
}

export interface JournalSubject extends Levers {
  /** One more opening of the one store, whose writes wait so long for what another holds; the suite closes it. */
  readonly open: (patience: Millis) => Promise<Journal>
}

export interface RecordsSubject extends Levers {
  /** The same, which takes the time from this clock. */
  readonly open: (clock: Clock, patience: Millis) => Promise<Records>
}

export interface Bench<T> extends Levers {
  /** Opened afresh for each test, on an empty store. */
  readonly port: () => T
  /** One more opening of the same store. */
  readonly another: () => Promise<T>
  /** The same, soon tired of a store that is frozen. */
  readonly impatient: () => Promise<T>
}

/** Longer than a machine that is busy keeps a writer waiting for another: a limit is there to end what hangs. */
const longPatience = 30_000
const shortPatience = 300

/** Gives each test an empty store, and closes what it opened. */
export const benchOf = <T extends { readonly close: () => Promise<void> }>(
  levers: Levers,
  open: (patience: Millis) => Promise<T>,
): Bench<T> => {
  const opened: T[] = []
  const openWith = async (patience: Millis): Promise<T> => {
    const port = await open(patience)
    opened.push(port)
    return port
  }
  const another = (): Promise<T> => openWith(longPatience)
  beforeEach(async () => {
    await levers.reset()
    await another()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((port) => port.close()))
  })
  const port = (): T => {
    const [first] = opened
    if (first === undefined) throw new Error('the bench opens its port before each test')
    return first
  }
  return { ...levers, port, another, impatient: () => openWith(shortPatience) }
}

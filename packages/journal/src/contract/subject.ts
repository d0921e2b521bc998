// What an adapter hands to the contract suites: ways to open its store, and levers that break it for real. Nothing is optional.
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
  /** One more opening of the one store; the suite closes it. */
  readonly open: () => Promise<Journal>
}

export interface RecordsSubject extends Levers {
  /** One more opening of the one store, which takes the time from this clock; the suite closes it. */
  readonly open: (clock: Clock) => Promise<Records>
}

export interface Bench<T> extends Levers {
  /** Opened afresh for each test, on an empty store. */
  readonly port: () => T
  /** One more opening of the same store. */
  readonly another: () => Promise<T>
}

/** Gives each test an empty store, and closes what it opened. */
export const benchOf = <T extends { readonly close: () => Promise<void> }>(
  levers: Levers,
  open: () => Promise<T>,
): Bench<T> => {
  const opened: T[] = []
  const another = async (): Promise<T> => {
    const port = await open()
    opened.push(port)
    return port
  }
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
  return { ...levers, port, another }
}

// The events of a client and who listens. A listener that throws harms nobody: it is told as an error.
import type { Trouble } from '../life/answer.ts'

export interface Change {
  /** Names of what is new or has another value: a key where one namespace or application is followed, else `namespace/key`. */
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  /** The point that the values are now of, where the server said it. */
  readonly point: string | undefined
}

export interface Stale {
  readonly reason: Trouble
  /** What the server said, where it said something. */
  readonly detail: string | undefined
}

export type ErrorCode =
  | 'cache_unreadable'
  | 'cache_unwritable'
  | 'bootstrap_unreadable'
  | 'garbage'
  | 'older'
  | 'type_mismatch'
  | 'listener_failed'

/** Something went wrong and the client goes on. */
export interface Fault {
  readonly code: ErrorCode
  readonly message: string
  readonly cause?: unknown
}

export interface Events {
  /** The values are those of the server. */
  readonly ready: (event: { readonly point: string | undefined }) => void
  /** The values are the last known ones: the server is not followed at the moment. */
  readonly stale: (event: Stale) => void
  readonly change: (event: Change) => void
  readonly error: (event: Fault) => void
}

export interface Emitter {
  /** Returns what ends it. */
  readonly on: <Name extends keyof Events>(name: Name, listener: Events[Name]) => () => void
  readonly emit: <Name extends keyof Events>(name: Name, event: Parameters<Events[Name]>[0]) => void
}

export const openEmitter = (): Emitter => {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>()
  const emit: Emitter['emit'] = (name, event) => {
    for (const listener of listeners.get(name) ?? []) {
      try {
        listener(event as never)
      } catch (cause) {
        if (name !== 'error') emit('error', { code: 'listener_failed', message: `A listener of ${name} threw.`, cause })
      }
    }
  }
  return {
    on: (name, listener) => {
      // Each call counts on its own, even with a function that listens already.
      const own = (event: never): void => {
        ;(listener as (event: never) => void)(event)
      }
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(own))
      return () => {
        set.delete(own)
      }
    },
    emit,
  }
}

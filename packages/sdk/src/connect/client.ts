// What a program holds: a client that follows its values. The type only; `connect` makes one.
import type { Trouble } from '../life/answer.ts'
import type { AllValues } from '../values/scope.ts'
import type { Events } from './events.ts'
import type { Getters } from './reader.ts'
import type { Watcher } from './watchers.ts'

/** `ready`: the values are those of the server. `stale`: they are the last known ones. Reads work in every state. */
export type State = 'starting' | 'ready' | 'stale' | 'closed'

/**
 * A key's name is the key alone where an application or a single namespace is followed, else `namespace/key`.
 * Getters read from memory: they never wait and never throw.
 */
export interface Konfig extends Getters {
  /** All values: by key for an application, else by namespace and key. Frozen; the same object until something changes. */
  readonly getAll: () => AllValues
  /** Calls back with each later value of a key, and undefined when it is gone. Returns what ends it. */
  readonly watch: (name: string, watcher: Watcher) => () => void
  /** Listens to an event; returns what ends it. */
  readonly on: <Name extends keyof Events>(name: Name, listener: Events[Name]) => () => void
  /** Resolves when the values are those of the server; rejects when the client is closed. */
  readonly ready: () => Promise<void>
  /** Resolves when the values are at least of this point, as an own write answered it; rejects when the client is closed. */
  readonly reached: (point: string) => Promise<void>
  readonly state: State
  /** Why the values are stale. */
  readonly reason: Trouble | undefined
  readonly point: string | undefined
  /** Ends the connection and saves what is to be kept. Values can still be read. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

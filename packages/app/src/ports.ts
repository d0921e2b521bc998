// What the use cases take from outside: time, identifiers, randomness. Nothing in this package reads a clock by itself.
import type { Millis } from '@konfig/core'

export interface Ports {
  readonly now: () => Millis
  readonly newId: () => string
  readonly randomBytes: (count: number) => Uint8Array
}

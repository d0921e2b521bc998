// Keys that a key store has opened, kept in memory for a bounded time, so that a tenant can be loaded while the store is away.
// Sealed under a key that this process makes and that never is on the JavaScript heap, so that a picture of the heap holds none of them; bound to
// whose they are and to the very bytes that were wrapped, so that the record of the ring stays the truth. Knows no key store.
import { createCipheriv, createDecipheriv, createHash, generateKeySync, randomBytes } from 'node:crypto'
import type { Millis } from '@konfig/core'
import type { Clock } from '../journal.ts'

export interface Keeper {
  /** Until then it is given out again. */
  readonly keep: (whose: string, wrapped: Uint8Array, plain: Uint8Array) => void
  readonly get: (whose: string, wrapped: Uint8Array) => Uint8Array | undefined
  /** Everything of one log, for good. */
  readonly forget: (whose: string) => void
  readonly count: () => number
}

export interface KeeperOptions {
  readonly clock: Clock
  /** How long after its store opened it last. */
  readonly millis: Millis
  /** Logs at most. */
  readonly most?: number
}

interface Kept {
  readonly nonce: Buffer
  readonly sealed: Buffer
  readonly tag: Buffer
  readonly until: Millis
}

const algorithm = 'aes-256-gcm'

export const openKeeper = ({ clock, millis, most = 200_000 }: KeeperOptions): Keeper => {
  const key = generateKeySync('aes', { length: 256 })
  /** By log, in the order in which they were opened last; then by the bytes that were wrapped. */
  const kept = new Map<string, ReadonlyMap<string, Kept>>()
  const nameOf = (wrapped: Uint8Array): string => createHash('sha256').update(wrapped).digest('base64url')
  const contextOf = (whose: string, name: string): Buffer => Buffer.from(`${whose}\n${name}`)

  return {
    keep: (whose, wrapped, plain) => {
      const name = nameOf(wrapped)
      const nonce = randomBytes(12)
      const cipher = createCipheriv(algorithm, key, nonce)
      cipher.setAAD(contextOf(whose, name))
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
      const until = clock.now() + millis
      const others = [...(kept.get(whose) ?? [])].filter(([, each]) => each.until > clock.now())
      kept.delete(whose)
      kept.set(whose, new Map([...others, [name, { nonce, sealed, tag: cipher.getAuthTag(), until }]]))
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    },

    get: (whose, wrapped) => {
      const name = nameOf(wrapped)
      const found = kept.get(whose)?.get(name)
      if (found === undefined || found.until <= clock.now()) return undefined
      const decipher = createDecipheriv(algorithm, key, found.nonce)
      decipher.setAAD(contextOf(whose, name))
      decipher.setAuthTag(found.tag)
      return Buffer.concat([decipher.update(found.sealed), decipher.final()])
    },

    forget: (whose) => {
      kept.delete(whose)
    },

    count: () => kept.size,
  }
}

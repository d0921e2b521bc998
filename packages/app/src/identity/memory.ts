// What this node remembers for telling who asks: keys it has proven, sessions it has just read, failures it has counted.
// All of it bounded, none of it the truth. One for each opened installation.
import type { LogId, Millis, Revision } from '@konfig/core'
import { LRUCache } from 'lru-cache'
import type { App } from '../app.ts'
import type { Caller, TenantRef } from '../caller.ts'
import { type Hasher, openHasher } from './hasher.ts'
import { type Gate, openGate } from './gate.ts'
import type { Session } from './session.ts'
import { growingTries, type Tries, windowTries } from './tries.ts'

/** A key whose secret was proven here, and what it may do as of a revision. */
export interface VerifiedKey {
  readonly keyId: string
  /** Of the id, see `numberOfKey`. */
  readonly number: number
  /** The whole text as bytes, for comparing in constant time. */
  readonly bytes: Buffer
  readonly log: LogId
  readonly tenant: TenantRef | undefined
  readonly name: string
  readonly hash: string
  /** Revision of the log that `caller` was last checked against. */
  checkedAt: Revision
  /** The last revision that touched what grants depend on. */
  governedAt: Revision
  expiresAt: Millis
  /** The tenant is not suspended. */
  open: boolean
  /** Undefined: the key is dead. */
  caller: Extract<Caller, { readonly type: 'key' }> | undefined
}

export interface CachedSession {
  readonly readAt: Millis
  /** Undefined: there is no such session. */
  readonly session: Session | undefined
}

/** A record that is being read, for all who ask meanwhile. */
export interface SessionReading {
  readonly since: Millis
  readonly session: Promise<Session | undefined>
}

export interface Memory {
  readonly hasher: Hasher
  readonly verified: Map<string, VerifiedKey>
  /** The same keys for the hot lane; of two with one number the one proven last, the other takes the ordinary way. */
  readonly verifiedByNumber: Map<number, VerifiedKey>
  readonly unknownKeys: LRUCache<string, Millis>
  readonly proving: Map<string, Promise<VerifiedKey>>
  readonly keyTries: Tries
  readonly sessions: LRUCache<string, CachedSession>
  readonly sessionReadings: Map<string, SessionReading>
  readonly loginTries: Tries
  readonly addressTries: Tries
  readonly passwords: Gate
  /** A hash of nobody's password, for taking as long over an unknown email as over a known one. */
  nobody: Promise<string> | undefined
}

const memories = new WeakMap<App, Memory>()

export const memoryOf = (app: App): Memory => {
  const found = memories.get(app)
  if (found !== undefined) return found
  const made: Memory = {
    hasher: openHasher(),
    verified: new Map(),
    verifiedByNumber: new Map(),
    unknownKeys: new LRUCache({ max: 10_000 }),
    proving: new Map(),
    keyTries: windowTries(5, 60_000),
    sessions: new LRUCache({ max: 50_000 }),
    sessionReadings: new Map(),
    loginTries: growingTries(10, 15 * 60_000),
    addressTries: windowTries(60, 60_000),
    passwords: openGate(2, 200),
    nobody: undefined,
  }
  memories.set(app, made)
  return made
}

/** Ends the thread that hashes keys; to be called when the installation closes. */
export const closeIdentity = async (app: App): Promise<void> => {
  const found = memories.get(app)
  memories.delete(app)
  await found?.hasher.close()
}

// From an API key to a caller: proven by bcrypt once on a node, then found by id and compared in constant time.
// Promise: every answer is checked against the newest state that this node holds, so a revoked key is refused on the next request.
import { timingSafeEqual } from 'node:crypto'
import { failure, KonfigError, type Millis, type Resource, type State } from '@konfig/core'
import type { App } from '../app.ts'
import type { Caller } from '../caller.ts'
import { isErased } from '../logs/erased.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { holdTenant } from './hold-tenant.ts'
import { claimedKeyId, keyBytes, numberOfKey, readKey } from './key-text.ts'
import { type Memory, memoryOf, type VerifiedKey } from './memory.ts'
import { keyGrants } from './roles.ts'
import { isOpen } from './standing.ts'
import { confirmVerifier, readVerifier } from './verifier.ts'

export type KeyCaller = Extract<Caller, { readonly type: 'key' }>

const unknownMillis: Millis = 60_000
const maximumVerified = 200_000

const refused = (): KonfigError => new KonfigError(failure('unauthenticated'))

/** The last revision that changed what a key may do: all that its rights depend on. */
const governedAt = (state: State): number =>
  Math.max(
    state.touched('apiKey'),
    state.touched('role'),
    state.touched('member'),
    state.touched('tenant'),
    state.touched('settings'),
  )

const liveKey = (
  state: State,
  { name, keyId, hash }: Pick<VerifiedKey, 'name' | 'keyId' | 'hash'>,
): Resource | undefined => {
  const found = state.get('apiKey', name)
  return found !== undefined && found.body['keyId'] === keyId && found.body['hash'] === hash ? found : undefined
}

const callerOf = (key: VerifiedKey, found: Resource, state: State): KeyCaller => {
  const side = key.tenant === undefined ? 'platform' : 'tenant'
  const grants = keyGrants(found.body, side, state)
  return {
    type: 'key',
    actor: `key:${found.id}`,
    keyId: key.keyId,
    tenant: key.tenant,
    grants: side === 'tenant' ? grants : [],
    platformGrants: side === 'platform' ? grants : [],
  }
}

/** The caller as of this state and this time; undefined where the key is revoked or expired. */
const checkKey = (key: VerifiedKey, state: State, now: () => Millis): KeyCaller | undefined => {
  if (key.checkedAt !== state.revision) {
    const governed = governedAt(state)
    if (governed !== key.governedAt) {
      const found = liveKey(state, key)
      const expiresAt = found?.body['expiresAt']
      key.expiresAt = typeof expiresAt === 'number' ? expiresAt : Number.POSITIVE_INFINITY
      key.caller = found === undefined ? undefined : callerOf(key, found, state)
      key.open = isOpen(state)
      key.governedAt = governed
    }
    key.checkedAt = state.revision
  }
  if (key.expiresAt !== Number.POSITIVE_INFINITY && key.expiresAt <= now()) return undefined
  return key.caller
}

const sameBytes = (key: VerifiedKey, raw: string): boolean => {
  const given = Buffer.from(raw, 'latin1')
  return given.length === key.bytes.length && timingSafeEqual(given, key.bytes)
}

/**
 * The same for a key that stands in a longer text, through one buffer that is used again and again: for the hot lane, where a piece of text and
 * a buffer for each request would be felt.
 */
const sameBytesWithin = (): ((key: VerifiedKey, text: string, from: number) => boolean) => {
  const given = Buffer.alloc(mostBefore + keyBytes)
  const views = Array.from({ length: mostBefore + 1 }, (_, from) => given.subarray(from, from + keyBytes))
  return (key, text, from) => {
    const view = views[from]
    return (
      view !== undefined &&
      text.length === from + keyBytes &&
      key.bytes.length === keyBytes &&
      given.write(text, 0, 'latin1') === text.length &&
      timingSafeEqual(view, key.bytes)
    )
  }
}
/** `Bearer `. */
const mostBefore = 7

/** The keys that this node has proven, for the hot lane: all of it is synchronous. */
export interface ProvenKeys {
  /** The key that stands in a text from there to its end. */
  readonly find: (text: string, from: number) => VerifiedKey | undefined
  /** Whether it is this one, in constant time. */
  readonly is: (key: VerifiedKey, text: string, from: number) => boolean
  /** Its caller as of the newest state of its log; undefined where it is dead, and where the tenant is suspended. */
  readonly caller: (key: VerifiedKey, state: State) => KeyCaller | undefined
}

export const provenKeys = (app: App): ProvenKeys => {
  const { verifiedByNumber } = memoryOf(app)
  const { now } = app.ports
  const is = sameBytesWithin()
  return {
    find: (text, from) => {
      const key = verifiedByNumber.get(numberOfKey(text, from))
      return key !== undefined && is(key, text, from) ? key : undefined
    },
    is,
    caller: (key, state) => {
      const caller = checkKey(key, state, now)
      return key.open ? caller : undefined
    },
  }
}

/**
 * The caller of a key that this node has proven and whose log it holds; undefined for every other text, and where the tenant is suspended:
 * those are for `authenticate` and what follows it.
 */
export const verifiedKeyLookup = (app: App): ((text: string) => KeyCaller | undefined) => {
  const proven = provenKeys(app)
  const { logs, platform } = app
  return (text) => {
    const key = proven.find(text, 0)
    if (key === undefined) return undefined
    const held = key.tenant === undefined ? platform : logs.held(key.log)
    return held === undefined ? undefined : proven.caller(key, held.state())
  }
}

const keep = (memory: Memory, key: VerifiedKey): void => {
  if (memory.verified.size >= maximumVerified) {
    const [oldest] = memory.verified.values()
    if (oldest !== undefined) {
      memory.verified.delete(oldest.keyId)
      memory.verifiedByNumber.delete(oldest.number)
    }
  }
  memory.verified.set(key.keyId, key)
  memory.verifiedByNumber.set(key.number, key)
}

/** Throws `unauthenticated`, and whatever keeps it from being told. */
const compareKey = async (app: App, raw: string, keyId: string): Promise<VerifiedKey> => {
  const memory = memoryOf(app)
  const found = await readVerifier(app, keyId)
  if (found === undefined) {
    memory.unknownKeys.set(keyId, app.ports.now() + unknownMillis)
    throw refused()
  }
  const { tenant: tenantName, name, hash } = found.value
  if (!(await memory.hasher.compare(raw, hash))) throw refused()
  const known = tenantName === undefined ? undefined : await app.directory.find(tenantName)
  if (tenantName !== undefined && known === undefined) throw refused()
  const { tenant, held } = known === undefined ? { tenant: known, held: app.platform } : await holdTenant(app, known)
  const key: VerifiedKey = {
    keyId,
    number: numberOfKey(raw, 0),
    bytes: Buffer.from(raw, 'latin1'),
    log: held.log,
    tenant,
    name,
    hash,
    checkedAt: -1,
    governedAt: -1,
    expiresAt: 0,
    open: false,
    caller: undefined,
  }
  // Made on another node a moment ago, perhaps: whoever shows the very key is worth a look at the log.
  if (checkKey(key, held.state(), app.ports.now) === undefined) {
    const newest = await held.catchUp()
    if (checkKey(key, newest, app.ports.now) === undefined) throw refused()
  }
  if (found.expiresAt !== undefined) await confirmVerifier(app, keyId)
  keep(memory, key)
  return key
}

const proveKey = async (app: App, raw: string, address: string): Promise<VerifiedKey> => {
  const memory = memoryOf(app)
  const text = readKey(raw)
  if (text === undefined) throw refused()
  const { keyId } = text
  const now = app.ports.now()
  const unknownUntil = memory.unknownKeys.get(keyId)
  // Never for longer than that, though the clock may have been far ahead.
  if (unknownUntil !== undefined && unknownUntil > now && unknownUntil <= now + unknownMillis) throw refused()
  const guess = `${keyId} ${address}`
  // Counted before hashing, so that many at once are no way around it.
  memory.keyTries.begin(guess, now)
  try {
    const key = await compareKey(app, raw, keyId)
    memory.keyTries.succeeded(guess)
    return key
  } catch (reason) {
    // While what is needed to tell is away, a try says nothing of the key.
    if (!(reason instanceof KonfigError && reason.failure.code === 'unauthenticated')) memory.keyTries.succeeded(guess)
    throw reason
  }
}

/** One proof for all who send the same text at once. */
const proveOnce = (app: App, raw: string, address: string): Promise<VerifiedKey> => {
  const { proving } = memoryOf(app)
  const running = proving.get(raw)
  if (running !== undefined) return running
  const started = proveKey(app, raw, address).finally(() => proving.delete(raw))
  proving.set(raw, started)
  return started
}

/** The log of a proven key; undefined where it was erased, and the key is to be proven anew, should its tenant have other logs by now. */
const logOf = async (app: App, key: VerifiedKey): Promise<HeldLog | undefined> => {
  if (key.tenant === undefined) return app.platform
  try {
    return await app.logs.hold(key.log)
  } catch (reason) {
    if (!isErased(reason)) throw reason
    const memory = memoryOf(app)
    memory.verified.delete(key.keyId)
    memory.verifiedByNumber.delete(key.number)
    await app.directory.renew(key.tenant)
    return undefined
  }
}

/** Rejects with `unauthenticated`, `rate_limited` after five failures a minute for a key id and an address, `overloaded`, `unavailable`. */
export const authenticateKey = async (app: App, raw: string, address: string): Promise<KeyCaller> => {
  const { verified } = memoryOf(app)
  let key = verified.get(claimedKeyId(raw))
  if (key === undefined || !sameBytes(key, raw)) key = await proveOnce(app, raw, address)
  let held = await logOf(app, key)
  if (held === undefined) {
    key = await proveOnce(app, raw, address)
    held = await logOf(app, key)
  }
  if (held === undefined) throw refused()
  const caller = checkKey(key, held.state(), app.ports.now)
  // A dead key stays known as dead: refusing it again costs no hashing.
  if (caller === undefined) throw refused()
  return caller
}

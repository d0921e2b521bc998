import { failure, KonfigError } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { changeTenant } from '../tenants/change.ts'
import { revokeApiKey } from './api-keys.ts'
import { authenticate } from './authenticate.ts'
import { provenKeys, verifiedKeyLookup } from './authenticate-key.ts'
import { claimedKeyId, makeKey } from './key-text.ts'
import { memoryOf } from './memory.ts'
import {
  administrator,
  asking,
  callerOf,
  inside,
  keyOf,
  openWorld,
  refusalOf,
  registered,
  type World,
} from './testing/world.ts'
import { dropVerifier, readVerifier, writeVerifier } from './verifier.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
})
afterEach(() => world.close())

describe('an API key', () => {
  it('is its tenant and its role, and is found by the hot lane once it was proven', async () => {
    const { app } = world
    const { id, key } = await keyOf(app, owner)
    const lookup = verifiedKeyLookup(app)
    expect(lookup(key)).toBeUndefined()
    const caller = await callerOf(app, key)
    expect(caller).toMatchObject({
      type: 'key',
      actor: `key:${id}`,
      tenant: { name: 'acme' },
      grants: [{ permissions: ['value:read'], namespaces: undefined, environments: undefined }],
      platformGrants: [],
    })
    expect(lookup(key)).toEqual(caller)
  })

  it('is found by the hot lane within a header, only where it stands and only whole', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    await callerOf(app, key)
    const { find } = provenKeys(app)
    expect(find(`Bearer ${key}`, 7)?.keyId).toBe(claimedKeyId(key))
    const other = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a')
    for (const [text, from] of [
      [`Bearer ${key}`, 6],
      [`Bearer ${key} `, 7],
      [`Bearer ${other}`, 7],
      [`Bearer ${key.slice(0, -1)}`, 7],
      [`Bearer  ${key}`, 8],
      ['', 0],
    ] as const)
      expect(find(text, from)).toBeUndefined()
  })

  it('is taken from X-API-Key too, and two credentials that differ are refused', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    expect(await authenticate(app, { apiKey: key, address: '192.0.2.1' })).toMatchObject({ type: 'key' })
    expect(
      await refusalOf(authenticate(app, { apiKey: key, authorization: `Bearer ${owner}`, address: '192.0.2.1' })),
    ).toBe('unauthenticated')
    expect(await refusalOf(authenticate(app, { apiKey: owner, address: '192.0.2.1' }))).toBe('unauthenticated')
  })

  it('is refused on the next request after it was revoked, by both ways', async () => {
    const { app } = world
    const { id, key } = await keyOf(app, owner)
    await callerOf(app, key)
    const lookup = verifiedKeyLookup(app)
    expect(lookup(key)).toBeDefined()
    await revokeApiKey(await inside(app, owner), id, undefined)
    expect(lookup(key)).toBeUndefined()
    expect(await refusalOf(callerOf(app, key))).toBe('unauthenticated')
  })

  it('is refused on another node too, once that node has read the commit', async () => {
    const { app, store, clock } = world
    const { id, key } = await keyOf(app, owner)
    const other = await openWorld({ store, clock })
    expect(await callerOf(other.app, key)).toMatchObject({ type: 'key' })
    await revokeApiKey(await inside(app, owner), id, undefined)
    await other.app.logs.poll()
    expect(verifiedKeyLookup(other.app)(key)).toBeUndefined()
    expect(await refusalOf(callerOf(other.app, key))).toBe('unauthenticated')
    await other.close()
  })

  it('of a revoked name does not live again when another key takes the name', async () => {
    const { app } = world
    const first = await keyOf(app, owner)
    await callerOf(app, first.key)
    await revokeApiKey(await inside(app, owner), 'deploy', undefined)
    const second = await keyOf(app, owner, { role: 'admin' })
    expect(second.id).toBe(first.id)
    expect(verifiedKeyLookup(app)(first.key)).toBeUndefined()
    expect(await refusalOf(callerOf(app, first.key))).toBe('unauthenticated')
    expect(await callerOf(app, second.key)).toMatchObject({ type: 'key' })
  })

  it('ends by the clock at every read, whether or not anything was swept', async () => {
    const { app, clock } = world
    const { key } = await keyOf(app, owner, { expiresAt: new Date(clock.now + 5000).toISOString() })
    await callerOf(app, key)
    const lookup = verifiedKeyLookup(app)
    clock.now += 4999
    expect(lookup(key)).toBeDefined()
    clock.now += 1
    expect(lookup(key)).toBeUndefined()
    expect(await refusalOf(callerOf(app, key))).toBe('unauthenticated')
  })

  it('of one tenant is never of another', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    const globex = (await registered(app, 'globex')).accessToken
    const foreign = await keyOf(app, globex)
    const caller = await callerOf(app, key)
    const other = await callerOf(app, foreign.key)
    expect([caller, other]).toMatchObject([{ tenant: { name: 'acme' } }, { tenant: { name: 'globex' } }])
    expect(verifiedKeyLookup(app)(key)?.tenant?.name).toBe('acme')
    // An index that points the same key at the other tenant, which has a key of the same name, proves nothing there.
    const keyId = claimedKeyId(key)
    const verifier = await readVerifier(app, keyId)
    await dropVerifier(app, keyId)
    await writeVerifier(app, keyId, { tenant: 'globex', name: 'deploy', hash: verifier?.value.hash ?? '' })
    const node = await openWorld({ store: world.store, clock: world.clock })
    expect(await refusalOf(callerOf(node.app, key))).toBe('unauthenticated')
    await node.close()
  })

  it('with a verifier and without a resource is refused', async () => {
    const { app } = world
    const { keyId, raw } = makeKey(app.ports)
    const hash = await memoryOf(app).hasher.hash(raw, 4)
    await writeVerifier(app, keyId, { tenant: 'acme', name: 'ghost', hash })
    expect(await refusalOf(callerOf(app, raw))).toBe('unauthenticated')
    world.clock.now += 3_600_000
    expect(await readVerifier(app, keyId)).toBeUndefined()
  })

  it('whose making was answered stays good beyond the hour of an unconfirmed verifier', async () => {
    const { app, clock } = world
    const { key } = await keyOf(app, owner)
    clock.now += 2 * 3_600_000
    expect(await callerOf(app, key)).toMatchObject({ type: 'key' })
  })

  it('follows its tenant: suspended, the hot lane steps aside', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    await callerOf(app, key)
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    await changeTenant(asking(app, admin), 'acme', { status: 'suspended' })
    expect(verifiedKeyLookup(app)(key)).toBeUndefined()
    await changeTenant(asking(app, admin), 'acme', { status: 'active' })
    expect(verifiedKeyLookup(app)(key)).toBeDefined()
  })

  it('keeps its caller while only configuration changes', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    await callerOf(app, key)
    const lookup = verifiedKeyLookup(app)
    const before = lookup(key)
    await commit(await inside(app, owner), () => ({
      ok: true,
      value: { intentions: [{ op: 'put', kind: 'namespace', name: 'billing', body: {} }] },
    }))
    expect(lookup(key)).toBe(before)
  })
})

describe('guessing keys', () => {
  it('is refused before hashing after five failures a minute for a key and an address, and for no other address', async () => {
    const { app, clock } = world
    const { key } = await keyOf(app, owner)
    const keyId = claimedKeyId(key)
    const guesses = await Promise.all(
      Array.from({ length: 6 }, () => refusalOf(callerOf(app, forged(keyId), '203.0.113.9'))),
    )
    expect(guesses.toSorted()).toEqual(['rate_limited', ...Array.from({ length: 5 }, () => 'unauthenticated')])
    expect(await refusalOf(callerOf(app, key, '203.0.113.9'))).toBe('rate_limited')
    expect(await callerOf(app, key, '192.0.2.7')).toMatchObject({ type: 'key' })
    clock.now += 60_000
    expect(await refusalOf(callerOf(app, forged(keyId), '203.0.113.9'))).toBe('unauthenticated')
  })

  it('is not what somebody does whose key cannot be looked at while the journal is away', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    const { hasher } = memoryOf(app)
    const { compare } = hasher
    const away = new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 }))
    Object.assign(hasher, { compare: () => Promise.reject(away) })
    for (let tries = 0; tries < 10; tries++) expect(await refusalOf(callerOf(app, key))).toBe('unavailable')
    Object.assign(hasher, { compare })
    expect(await callerOf(app, key)).toMatchObject({ type: 'key' })
  })

  it('with an id that was not there is remembered for a minute, also where the clock is put back', async () => {
    const { app, clock } = world
    const { key } = await keyOf(app, owner)
    memoryOf(app).unknownKeys.set(claimedKeyId(key), clock.now + 12 * 3_600_000)
    expect(await callerOf(app, key)).toMatchObject({ type: 'key' })
  })

  it('with ids that there are not costs no hashing and a bounded memory', async () => {
    const { app } = world
    const memory = memoryOf(app)
    const { raw, keyId } = makeKey(app.ports)
    expect(await refusalOf(callerOf(app, raw))).toBe('unauthenticated')
    expect(memory.unknownKeys.get(keyId)).toBeDefined()
    for (let index = 0; index < 10_500; index++) memory.unknownKeys.set(`filler${index}`, 1)
    expect(memory.unknownKeys.size).toBe(10_000)
  })

  it('shares one proof among many who send the same key at once', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    let compared = 0
    const { hasher } = memoryOf(app)
    const { compare } = hasher
    Object.assign(hasher, { compare: (text: string, hash: string) => (compared++, compare(text, hash)) })
    const callers = await Promise.all(Array.from({ length: 20 }, () => callerOf(app, key)))
    expect(callers.every(({ type }) => type === 'key')).toBe(true)
    expect(compared).toBe(1)
  })

  it('by rubbish in the header is refused', async () => {
    const { app } = world
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer kfg_',
      `Bearer ${'k'.repeat(5000)}`,
      'Bearer a b',
    ])
      expect(await refusalOf(authenticate(app, { authorization, address: '192.0.2.1' }))).toBe('unauthenticated')
    expect(await authenticate(app, { address: '192.0.2.1' })).toEqual({ type: 'anonymous' })
  })

  it('without its verifier a key is refused, though its resource lives', async () => {
    const { app } = world
    const { key } = await keyOf(app, owner)
    await dropVerifier(app, claimedKeyId(key))
    expect(await refusalOf(callerOf(app, key))).toBe('unauthenticated')
  })
})

/** A text that reads as a key of this id, with another secret. */
const forged = (keyId: string): string => {
  let first = true
  return makeKey({
    randomBytes: (count) => {
      const bytes = first ? bytesOf(keyId) : crypto.getRandomValues(new Uint8Array(count))
      first = false
      return bytes
    },
  }).raw
}

const bytesOf = (keyId: string): Uint8Array => {
  const bits = Array.from(keyId, (letter) =>
    'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

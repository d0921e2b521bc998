import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../contract/batches.ts'
import { openMemory } from '../memory/index.ts'
import { unavailable } from '../unavailable.ts'
import { openInstallation } from './installation.ts'
import { openKeeper } from './keeper.ts'
import { watchMaster } from './key-store.ts'
import { localMasterKey } from './master.ts'
import { sealedRecords } from './records.ts'
import { openKeyRings } from './rings.ts'
import { failure, KonfigError } from '@konfig/core'
import type { MasterKey } from './face.ts'

const hour = 3_600_000

/** An installation whose master key lives in a store that can be away, or refuse. */
const withStore = async () => {
  const time = { now: Date.UTC(2030, 0, 1) }
  const clock = { now: () => time.now }
  const { records: stored } = openMemory({ clock })
  const local = localMasterKey(randomBytes(32))
  const store = { asked: 0, fails: undefined as KonfigError | undefined }
  const asked = async <T>(answer: () => Promise<T>): Promise<T> => {
    store.asked += 1
    if (store.fails !== undefined) throw store.fails
    return answer()
  }
  const remote: MasterKey = {
    id: local.id,
    wrap: (plain) => asked(() => local.wrap(plain)),
    unwrap: (wrapped) => asked(() => local.unwrap(wrapped)),
  }
  const { master, keyStore } = await watchMaster(remote, clock)
  const keeper = openKeeper({ clock, millis: 24 * hour })
  const installation = await openInstallation(stored, master, undefined, { keeper, keyStore })
  const records = sealedRecords(stored, installation)
  return { time, store, keyStore, keeper, records, rings: openKeyRings(records, installation, clock) }
}
const refuses = (): KonfigError => new KonfigError(failure('key_store_refuses', { reason: 'the key is disabled' }))

describe('keys that are kept', () => {
  it('open a log while the store is away, for as long as was said and no longer', async () => {
    const { rings, store, time } = await withStore()
    const ring = await rings.create('acme')
    store.fails = unavailable()
    expect(await rings.load('acme')).toEqual(ring)
    time.now += 24 * hour - 1
    expect(await rings.load('acme')).toEqual(ring)
    time.now += 1
    expect(await codeOf(rings.load('acme'))).toBe('unavailable')
    store.fails = undefined
    expect(await rings.load('acme')).toEqual(ring)
  })

  it('do not stand in for a store that refuses: whoever disabled the key meant it', async () => {
    const { rings, store } = await withStore()
    await rings.create('acme')
    store.fails = refuses()
    expect(await codeOf(rings.load('acme'))).toBe('key_store_refuses')
  })

  it('make nothing new: a key that is made while the store is away could not be opened later', async () => {
    const { rings, store } = await withStore()
    await rings.create('acme')
    store.fails = unavailable()
    expect(await codeOf(rings.create('globex'))).toBe('unavailable')
    expect(await codeOf(rings.rotate('acme'))).toBe('unavailable')
  })

  it('are of the very ring that is stored: another log gets none, and one that is destroyed is gone at once', async () => {
    const { rings, records, store, keeper } = await withStore()
    await rings.create('acme')
    store.fails = unavailable()
    const stolen = await records.get('key-rings', 'acme')
    await records.put('key-rings', 'evil', undefined, stolen?.value)
    expect(await codeOf(rings.load('evil'))).toBe('unavailable')
    expect(keeper.count()).toBe(1)
    await rings.destroy('acme')
    expect(keeper.count()).toBe(0)
    expect(await rings.load('acme')).toBe('destroyed')
  })

  it('are asked for at once while the store is known to be away, so that nobody waits for it', async () => {
    const { rings, store, keyStore } = await withStore()
    await rings.create('acme')
    store.fails = unavailable()
    await keyStore.probe()
    const before = store.asked
    await rings.load('acme')
    expect(store.asked).toBe(before)
  })

  it('go in the order in which they were opened last, when there are too many', () => {
    const keeper = openKeeper({ clock: { now: () => 0 }, millis: hour, most: 2 })
    const wrapped = Buffer.from('wrapped')
    for (const log of ['a', 'b', 'a', 'c']) keeper.keep(log, wrapped, Buffer.from(log))
    expect(['a', 'b', 'c'].map((log) => keeper.get(log, wrapped)?.toString())).toEqual(['a', undefined, 'c'])
  })

  it('are nowhere in the clear among what is kept', () => {
    const keeper = openKeeper({ clock: { now: () => 0 }, millis: hour })
    const plain = Buffer.from('a key that nobody should see')
    keeper.keep('acme', Buffer.from('wrapped'), plain)
    expect(JSON.stringify(keeper)).not.toContain(plain.toString())
    expect(keeper.get('acme', Buffer.from('other'))).toBeUndefined()
    expect(Buffer.from(keeper.get('acme', Buffer.from('wrapped')) ?? []).equals(plain)).toBe(true)
  })
})

describe('watching a key store', () => {
  it('says since when it is away, and that it is back, by whatever is asked of it', async () => {
    const { rings, store, time, keyStore } = await withStore()
    expect(keyStore.away()).toBeUndefined()
    store.fails = unavailable()
    await codeOf(rings.create('acme'))
    const since = time.now
    time.now += 70_000
    await keyStore.probe()
    expect(keyStore.away()).toEqual({ since, refuses: false })
    store.fails = refuses()
    await keyStore.probe()
    expect(keyStore.away()).toEqual({ since, refuses: true })
    store.fails = undefined
    await keyStore.probe()
    expect(keyStore.away()).toBeUndefined()
  })
})

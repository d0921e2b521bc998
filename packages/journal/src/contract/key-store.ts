// What a master key that lives in a store on the network must do while that store is away, hangs, or refuses.
import type { Millis } from '@konfig/core'
import { describe, expect, it, vi } from 'vitest'
import { openMemory } from '../memory/index.ts'
import type { MasterKey } from '../sealing/face.ts'
import { openKeeper } from '../sealing/keeper.ts'
import { watchMaster } from '../sealing/key-store.ts'
import { localMasterKey } from '../sealing/master.ts'
import { clock, filled, masterKeyContract, type MasterKeySubject, node, plain, refusal } from './master-key.ts'

/** A key store on the network, and what can befall it. */
export interface KeyStoreSubject extends MasterKeySubject {
  /** The same key, opened anew; an answer is lost that takes longer than is given. */
  readonly open: (patienceMillis?: Millis) => Promise<MasterKey>
  /** Nothing answers; answers how to bring it back. */
  readonly stop: () => Promise<() => Promise<void>>
  /** Connections are taken and nothing is answered; answers how to let it go on. */
  readonly freeze: () => Promise<() => Promise<void>>
  /** The store no longer takes this node's credentials; answers how to let it in again. */
  readonly lockOut: () => Promise<() => Promise<void>>
  /** The key is disabled, or gone; answers how to bring it back. */
  readonly disable: () => Promise<() => Promise<void>>
}

/** A limit for what hangs. */
const patiently = { timeout: 60_000 }
const shortMillis = 500

export const keyStoreContract = (name: string, subject: KeyStoreSubject): void => {
  masterKeyContract(name, subject)
  describe(`key store contract: ${name}`, () => {
    const befalls = async (
      event: () => Promise<() => Promise<void>>,
    ): Promise<{ readonly during: readonly unknown[]; readonly after: unknown }> => {
      const key = await subject.open()
      const wrapped = await key.wrap(plain)
      const mend = await event()
      try {
        const during = [await refusal(key.wrap(plain)), await refusal(key.unwrap(wrapped))]
        await mend()
        return { during, after: await refusal(key.unwrap(wrapped)) }
      } catch (reason) {
        await mend()
        throw reason
      }
    }

    it('rejects with unavailable while the store is away, and goes on by itself', async () => {
      expect(await befalls(subject.stop)).toEqual({ during: ['unavailable', 'unavailable'], after: 'done' })
    })

    it('rejects with unavailable while the store hangs, and goes on by itself', async () => {
      const wrapped = await (await subject.open()).wrap(plain)
      // A busy machine may take longer to answer than is allowed here: then it is asked again.
      const hasty = await vi.waitFor(() => subject.open(shortMillis), patiently)
      await expect.poll(() => refusal(hasty.unwrap(wrapped)), patiently).toBe('done')
      const goOn = await subject.freeze()
      const during = [await refusal(hasty.wrap(plain)), await refusal(hasty.unwrap(wrapped))]
      await goOn()
      expect(during).toEqual(['unavailable', 'unavailable'])
      await expect.poll(() => refusal(hasty.unwrap(wrapped)), patiently).toBe('done')
    })

    it('says that it is refused when the store no longer takes its credentials', async () => {
      expect(await befalls(subject.lockOut)).toEqual({
        during: ['key_store_refuses', 'key_store_refuses'],
        after: 'done',
      })
    })

    it('says that it is refused when the key is disabled or gone, and never that the key is wrong', async () => {
      expect(await befalls(subject.disable)).toEqual({
        during: ['key_store_refuses', 'key_store_refuses'],
        after: 'done',
      })
    })

    it('leaves a rewrap as it is when it goes away in the middle, and finishes it when it is back', async () => {
      const local = localMasterKey(plain)
      const { stored, keys } = await filled(local)
      const own = await subject.open()
      let mend: (() => Promise<void>) | undefined
      let wrapped = 0
      const going: MasterKey = {
        ...own,
        wrap: async (bytes) => {
          wrapped += 1
          if (wrapped === 3) mend = await subject.stop()
          return own.wrap(bytes)
        },
      }
      expect(await refusal((await node(stored, going, local)).rewrap())).toBe('unavailable')
      await mend?.()
      const both = await node(stored, own, local)
      expect(await both.loaded()).toEqual(keys)
      await both.rewrap()
      expect(await (await node(stored, own)).loaded()).toEqual(keys)
    })

    it('is bridged by what was kept while it is away, and not while it refuses; nothing is made meanwhile', async () => {
      const { master, keyStore } = await watchMaster(await subject.open(), clock)
      const keeping = { keyStore, keeper: openKeeper({ clock, millis: 60_000 }) }
      const { records: stored } = openMemory({ clock })
      const { rings } = await node(stored, master, undefined, keeping)
      const ring = await rings.create('log-1')
      const mend = await subject.stop()
      try {
        expect(await rings.load('log-1')).toEqual(ring)
        expect(keyStore.away()).toEqual({ since: clock.now(), refuses: false })
        expect(await refusal(rings.create('log-2'))).toBe('unavailable')
        expect(await refusal(rings.rotate('log-1'))).toBe('unavailable')
      } finally {
        await mend()
      }
      await keyStore.probe()
      expect(keyStore.away()).toBeUndefined()
      const allow = await subject.disable()
      try {
        expect(await refusal(rings.load('log-1'))).toBe('key_store_refuses')
      } finally {
        await allow()
      }
      expect(await rings.load('log-1')).toEqual(ring)
    })

    it('rejects with unavailable when it is opened while the store is away', async () => {
      const mend = await subject.stop()
      try {
        expect(await refusal(subject.open())).toBe('unavailable')
      } finally {
        await mend()
      }
    })
  })
}

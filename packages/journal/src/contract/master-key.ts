// What every master key must do, wherever it lives.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openMemory } from '../memory/index.ts'
import type { Records } from '../records.ts'
import type { MasterKey } from '../sealing/face.ts'
import { openInstallation } from '../sealing/installation.ts'
import { localMasterKey } from '../sealing/master.ts'
import type { Keeping } from '../sealing/masters.ts'
import { sealedRecords } from '../sealing/records.ts'
import { rewrapInstallation } from '../sealing/rewrap.ts'
import { openKeyRings } from '../sealing/rings.ts'
import { codeOf } from './batches.ts'

export interface MasterKeySubject {
  /** The same key, opened anew. */
  readonly open: () => Promise<MasterKey>
  /** Another key of the same sort. */
  readonly other: () => Promise<MasterKey>
}

export const plain = Buffer.from('0123456789abcdef0123456789abcdef')
export const refusal = async (action: Promise<unknown>): Promise<unknown> => (await codeOf(action)) ?? 'done'

export const clock = { now: () => Date.UTC(2030, 0, 1) }
const logs = ['log-1', 'log-2', 'log-3', 'log-4']

/** A node that keeps an installation in these records under a master key. */
export const node = async (stored: Records, master: MasterKey, previous?: MasterKey, keeping?: Keeping) => {
  const before = previous === undefined ? undefined : () => Promise.resolve(previous)
  const installation = await openInstallation(stored, master, before, keeping)
  const rings = openKeyRings(sealedRecords(stored, installation), installation, clock)
  return {
    rings,
    loaded: () => Promise.all(logs.map((log) => rings.load(log))),
    rewrap: () => rewrapInstallation({ stored, installation, rings }, { dryRun: false, again: false }),
  }
}

export const filled = async (master: MasterKey) => {
  const { records: stored } = openMemory({ clock })
  const first = await node(stored, master)
  for (const log of logs) await first.rings.create(log)
  await first.rings.rotate('log-2')
  return { stored, keys: await first.loaded() }
}

export const masterKeyContract = (name: string, subject: MasterKeySubject): void => {
  describe(`master key contract: ${name}`, () => {
    it('unwraps what it wrapped, also after it was opened anew', async () => {
      const wrapped = await (await subject.open()).wrap(plain)
      expect(Buffer.from(await (await subject.open()).unwrap(wrapped))).toEqual(plain)
    })

    it('wraps any bytes up to a kilobyte', async () => {
      const key = await subject.open()
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 1024 }), async (bytes) => {
          expect(Buffer.from(await key.unwrap(await key.wrap(bytes)))).toEqual(Buffer.from(bytes))
        }),
        { numRuns: 10 },
      )
    })

    it('shows nothing of what it wraps, and wraps it differently each time', async () => {
      const key = await subject.open()
      const [first, second] = [Buffer.from(await key.wrap(plain)), Buffer.from(await key.wrap(plain))]
      expect(first.includes(plain)).toBe(false)
      expect(first.equals(second)).toBe(false)
    })

    it('is recognised by its id', async () => {
      const [one, again, other] = [await subject.open(), await subject.open(), await subject.other()]
      expect(again.id).toBe(one.id)
      expect(other.id).not.toBe(one.id)
    })

    it('refuses with key_wrong what another key wrapped', async () => {
      const wrapped = await (await subject.other()).wrap(plain)
      expect(await refusal((await subject.open()).unwrap(wrapped))).toBe('key_wrong')
    })

    it('refuses with key_wrong what was cut, altered or is nothing of its', async () => {
      const key = await subject.open()
      const wrapped = Buffer.from(await key.wrap(plain))
      const altered = Buffer.from(wrapped)
      const last = altered.length - 3
      altered[last] = altered[last] === 0x41 ? 0x42 : 0x41
      for (const bytes of [altered, wrapped.subarray(0, -4), Buffer.alloc(0), Buffer.from('nothing of mine')])
        expect(await refusal(key.unwrap(bytes))).toBe('key_wrong')
    })

    it('serves many at once', async () => {
      const key = await subject.open()
      const wrapped = await Promise.all(Array.from({ length: 20 }, (_, index) => key.wrap(Buffer.from([index]))))
      expect(await Promise.all(wrapped.map(async (each) => (await key.unwrap(each))[0]))).toEqual(
        Array.from({ length: 20 }, (_, index) => index),
      )
    })

    it('keeps an installation: its keys are made, rotated, and opened again by whoever opens it anew', async () => {
      const { stored, keys } = await filled(await subject.open())
      expect(await (await node(stored, await subject.open())).loaded()).toEqual(keys)
      expect(await refusal(node(stored, await subject.other()))).toBe('key_wrong')
    })

    it('takes an installation over from another sort of key, hands it on to another of its own, and back', async () => {
      const [own, other, local] = [await subject.open(), await subject.other(), localMasterKey(plain)]
      const { stored, keys } = await filled(local)
      for (const [from, to] of [
        [local, own],
        [own, other],
        [other, local],
      ] as const) {
        expect(await (await node(stored, to, from)).rewrap()).toMatchObject({ from: from.id, to: to.id, rewrapped: 4 })
        expect(await (await node(stored, to)).loaded()).toEqual(keys)
        expect(await refusal(node(stored, from))).toBe('key_wrong')
      }
    })
  })
}

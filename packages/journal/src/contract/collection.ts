// What records promise over time and as collections: expiry on read, order of ids, faults.
import { describe, expect, it } from 'vitest'
import type { Records } from '../records.ts'
import { codeOf, onceThere, sure } from './batches.ts'
import { key, stored, write } from './record.ts'
import type { Bench } from './subject.ts'

interface Time {
  now: number
}

export const expiryRules = ({ port }: Bench<Records>, time: Time): void => {
  describe('expiry', () => {
    it('shows a record until its time and from then on to nobody, swept or not', async () => {
      await port().put(write({ expiresAt: time.now + 1000 }))
      time.now += 999
      expect((await port().get(key))?.expiresAt).toBe(time.now + 1)
      time.now += 1
      expect(await port().get(key)).toBeUndefined()
      expect(await port().list('users', { limit: 10 })).toEqual([])
    })

    it('counts an expired record as none for a creator, a writer and a deleter', async () => {
      const one = write({ expiresAt: time.now + 10 })
      await port().put(one)
      time.now += 10
      expect(await port().delete(key, one.version)).toBe('conflict')
      expect(await port().put(write({ expected: one.version }))).toBe('conflict')
      const next = write()
      expect(await port().put(next)).toBe('landed')
      expect((await port().get(key))?.version).toBe(next.version)
    })

    it('keeps a record for good whose next version has no expiry', async () => {
      const one = write({ expiresAt: time.now + 10 })
      await port().put(one)
      await port().put(write({ expected: one.version }))
      time.now += 1000
      const kept = await port().get(key)
      expect(kept).toBeDefined()
      expect(kept).not.toHaveProperty('expiresAt')
    })

    it('does not revive a record whose clock went back once it was replaced', async () => {
      const one = write({ expiresAt: time.now + 10 })
      await port().put(one)
      time.now += 20
      const two = write()
      await port().put(two)
      time.now -= 20
      expect((await port().get(key))?.version).toBe(two.version)
    })

    it('sweeps what has expired, and nothing else', async () => {
      await port().put(write({ id: 'a', expiresAt: time.now + 10 }))
      await port().put(write({ id: 'b', expiresAt: time.now + 20 }))
      await port().put(write({ id: 'c' }))
      time.now += 10
      expect(await port().sweep()).toBe(1)
      expect(await port().sweep()).toBe(0)
      expect((await port().list('users', { limit: 10 })).map(({ id }) => id)).toEqual(['b', 'c'])
    })
  })
}

export const listRules = ({ port }: Bench<Records>): void => {
  describe('list', () => {
    const put = async (...ids: readonly string[]): Promise<void> => {
      for (const id of ids) await port().put(write({ id }))
    }
    const ids = async (options: Parameters<Records['list']>[1]): Promise<readonly string[]> =>
      (await port().list('users', options)).map(({ id }) => id)

    it('answers ids in byte order with their values', async () => {
      await put('b', 'a', 'B', 'a ', '~', '!', 'a!', '10', '9')
      expect(await ids({ limit: 100 })).toEqual(['!', '10', '9', 'B', 'a', 'a ', 'a!', 'b', '~'])
    })

    it('answers whole records', async () => {
      const one = write()
      await port().put(one)
      const [record] = await port().list('users', { limit: 1 })
      expect({ ...record, value: Buffer.from(sure(record).value) }).toEqual(stored(one))
    })

    it('pages by limit and after', async () => {
      await put('a', 'b', 'c', 'd', 'e')
      expect(await ids({ limit: 2 })).toEqual(['a', 'b'])
      expect(await ids({ limit: 2, after: 'b' })).toEqual(['c', 'd'])
      expect(await ids({ limit: 2, after: 'bb' })).toEqual(['c', 'd'])
      expect(await ids({ limit: 2, after: 'e' })).toEqual([])
    })

    it('takes a prefix literally', async () => {
      await put('a%b', 'a%c', 'axb', 'a_b', 'A%b', 'a', 'a~', 'b')
      expect(await ids({ prefix: 'a%', limit: 100 })).toEqual(['a%b', 'a%c'])
      expect(await ids({ prefix: 'a', limit: 100 })).toEqual(['a', 'a%b', 'a%c', 'a_b', 'axb', 'a~'])
      expect(await ids({ prefix: 'a', after: 'a%b', limit: 2 })).toEqual(['a%c', 'a_b'])
      expect(await ids({ prefix: 'a~~', limit: 100 })).toEqual([])
      expect(await ids({ prefix: 'b', after: 'a', limit: 100 })).toEqual(['b'])
    })

    it('shows nothing of another collection', async () => {
      await port().put(write({ collection: 'sessions', id: 's' }))
      await put('a')
      expect(await ids({ limit: 100 })).toEqual(['a'])
      expect(await port().list('unheard-of', { limit: 100 })).toEqual([])
    })
  })
}

export const recordFaultRules = ({ port, another, impatient, freeze, cut }: Bench<Records>): void => {
  describe('faults of records', () => {
    it('rejects with unavailable while the store is frozen, stores nothing, and goes on when it thaws', async () => {
      const tired = await impatient()
      const thaw = await freeze()
      const one = write()
      const code = await codeOf(tired.put(one))
      await thaw()
      expect(code).toBe('unavailable')
      expect(await onceThere(() => tired.get(key))).toBeUndefined()
      expect(await onceThere(() => tired.put(one))).toBe('landed')
    })

    it('answers unknown where an answer was lost, and landed for the very same put again', async () => {
      const fired = await cut()
      const one = write()
      expect(await port().put(one)).toBe('unknown')
      expect(fired()).toBe(true)
      expect(await (await another()).put(one)).toBe('landed')
    })

    it('answers unknown for a delete whose answer was lost, and it is gone', async () => {
      const one = write()
      await port().put(one)
      const fired = await cut()
      expect(await port().delete(key, one.version)).toBe('unknown')
      expect(fired()).toBe(true)
      expect(await port().get(key)).toBeUndefined()
    })

    it('rejects with unavailable after it is closed, and may be closed again', async () => {
      const other = await another()
      await other.close()
      await other.close()
      const calls = [
        () => other.get(key),
        () => other.put(write()),
        () => other.delete(key, 'x'),
        () => other.list('users', { limit: 1 }),
        () => other.sweep(),
      ]
      expect(await Promise.all(calls.map((call) => codeOf(call())))).toEqual(calls.map(() => 'unavailable'))
      expect(await port().get(key)).toBeUndefined()
    })
  })
}

// What records promise: compare-and-set by a token, one order of ids, expiry by the clock that is passed in.
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RecordKey, RecordOutcome, Records, RecordWrite, StoredRecord } from '../records.ts'
import { codeOf, sure } from './batches.ts'
import type { Bench } from './subject.ts'

export const key = { collection: 'users', id: 'u1' } as const

/** A write with a fresh version, of an absent record unless told otherwise. */
export const write = (of: Partial<RecordWrite> = {}): RecordWrite => ({
  ...key,
  expected: undefined,
  version: randomUUID(),
  value: randomBytes(20),
  ...of,
})

/** A write as it is to be found, and what was found, in comparable bytes. */
export const stored = ({ expected: _expected, ...record }: RecordWrite): StoredRecord => ({
  ...record,
  value: Buffer.from(record.value),
})
export const found = async (records: Records, at: RecordKey = key): Promise<StoredRecord | undefined> => {
  const record = await records.get(at)
  return record && { ...record, value: Buffer.from(record.value) }
}

export const putRules = ({ port, another }: Bench<Records>): void => {
  describe('put', () => {
    it('creates a record and shows it to every reader', async () => {
      const one = write()
      expect(await port().put(one)).toBe('landed')
      expect(await found(await another())).toEqual(stored(one))
    })

    it('answers undefined for a record that is not there', async () => {
      expect(await found(port(), key)).toBeUndefined()
    })

    it('replaces exactly the version that was expected', async () => {
      const one = write()
      const two = write({ expected: one.version })
      await port().put(one)
      expect(await port().put(two)).toBe('landed')
      expect(await found(port())).toEqual(stored(two))
    })

    it('rejects a write that expects another version, and changes nothing', async () => {
      const one = write()
      await port().put(one)
      expect(await port().put(write({ expected: randomUUID() }))).toBe('conflict')
      expect(await found(port())).toEqual(stored(one))
    })

    it('rejects a creation where there is a record', async () => {
      const one = write()
      await port().put(one)
      expect(await port().put(write())).toBe('conflict')
      expect(await found(port())).toEqual(stored(one))
    })

    it('rejects a replacement where there is no record', async () => {
      expect(await port().put(write({ expected: randomUUID() }))).toBe('conflict')
      expect(await found(port(), key)).toBeUndefined()
    })

    it('answers landed when the very same put comes again', async () => {
      const one = write()
      const two = write({ expected: one.version })
      expect([await port().put(one), await port().put(one)]).toEqual(['landed', 'landed'])
      expect([await port().put(two), await (await another()).put(two)]).toEqual(['landed', 'landed'])
      expect(await port().put(one)).toBe('conflict')
    })

    it('lets no stale writer match a record that was deleted and made again', async () => {
      const one = write()
      await port().put(one)
      await port().delete(key, one.version)
      const again = write()
      await port().put(again)
      expect(await port().put(write({ expected: one.version }))).toBe('conflict')
      expect(await port().delete(key, one.version)).toBe('conflict')
      expect(await found(port())).toEqual(stored(again))
    })

    it('keeps an empty value, and one of 256 KiB', async () => {
      const empty = write({ value: Buffer.alloc(0) })
      const large = write({ id: 'large', value: randomBytes(256 * 1024) })
      await port().put(empty)
      await port().put(large)
      expect((await port().get(key))?.value.byteLength).toBe(0)
      expect(await found(port(), { ...key, id: 'large' })).toEqual(stored(large))
    })

    it('refuses a value above 256 KiB', async () => {
      expect(await codeOf(port().put(write({ value: randomBytes(256 * 1024 + 1) })))).toBe('too_large')
      expect(await found(port(), key)).toBeUndefined()
    })

    it.each([
      ['no id', { id: '' }],
      ['an id of 256 bytes', { id: 'x'.repeat(256) }],
      ['an id beyond ASCII', { id: 'caf\u00e9' }],
      ['no collection', { collection: '' }],
      ['no version', { version: '' }],
      ['a version of 65 bytes', { version: 'x'.repeat(65) }],
    ])('refuses a record with %s', async (_, wrong) => {
      expect(await codeOf(port().put(write(wrong)))).toBe('bug')
    })

    it('holds ids apart that differ by case, by a trailing space, or between collections', async () => {
      const ids = ['Ann', 'ann', 'ann ', ' ann', 'an', 'a%', 'a_', "a'n", 'x'.repeat(255)]
      const writes = [
        ...ids.map((id) => write({ id })),
        write({ collection: 'Users', id: 'ann' }),
        write({ collection: 'users ', id: 'ann' }),
      ]
      for (const one of writes) expect(await port().put(one)).toBe('landed')
      for (const one of writes) expect(await found(port(), one)).toEqual(stored(one))
    })

    it('keeps a value that its caller overwrites after the answer', async () => {
      const value = Buffer.from('as it was')
      await port().put(write({ value }))
      value.fill(0)
      expect(Buffer.from(sure(await port().get(key)).value).toString()).toBe('as it was')
    })
  })

  describe('delete', () => {
    it('removes exactly the version that was expected', async () => {
      const one = write()
      await port().put(one)
      expect(await port().delete(key, randomUUID())).toBe('conflict')
      expect(await found(port())).toEqual(stored(one))
      expect(await port().delete(key, one.version)).toBe('landed')
      expect(await found(port(), key)).toBeUndefined()
    })

    it('answers conflict for what is not there', async () => {
      expect(await port().delete(key, randomUUID())).toBe('conflict')
    })
  })

  describe('race of records', () => {
    const tally = (outcomes: readonly RecordOutcome[]) => outcomes.filter((outcome) => outcome === 'landed').length
    const writers = Array.from({ length: 64 }, (_, index) => index)

    it('has exactly one winner among 64 creators', async () => {
      const ports = [port(), await another(), await another()]
      const writes = writers.map(() => write())
      const outcomes = await Promise.all(writes.map((one, index) => sure(ports[index % 3]).put(one)))
      expect(tally(outcomes)).toBe(1)
      expect(await found(port())).toEqual(stored(sure(writes[outcomes.indexOf('landed')])))
    })

    it('has exactly one winner among 64 writers of one version', async () => {
      const one = write()
      await port().put(one)
      const ports = [port(), await another()]
      const writes = writers.map(() => write({ expected: one.version }))
      const outcomes = await Promise.all(writes.map((next, index) => sure(ports[index % 2]).put(next)))
      expect(tally(outcomes)).toBe(1)
      expect(await found(port())).toEqual(stored(sure(writes[outcomes.indexOf('landed')])))
    })

    it('has exactly one winner among 64 deleters of one version', async () => {
      const one = write()
      await port().put(one)
      const ports = [port(), await another()]
      expect(tally(await Promise.all(writers.map((index) => sure(ports[index % 2]).delete(key, one.version))))).toBe(1)
    })

    it('has one winner between a writer and a deleter of one version', async () => {
      for (let round = 0; round < 20; round += 1) {
        const one = write({ id: `u${round}` })
        await port().put(one)
        const other = await another()
        const outcomes = await Promise.all([
          port().put(write({ id: one.id, expected: one.version })),
          other.delete(one, one.version),
        ])
        expect(tally(outcomes)).toBe(1)
      }
    })

    it('loses no count when many raise it and try again', async () => {
      await port().put(write({ value: Buffer.from('0') }))
      const ports = [port(), await another()]
      const raise = async (records: Records): Promise<void> => {
        for (;;) {
          const current = await records.get(key)
          const value = Buffer.from(String(Number(Buffer.from(sure(current).value).toString()) + 1))
          if ((await records.put(write({ expected: sure(current).version, value }))) === 'landed') return
        }
      }
      await Promise.all(writers.slice(0, 24).map((index) => raise(sure(ports[index % 2]))))
      expect(Buffer.from(sure(await port().get(key)).value).toString()).toBe('24')
    })
  })
}

// What erasing promises: everything goes, and the log refuses appends for good.
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, ends, fill, land, log, readAll, sure } from './batches.ts'
import type { Bench } from './subject.ts'

export const eraseRules = ({ port, another }: Bench<Journal>): void => {
  describe('erase', () => {
    it('answers erased to readers', async () => {
      await fill(port(), [1, 2])
      await port().erase(log)
      const other = await another()
      expect(await other.read(log, 0, 10)).toBe('erased')
      expect(await other.head(log)).toBe('erased')
    })

    it('refuses appends for good, at any head, the very same bytes too', async () => {
      const [one] = await fill(port(), [1, 2])
      await port().erase(log)
      const other = await another()
      expect(await land(other, batch(1))).toBe('erased')
      expect(await land(other, batch(4))).toBe('erased')
      expect(await land(other, sure(one))).toBe('erased')
    })

    it('refuses those too who wrote last, whoever erased it', async () => {
      await fill(port(), [1, 2])
      await (await another()).erase(log)
      expect(await land(port(), batch(4))).toBe('erased')
    })

    it('takes the snapshots with it', async () => {
      await fill(port(), [1])
      await port().saveSnapshot({ log, revision: 1, parts: [Buffer.from('x')] })
      await port().erase(log)
      expect(await port().loadSnapshot(log)).toBeUndefined()
    })

    it('holds for a log that never was', async () => {
      await port().erase('never')
      expect(await land(port(), batch(1, 1, { log: 'never' }))).toBe('erased')
    })

    it('may be repeated', async () => {
      await fill(port(), [1])
      await port().erase(log)
      await port().erase(log)
      expect(await port().head(log)).toBe('erased')
    })

    it('touches no other log, and other batches of the same call land', async () => {
      await fill(port(), [2], 'log-10')
      await fill(port(), [1])
      await port().erase(log)
      expect(ends(await readAll(port(), 'log-10'))).toEqual([[1, 2]])
      expect(await port().append([batch(2), batch(3, 3, { log: 'log-10' })])).toEqual(['erased', 'landed'])
    })

    it('shows nothing of an append that races with it', async () => {
      await fill(port(), [1])
      const other = await another()
      await Promise.all([port().erase(log), ...[2, 3, 4].map((first) => land(other, batch(first)))])
      expect(await other.read(log, 0, 10)).toBe('erased')
      expect(await other.head(log)).toBe('erased')
      for (const first of [3, 4, 5]) expect(await land(other, batch(first))).toBe('erased')
    })
  })
}

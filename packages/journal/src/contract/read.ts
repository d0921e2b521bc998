// What reading promises: whole batches, dense, in order, from any revision.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, codeOf, ends, fill, land, log, readAll } from './batches.ts'
import type { Bench } from './subject.ts'

export const readRules = ({ port, another }: Bench<Journal>): void => {
  describe('read', () => {
    it('answers a log that is not known with nothing and head 0', async () => {
      expect(await port().read('unheard-of', 0, 10)).toEqual([])
      expect(await port().head('unheard-of')).toBe(0)
    })

    it('answers whole batches in order, with exactly what was appended', async () => {
      const batches = await fill(port(), [1, 3, 2, 1])
      expect(await port().read(log, 0, 10)).toEqual(
        batches.map((one) => ({ ...one, payload: expect.anything(), checkpoint: false })),
      )
      expect(await readAll(await another())).toEqual(batches)
    })

    it('begins after a batch end with the next batch', async () => {
      await fill(port(), [1, 3, 2])
      expect(ends(await readAll(port(), log, 4))).toEqual([[5, 6]])
    })

    it('begins with the whole batch when the revision lies inside it', async () => {
      await fill(port(), [1, 3, 2])
      expect(ends(await readAll(port(), log, 2))).toEqual([
        [2, 4],
        [5, 6],
      ])
      expect(ends(await readAll(port(), log, 3))).toEqual([
        [2, 4],
        [5, 6],
      ])
    })

    it('answers nothing at and beyond the head', async () => {
      await fill(port(), [1, 3])
      expect(await port().read(log, 4, 10)).toEqual([])
      expect(await port().read(log, 400, 10)).toEqual([])
    })

    it('answers at most as many batches as asked for', async () => {
      await fill(port(), [1, 1, 1, 1, 1])
      expect(await port().read(log, 0, 2)).toHaveLength(2)
      expect(ends(await readAll(port(), log, 1, 2))).toEqual([
        [2, 2],
        [3, 3],
        [4, 4],
        [5, 5],
      ])
    })

    it('misses nothing in a log of 2,500 batches, whatever the page', async () => {
      await Promise.all(Array.from({ length: 2500 }, (_, index) => land(port(), batch(index + 1))))
      for (const limit of [1000, 2500, 10_000]) expect(await readAll(port(), log, 0, limit)).toHaveLength(2500)
    })

    it('reaches the end of a log that is larger than one answer', async () => {
      for (let at = 1; at <= 5; at += 1) await land(port(), batch(at, at, { payload: randomBytes(5 * 1024 * 1024) }))
      const page = await port().read(log, 0, 100)
      expect(page.length).toBeGreaterThan(0)
      expect(page.length).toBeLessThan(5)
      expect(ends(await readAll(port()))).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
        [5, 5],
      ])
    })

    it('shows no log the batches of another', async () => {
      await fill(port(), [1, 1], 'a')
      await fill(port(), [3], 'b')
      expect(ends(await readAll(port(), 'a'))).toEqual([
        [1, 1],
        [2, 2],
      ])
      expect(ends(await readAll(port(), 'b'))).toEqual([[1, 3]])
    })

    it('sees its own append at once', async () => {
      for (let at = 1; at <= 20; at += 1) {
        await land(port(), batch(at))
        expect(await port().head(log)).toBe(at)
        expect(ends(await readAll(port(), log, at - 1))).toEqual([[at, at]])
      }
    })

    it('answers health while it is open', async () => {
      expect(await codeOf(port().health())).toBeUndefined()
    })
  })
}

// What trimming promises: a checkpoint at 1 stands for what went, and nothing can land where it was.
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, ends, fill, land, log, readAll } from './batches.ts'
import type { Bench } from './subject.ts'

const seal = Buffer.from('signed checkpoint')

export const trimRules = ({ port, another }: Bench<Journal>): void => {
  describe('trim', () => {
    it('puts the checkpoint in place of all batches that end before', async () => {
      const batches = await fill(port(), [2, 1, 3, 1])
      expect(await port().trim(log, 4, seal)).toBe(true)
      const read = await (await another()).read(log, 0, 10)
      expect(read).toMatchObject([
        { log, first: 1, last: 3, checkpoint: true },
        { first: 4, last: 6, checkpoint: false },
        { first: 7, last: 7, checkpoint: false },
      ])
      expect(await readAll(port())).toEqual([{ log, first: 1, last: 3, payload: seal }, batches[2], batches[3]])
    })

    it('answers the checkpoint first to whoever reads from inside what it stands for', async () => {
      await fill(port(), [2, 1, 3])
      await port().trim(log, 4, seal)
      expect(ends(await readAll(port(), log, 1))).toEqual([
        [1, 3],
        [4, 6],
      ])
      expect(ends(await readAll(port(), log, 3))).toEqual([[4, 6]])
    })

    it('changes nothing and answers false where no batch begins', async () => {
      const batches = await fill(port(), [2, 3])
      for (const before of [0, 1, 2, 4, 5, 6, 7]) expect(await port().trim(log, before, seal)).toBe(false)
      expect(await port().trim('unheard-of', 3, seal)).toBe(false)
      expect(await readAll(port())).toEqual(batches)
    })

    it('lets the log go on', async () => {
      await fill(port(), [2, 1])
      await port().trim(log, 3, seal)
      expect(await port().head(log)).toBe(3)
      expect(await land(port(), batch(4))).toBe('landed')
      expect(ends(await readAll(port()))).toEqual([
        [1, 2],
        [3, 3],
        [4, 4],
      ])
    })

    it('lets no stale append land inside what was trimmed', async () => {
      await fill(port(), [1, 1, 1, 1])
      await port().trim(log, 4, seal)
      for (const first of [1, 2, 3, 4]) expect(await land(port(), batch(first))).toBe('conflict')
      expect(await land(port(), batch(1, 3, { payload: seal }))).toBe('conflict')
      expect(ends(await readAll(port()))).toEqual([
        [1, 3],
        [4, 4],
      ])
    })

    it('lets nothing land where it has taken what another wrote since', async () => {
      await fill(port(), [1, 1])
      const other = await another()
      for (const first of [3, 4, 5]) await land(other, batch(first))
      await other.trim(log, 5, seal)
      expect(await land(port(), batch(3))).toBe('conflict')
      expect(ends(await readAll(port()))).toEqual([
        [1, 4],
        [5, 5],
      ])
    })

    it('may be repeated, and trims further later', async () => {
      await fill(port(), [1, 1, 1, 1])
      expect(await port().trim(log, 3, seal)).toBe(true)
      expect(await port().trim(log, 3, seal)).toBe(true)
      expect(await port().trim(log, 4, Buffer.from('next'))).toBe(true)
      expect(await readAll(port())).toMatchObject([
        { first: 1, last: 3, payload: Buffer.from('next') },
        { first: 4, last: 4 },
      ])
      expect(await port().trim(log, 2, seal)).toBe(false)
    })

    it('races with appends without a gap', async () => {
      await fill(port(), [1, 1, 1, 1])
      const other = await another()
      const [trimmed, ...landings] = await Promise.all([
        port().trim(log, 4, seal),
        ...[5, 6, 7, 8].map((first) => land(other, batch(first))),
      ])
      expect([trimmed, ...landings]).toEqual([true, 'landed', 'landed', 'landed', 'landed'])
      expect(ends(await readAll(port()))).toEqual([
        [1, 3],
        [4, 4],
        [5, 5],
        [6, 6],
        [7, 7],
        [8, 8],
      ])
    })
  })
}

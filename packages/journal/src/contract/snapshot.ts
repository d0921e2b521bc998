// What snapshots promise: whole or not there, the newest not after, and never in the way of the log.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, codeOf, ends, fill, land, log, readAll } from './batches.ts'
import type { Bench } from './subject.ts'

const loaded = async (
  journal: Journal,
  notAfter?: number,
  id = log,
): Promise<readonly [number, ...Buffer[]] | undefined> => {
  const snapshot = await (notAfter === undefined ? journal.loadSnapshot(id) : journal.loadSnapshot(id, notAfter))
  if (snapshot === undefined) return undefined
  const parts: Buffer[] = []
  for await (const part of snapshot.parts) parts.push(Buffer.from(part))
  return [snapshot.revision, ...parts]
}

export const snapshotRules = ({ port, another }: Bench<Journal>): void => {
  describe('snapshot', () => {
    it('answers undefined where there is none', async () => {
      expect(await loaded(port())).toBeUndefined()
    })

    it('gives back its parts in order, an empty one among them', async () => {
      const parts = [randomBytes(10), Buffer.alloc(0), randomBytes(3)]
      await port().saveSnapshot({ log, revision: 7, parts })
      expect(await loaded(await another())).toEqual([7, ...parts])
    })

    it('keeps a snapshot of no parts', async () => {
      await port().saveSnapshot({ log, revision: 7, parts: [] })
      expect(await loaded(port())).toEqual([7])
    })

    it('gives the newest, whatever the order they were saved in', async () => {
      for (const revision of [5, 9, 7]) await port().saveSnapshot({ log, revision, parts: [Buffer.from([revision])] })
      expect(await loaded(port())).toEqual([9, Buffer.from([9])])
    })

    it('gives the newest that is not after the revision asked for', async () => {
      for (const revision of [10, 20]) await port().saveSnapshot({ log, revision, parts: [Buffer.from([revision])] })
      expect(await loaded(port(), 20)).toEqual([20, Buffer.from([20])])
      expect(await loaded(port(), 19)).toEqual([10, Buffer.from([10])])
      expect(await loaded(port(), 10)).toEqual([10, Buffer.from([10])])
      expect(await loaded(port(), 9)).toBeUndefined()
    })

    it('replaces a snapshot of the same revision whole', async () => {
      await port().saveSnapshot({ log, revision: 7, parts: [Buffer.from('a'), Buffer.from('b')] })
      await port().saveSnapshot({ log, revision: 7, parts: [Buffer.from('c')] })
      expect(await loaded(port())).toEqual([7, Buffer.from('c')])
    })

    it('does not keep one whose parts end in an error', async () => {
      await port().saveSnapshot({ log, revision: 1, parts: [Buffer.from('whole')] })
      const parts = async function* () {
        yield randomBytes(1024)
        throw new Error('the state went away')
      }
      await expect(port().saveSnapshot({ log, revision: 2, parts: parts() })).rejects.toThrow('the state went away')
      expect(await loaded(port())).toEqual([1, Buffer.from('whole')])
    })

    it('refuses a part above 1 MiB and keeps nothing of its snapshot', async () => {
      const parts = [randomBytes(10), new Uint8Array(1024 * 1024 + 1)]
      expect(await codeOf(port().saveSnapshot({ log, revision: 2, parts }))).toBe('too_large')
      expect(await loaded(port())).toBeUndefined()
    })

    it('keeps 24 parts of 1 MiB, while appends go on', async () => {
      const parts = Array.from({ length: 24 }, () => randomBytes(1024 * 1024))
      const [, landing] = await Promise.all([port().saveSnapshot({ log, revision: 3, parts }), land(port(), batch(1))])
      expect(landing).toBe('landed')
      const found = await loaded(await another())
      expect(found?.length).toBe(25)
      expect(parts.every((part, index) => Buffer.compare(part, found?.[index + 1] as Buffer) === 0)).toBe(true)
    })

    it('keeps the newest whole when two openings save the same revision at once', async () => {
      const save = (journal: Journal, fill: string) =>
        journal.saveSnapshot({ log, revision: 5, parts: [Buffer.from(`${fill}1`), Buffer.from(`${fill}2`)] })
      await Promise.all([save(port(), 'a'), save(await another(), 'b')])
      const found = (await loaded(port()))?.map(String)
      expect([
        ['5', 'a1', 'a2'],
        ['5', 'b1', 'b2'],
      ]).toContainEqual(found)
    })

    it('always keeps the newest of many, and an older one for the past', async () => {
      for (let revision = 1; revision <= 64; revision += 1)
        await port().saveSnapshot({ log, revision, parts: [Buffer.from([revision])] })
      expect(await loaded(port())).toEqual([64, Buffer.from([64])])
      expect((await loaded(port(), 40))?.[0]).toBeGreaterThan(0)
    })

    it('shows no log the snapshots of another', async () => {
      await port().saveSnapshot({ log: 'other', revision: 7, parts: [Buffer.from('x')] })
      expect(await loaded(port())).toBeUndefined()
    })

    it('changes nothing of the log', async () => {
      await fill(port(), [1, 2])
      await port().saveSnapshot({ log, revision: 2, parts: [Buffer.from('x')] })
      expect(ends(await readAll(port()))).toEqual([
        [1, 1],
        [2, 3],
      ])
      expect(await land(port(), batch(4))).toBe('landed')
    })
  })
}

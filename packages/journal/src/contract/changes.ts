// What followers are promised: changedSince misses nothing, watch wakes them.
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, fill, land } from './batches.ts'
import type { Bench } from './subject.ts'

export const changesRules = ({ port, another }: Bench<Journal>): void => {
  describe('changes', () => {
    it('gives a cursor for now and no logs when asked without one', async () => {
      await fill(port(), [1])
      const { changed, cursor } = await port().changedSince(undefined)
      expect(changed).toEqual([])
      expect(cursor).toBeTypeOf('string')
    })

    it('names each log that changed since, with a head at least as new', async () => {
      await fill(port(), [1], 'before')
      const { cursor } = await port().changedSince(undefined)
      await fill(port(), [2, 1], 'a')
      await fill(port(), [4], 'b')
      const { changed } = await (await another()).changedSince(cursor)
      expect(changed).toContainEqual({ log: 'a', head: 3 })
      expect(changed).toContainEqual({ log: 'b', head: 4 })
    })

    it('comes to rest: with no writers an answer follows that names nothing new', async () => {
      let { cursor } = await port().changedSince(undefined)
      await fill(port(), [1], 'a')
      const first = await port().changedSince(cursor)
      cursor = first.cursor
      await fill(port(), [1], 'b')
      const second = await port().changedSince(cursor)
      expect(second.changed).toContainEqual({ log: 'b', head: 1 })
    })

    it('answers a cursor that it does not understand with every log', async () => {
      await fill(port(), [1], 'a')
      await fill(port(), [2], 'b')
      const { changed } = await port().changedSince('never given')
      expect(changed).toContainEqual({ log: 'a', head: 1 })
      expect(changed).toContainEqual({ log: 'b', head: 2 })
    })

    it('names a log that was erased as erased', async () => {
      await fill(port(), [1], 'gone')
      const { cursor } = await port().changedSince(undefined)
      await port().erase('gone')
      expect((await port().changedSince(cursor)).changed).toContainEqual({ log: 'gone', head: 'erased' })
    })

    it('keeps a cursor good for another opening of the store', async () => {
      const { cursor } = await (await another()).changedSince(undefined)
      await fill(port(), [1], 'a')
      expect((await (await another()).changedSince(cursor)).changed).toContainEqual({ log: 'a', head: 1 })
    })

    it('misses no append of concurrent writers, each named at least once with its head or a newer one', async () => {
      const writers = [port(), await another(), await another()]
      const follower = await another()
      let { cursor } = await follower.changedSince(undefined)
      const seen = new Map<string, number>()
      const follow = async (): Promise<void> => {
        const answer = await follower.changedSince(cursor)
        cursor = answer.cursor
        for (const { log, head } of answer.changed) seen.set(log, Math.max(seen.get(log) ?? 0, Number(head)))
      }
      let writing = true
      const write = async (journal: Journal, own: number): Promise<void> => {
        for (let at = 1; at <= 10; at += 1)
          for (const rest of [0, 1, 2, 3]) await land(journal, batch(at, at, { log: `log-${own}-${rest}` }))
      }
      const writes = Promise.all(writers.map(write)).then(() => {
        writing = false
      })
      while (writing) await follow()
      await writes
      await follow()
      const expected = writers.flatMap((_, own) => [0, 1, 2, 3].map((rest) => [`log-${own}-${rest}`, 10] as const))
      expect(seen).toEqual(new Map(expected))
    })

    it('wakes a watcher after an append of its own opening and of another', async () => {
      for (const writer of [port(), await another()]) {
        const id = writer === port() ? 'own' : 'other'
        let stop = (): void => {}
        const woken = new Promise<void>((resolve) => {
          stop = port().watch(() => resolve())
        })
        await fill(writer, [1], id)
        await expect(woken).resolves.toBeUndefined()
        stop()
      }
    })

    it('leaves a watcher alone once it has stopped', async () => {
      let calls = 0
      const stop = port().watch(() => {
        calls += 1
      })
      stop()
      stop()
      const woken = new Promise<void>((resolve) => {
        port().watch(() => resolve())
      })
      await fill(port(), [1])
      await woken
      expect(calls).toBe(0)
    })
  })
}

// What many writers at once are promised: one winner a key, dense logs, and nobody told wrong.
import { describe, expect, it } from 'vitest'
import type { Batch, Journal } from '../journal.ts'
import { batch, ends, land, log, readAll, sure } from './batches.ts'
import type { Bench } from './subject.ts'

const sixtyFour = Array.from({ length: 64 }, (_, index) => index)

export const raceRules = ({ port, another }: Bench<Journal>): void => {
  describe('race', () => {
    it('has exactly one winner among 64 writers of one key, and keeps its bytes', async () => {
      const journals = [port(), await another(), await another(), await another()]
      const batches = sixtyFour.map(() => batch(1))
      const landings = await Promise.all(
        batches.map((one, index) => land(sure(journals[index % journals.length]), one)),
      )
      expect(landings.filter((landing) => landing === 'landed')).toHaveLength(1)
      expect(landings.filter((landing) => landing === 'conflict')).toHaveLength(63)
      expect(await readAll(port())).toEqual([batches[landings.indexOf('landed')]])
    })

    it('has exactly one winner among batches of different length from one head', async () => {
      const batches = sixtyFour.map((index) => batch(1, index + 1))
      const landings = await Promise.all(batches.map((one) => land(port(), one)))
      expect(landings.filter((landing) => landing === 'landed')).toHaveLength(1)
      expect(await readAll(port())).toEqual([batches[landings.indexOf('landed')]])
    })

    it('tells all of 64 repeats of one batch that it landed, and keeps one row', async () => {
      const one = batch(1)
      const journals = [port(), await another()]
      expect(await Promise.all(sixtyFour.map((index) => land(sure(journals[index % 2]), one)))).toEqual(
        sixtyFour.map(() => 'landed'),
      )
      expect(await readAll(port())).toEqual([one])
    })

    it('lands the appends of one writer who does not wait, in their order', async () => {
      const batches = sixtyFour.map((index) => batch(index + 1))
      expect(await Promise.all(batches.map((one) => land(port(), one)))).toEqual(sixtyFour.map(() => 'landed'))
      expect(await readAll(port())).toEqual(batches)
    })

    it('stays dense, and every acknowledged batch is there, when writers read the head and try again', async () => {
      const journals = [port(), await another(), await another()]
      const acknowledged: Batch[] = []
      const write = async (journal: Journal): Promise<void> => {
        for (let landed = 0; landed < 5; ) {
          const head = await journal.head(log)
          const one = batch(Number(head) + 1, Number(head) + 2)
          if ((await land(journal, one)) !== 'landed') continue
          landed += 1
          acknowledged.push(one)
        }
      }
      await Promise.all(Array.from({ length: 12 }, (_, index) => write(sure(journals[index % 3]))))
      const read = await readAll(port())
      expect(ends(read)).toEqual(Array.from({ length: 60 }, (_, index) => [2 * index + 1, 2 * index + 2]))
      expect(read).toEqual([...acknowledged].sort((a, b) => a.first - b.first))
    })

    it('lands writers of many logs at once, each in its own', async () => {
      const landings = await Promise.all(sixtyFour.map((index) => land(port(), batch(1, 1, { log: `log-${index}` }))))
      expect(landings).toEqual(sixtyFour.map(() => 'landed'))
      expect(await Promise.all(sixtyFour.map((index) => port().head(`log-${index}`)))).toEqual(sixtyFour.map(() => 1))
    })

    it('lands groups that name the same logs in opposite order', async () => {
      const ids = sixtyFour.slice(0, 8).map((index) => `log-${index}`)
      const group = (order: readonly string[], first: number) => order.map((id) => batch(first, first, { log: id }))
      const [up, down] = await Promise.all([
        port().append(group(ids, 1)),
        (await another()).append(group(ids.toReversed(), 1)),
      ])
      const winners = ids.map(
        (_, index) => [up[index], down[7 - index]].filter((landing) => landing === 'landed').length,
      )
      expect(winners).toEqual(ids.map(() => 1))
    })
  })
}

// What holds when the store freezes or an answer is lost: nobody is told wrong, and the same bytes again settle it.
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, codeOf, ends, fill, land, log, onceThere, readAll } from './batches.ts'
import type { Bench } from './subject.ts'

export const faultRules = ({ port, another, impatient, freeze, cut }: Bench<Journal>): void => {
  describe('faults', () => {
    it('rejects with unavailable while the store is frozen, stores nothing, and goes on when it thaws', async () => {
      await fill(port(), [1])
      const tired = await impatient()
      const thaw = await freeze()
      const refused = batch(2)
      const code = await codeOf(land(tired, refused))
      await thaw()
      expect(code).toBe('unavailable')
      expect(await onceThere(() => readAll(tired))).toHaveLength(1)
      expect(await onceThere(() => land(tired, refused))).toBe('landed')
    })

    it('answers all who waited in the freeze, none of them with landed', async () => {
      const tired = await impatient()
      const thaw = await freeze()
      const codes = await Promise.all(
        Array.from({ length: 16 }, (_, index) => codeOf(land(tired, batch(1, 1, { log: `log-${index}` })))),
      )
      await thaw()
      expect(codes).toEqual(codes.map(() => 'unavailable'))
      expect(await port().head('log-0')).toBe(0)
    })

    it('never answers conflict for a batch whose own answer was lost: unknown, and then landed for the same bytes', async () => {
      await fill(port(), [1])
      const fired = await cut()
      const lost = batch(2, 3)
      expect(await land(port(), lost)).toBe('unknown')
      expect(fired()).toBe(true)
      expect(await land(port(), lost)).toBe('landed')
      expect(ends(await readAll(await another()))).toEqual([
        [1, 1],
        [2, 3],
      ])
    })

    it('settles a lost answer by reading the log from another opening', async () => {
      await cut()
      const lost = batch(1)
      expect(await land(port(), lost)).toBe('unknown')
      const other = await another()
      expect(await readAll(other)).toEqual([lost])
      expect(await land(other, lost)).toBe('landed')
    })

    it('answers conflict when others went on after a lost answer only for bytes that are not there', async () => {
      await cut()
      const lost = batch(1)
      expect(await land(port(), lost)).toBe('unknown')
      expect(await land(await another(), batch(2))).toBe('landed')
      expect(await land(port(), lost)).toBe('landed')
      expect(await land(port(), batch(1))).toBe('conflict')
    })

    it('works on after a lost answer: reads, appends and followers', async () => {
      await cut()
      await land(port(), batch(1))
      const { cursor } = await port().changedSince(undefined)
      expect(await land(port(), batch(2))).toBe('landed')
      expect((await port().changedSince(cursor)).changed).toContainEqual({ log, head: 2 })
      expect(await codeOf(port().health())).toBeUndefined()
    })

    it('finishes appends that wait when it is closed', async () => {
      const one = batch(1)
      const other = await another()
      const [landing] = await Promise.all([land(other, one), other.close()])
      expect(landing).toBe('landed')
      expect(await readAll(port())).toEqual([one])
    })

    it('rejects with unavailable after it is closed, and may be closed again', async () => {
      const other = await another()
      await other.close()
      await other.close()
      const calls = [
        () => other.append([batch(1)]),
        () => other.read(log, 0, 1),
        () => other.head(log),
        () => other.changedSince(undefined),
        () => other.saveSnapshot({ log, revision: 1, parts: [] }),
        () => other.loadSnapshot(log),
        () => other.trim(log, 1, Buffer.alloc(1)),
        () => other.erase(log),
        () => other.health(),
      ]
      expect(await Promise.all(calls.map((call) => codeOf(call())))).toEqual(calls.map(() => 'unavailable'))
      expect(await port().head(log)).toBe(0)
    })

    it('keeps what was acknowledged after every opening is closed', async () => {
      const other = await another()
      const one = batch(1)
      await land(other, one)
      await Promise.all([other.close(), port().close()])
      expect(await readAll(await another())).toEqual([one])
    })
  })
}

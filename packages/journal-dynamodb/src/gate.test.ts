import { describe, expect, it } from 'vitest'
import { eachOf, openGate } from './gate.ts'

const turn = () => new Promise(setImmediate)

describe('a gate', () => {
  it('lets so many in at once, in the order in which they came, and another when one leaves, however it leaves', async () => {
    const gate = openGate(2)
    const began: number[] = []
    const ends: PromiseWithResolvers<void>[] = []
    const all = [0, 1, 2, 3].map((at) =>
      gate(() => {
        began.push(at)
        const end = Promise.withResolvers<void>()
        ends.push(end)
        return end.promise
      }),
    )
    await turn()
    expect(began).toEqual([0, 1])
    ends[1]?.reject(new Error('failed'))
    await expect(all[1]).rejects.toThrow('failed')
    await turn()
    expect(began).toEqual([0, 1, 2])
    ends[0]?.resolve()
    await turn()
    expect(began).toEqual([0, 1, 2, 3])
    for (const end of ends) end.resolve()
    await Promise.allSettled(all)
  })
})

describe('the same with each', () => {
  it('goes on with no more after a failure, and ends only once nothing of it runs', async () => {
    let running = 0
    const begun: number[] = []
    const work = async (at: number): Promise<void> => {
      begun.push(at)
      running += 1
      await turn()
      running -= 1
      if (at === 2) throw new Error('failed at 2')
    }
    await expect(
      eachOf(
        Array.from({ length: 100 }, (_, at) => at),
        3,
        work,
      ),
    ).rejects.toThrow('failed at 2')
    expect(running).toBe(0)
    expect(begun.length).toBeLessThan(10)
  })

  it('answers how many there were', async () => {
    expect(await eachOf(['a', 'b', 'c'], 2, turn)).toBe(3)
  })
})

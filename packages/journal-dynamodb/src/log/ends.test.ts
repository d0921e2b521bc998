import { describe, expect, it } from 'vitest'
import { openEnds } from './ends.ts'

const minute = 60_000

describe('the ends of logs that a node has seen', () => {
  it('are the newest of each log, until they are forgotten', () => {
    const ends = openEnds()
    ends.learn('a', 3)
    ends.learn('a', 5)
    ends.learn('b', 3)
    expect([ends.has('a', 5), ends.has('a', 3), ends.has('b', 3), ends.has('c', 0)]).toEqual([true, false, true, false])
    ends.forget('a')
    expect([ends.has('a', 5), ends.has('b', 3)]).toEqual([false, true])
  })

  it('are believed for minutes only, also where the clock went back', () => {
    const time = { now: 100 * minute }
    const ends = openEnds(() => time.now)
    ends.learn('a', 1)
    time.now += 9 * minute
    expect(ends.has('a', 1)).toBe(true)
    time.now += minute
    expect(ends.has('a', 1)).toBe(false)
    time.now -= 11 * minute
    expect(ends.has('a', 1)).toBe(false)
  })

  it('are bounded in number: the oldest go', () => {
    const ends = openEnds()
    for (let log = 0; log <= 20_000; log += 1) ends.learn(String(log), 1)
    expect([ends.has('0', 1), ends.has('1', 1), ends.has('20000', 1)]).toEqual([false, true, true])
  })
})

import { describe, expect, it } from 'vitest'
import { openPace } from './pace.ts'

describe('a worker that ended', () => {
  it('is replaced at once when it had served for a while', () => {
    expect(openPace().next(3_600_000)).toBe(0)
  })

  it('again and again at its start is tried later and later, but never given up', () => {
    const pace = openPace()
    const waits = Array.from({ length: 10 }, () => pace.next(50))
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000])
    expect(waits.at(-1)).toBe(15_000)
  })

  it('is replaced at once again after one that stayed', () => {
    const pace = openPace()
    pace.next(50)
    pace.next(50)
    expect(pace.next(60_000)).toBe(0)
    expect(pace.next(50)).toBe(250)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWindow, remainingOf, secondsLeft, secondsUntilRoom, take } from './window.ts'

describe('a minute of requests', () => {
  it('takes exactly as many as the limit in its first minute', () => {
    const window = openWindow(0)
    const taken = Array.from({ length: 120 }, (_, index) => take(window, 100, index * 100)).filter(Boolean)
    expect(taken).toHaveLength(100)
    expect(remainingOf(window, 100, 12_000)).toBe(0)
  })

  it('lets no burst through at its edge', () => {
    const window = openWindow(0)
    for (let index = 0; index < 100; index++) take(window, 100, 59_000)
    const atEdge = Array.from({ length: 100 }, () => take(window, 100, 60_001)).filter(Boolean)
    expect(atEdge.length).toBeLessThanOrEqual(1)
  })

  it('is empty again after two minutes of silence', () => {
    const window = openWindow(0)
    for (let index = 0; index < 100; index++) take(window, 100, index)
    expect(take(window, 100, 120_000)).toBe(true)
    expect(remainingOf(window, 100, 120_000)).toBe(99)
    expect(secondsLeft(window, 120_000)).toBe(60)
  })

  it('begins anew when a clock that was far ahead is put right', () => {
    const hour = 3_600_000
    const window = openWindow(hour)
    for (let index = 0; index < 100; index++) take(window, 100, hour)
    expect(take(window, 100, hour)).toBe(false)
    expect(take(window, 100, 0)).toBe(true)
    expect(remainingOf(window, 100, 0)).toBe(99)
  })

  it('takes the next request when it said that it would, and not a moment longer than that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
        (limit, pauses) => {
          const window = openWindow(0)
          let now = 0
          for (const pause of pauses) {
            now += pause
            const refused = !take(window, limit, now)
            if (refused) now += secondsUntilRoom(window, limit, now) * 1000
            const taken = !refused || take(window, limit, now)
            expect(taken).toBe(true)
          }
        },
      ),
    )
  })

  it('takes nothing where the limit is zero', () => {
    const window = openWindow(0)
    expect(take(window, 0, 0)).toBe(false)
    expect(secondsUntilRoom(window, 0, 0)).toBe(60)
  })
})

import { describe, expect, it } from 'vitest'
import { openTrust } from './tend.ts'

describe('the clock that access logs are trimmed by', () => {
  it('is believed while it goes with the time that has passed, or falls behind', () => {
    let [wall, steady] = [1_000_000_000, 500]
    const trusted = openTrust({ wall: () => wall, steady: () => steady })
    for (const [by, really] of [
      [86_400_000, 86_400_000],
      [1000, 5000],
      [-7_200_000, 1000],
      [7_200_000, 1000],
      [3_500_000, 0],
    ] as const) {
      wall += by
      steady += really
      expect(trusted()).toBe(true)
    }
  })

  it('is not believed once it is an hour ahead of it', () => {
    let wall = 0
    const trusted = openTrust({ wall: () => wall, steady: () => 0 })
    wall = 3_600_001
    expect(trusted()).toBe(false)
    wall = 0
    expect(trusted()).toBe(true)
  })
})

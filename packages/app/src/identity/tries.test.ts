import { describe, expect, it } from 'vitest'
import { growingTries, windowTries } from './tries.ts'

describe('failures in a window', () => {
  it('are allowed so often, and again when the window is over', () => {
    const tries = windowTries(2, 60_000)
    tries.begin('a', 0)
    tries.begin('a', 1)
    expect(() => tries.begin('a', 30_000)).toThrow('try again in 30 s')
    tries.begin('b', 30_000)
    tries.begin('a', 60_000)
  })

  it('do not count what succeeded', () => {
    const tries = windowTries(1, 60_000)
    tries.begin('a', 0)
    tries.succeeded('a')
    tries.begin('a', 1)
    expect(() => tries.begin('a', 2)).toThrow('Too many requests')
  })
})

it('after a clock that was far ahead is put right, nobody waits longer than ever before', () => {
  const hour = 3_600_000
  const window = windowTries(1, 60_000)
  window.begin('a', hour)
  expect(() => window.begin('a', hour)).toThrow('Too many requests')
  window.begin('a', 0)
  const growing = growingTries(1, 60_000)
  growing.begin('a', hour)
  expect(() => growing.begin('a', hour)).toThrow('Too many requests')
  growing.begin('a', 0)
})

describe('growing waits', () => {
  it('double with each failure after the free ones, up to the longest, and end with a success', () => {
    const tries = growingTries(3, 10_000)
    for (let at = 0; at < 3; at++) tries.begin('a', 0)
    let now = 0
    for (const seconds of [1, 2, 4, 8, 10, 10]) {
      expect(() => tries.begin('a', now)).toThrow(`try again in ${seconds} s`)
      now += seconds * 1000
      tries.begin('a', now)
    }
    tries.succeeded('a')
    tries.begin('a', now)
  })

  it('of one name are no wait for another', () => {
    const tries = growingTries(1, 10_000)
    tries.begin('victim attacker', 0)
    expect(() => tries.begin('victim attacker', 0)).toThrow('Too many requests')
    tries.begin('victim home', 0)
  })
})

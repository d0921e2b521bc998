// What a client missed, from the points that it may name.
import { describe, expect, it } from 'vitest'
import { openHistory } from './history.ts'
import type { Delta, Step } from './view.ts'

const step = (before: Step['before'], after: Step['after'], key = 'a'): Delta =>
  new Map([['billing', new Map([[key, { before, after }]])]])
const plain = (delta: Delta | undefined): unknown =>
  delta === undefined
    ? undefined
    : Object.fromEntries([...delta].map(([space, steps]) => [space, Object.fromEntries(steps)]))

describe('what happened to a view', () => {
  it('is one difference from each point that was given out', () => {
    const history = openHistory()
    history.mark('1-1')
    history.add(step(1, 2), 10, 0)
    history.mark('1-2')
    history.add(step(undefined, 5, 'b'), 10, 0)
    history.add(step(2, 3), 10, 0)
    history.mark('1-4')
    expect(plain(history.since('1-1'))).toEqual({
      billing: { a: { before: 1, after: 3 }, b: { before: undefined, after: 5 } },
    })
    expect(plain(history.since('1-2'))).toEqual({
      billing: { a: { before: 2, after: 3 }, b: { before: undefined, after: 5 } },
    })
    expect(plain(history.since('1-4'))).toEqual({})
  })

  it('holds nothing that came back to where it was', () => {
    const history = openHistory()
    history.mark('1-1')
    history.add(step(1, undefined), 10, 0)
    history.add(step(undefined, 1), 10, 0)
    expect(plain(history.since('1-1'))).toEqual({})
  })

  it('is not known from a point that was not given out', () => {
    const history = openHistory()
    history.mark('1-1')
    history.add(step(1, 2), 10, 0)
    history.mark('1-3')
    expect(history.since('1-2')).toBeUndefined()
  })

  it('reaches as far back as it is kept, in time', () => {
    const history = openHistory()
    history.mark('1-1')
    history.add(step(1, 2), 10, 1000)
    history.mark('1-2')
    history.add(step(2, 3), 10, 2000)
    const bytes = history.bytes()
    expect(history.prune(1500)).toBe(bytes / 2)
    expect(history.since('1-1')).toBeUndefined()
    expect(plain(history.since('1-2'))).toEqual({ billing: { a: { before: 2, after: 3 } } })
    expect(history.bytes()).toBe(bytes / 2)
  })

  it('reaches as far back as it is kept, in bytes', () => {
    const history = openHistory()
    history.mark('1-1')
    history.add(step(1, 2), 10, 0)
    history.mark('1-2')
    expect(history.shorten()).toBeGreaterThan(10)
    expect([history.since('1-1'), plain(history.since('1-2')), history.bytes()]).toEqual([undefined, {}, 0])
    expect(history.shorten()).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { type Followers, lookOften, openFollowers } from './followers.ts'

const turn = () => new Promise(setImmediate)

/** Hearing that ends when it is told to. */
const bench = () => {
  const ends: (() => void)[] = []
  const followers = openFollowers(() => new Promise((resolve) => ends.push(resolve)))
  return { followers, ends }
}

describe('followers', () => {
  it('are told soon, and of which logs; whoever stops meanwhile is not', async () => {
    const { followers } = bench()
    const told: unknown[] = []
    followers.watch((logs) => told.push(['one', logs]))
    const stop = followers.watch(() => told.push('other'))
    followers.wake(['log'])
    expect(told).toEqual([])
    stop()
    await turn()
    expect(told).toEqual([['one', ['log']]])
  })

  it('are heard for from when the first comes, and again when one comes while that ends', async () => {
    const { followers, ends } = bench()
    expect(ends).toHaveLength(0)
    const stop = followers.watch(() => undefined)
    followers.watch(() => undefined)()
    expect(ends).toHaveLength(1)
    stop()
    ends[0]?.()
    followers.watch(() => undefined)
    await turn()
    expect(ends).toHaveLength(2)
  })

  it('are told nothing once it is closed, which waits for hearing to end; nobody is heard for after that', async () => {
    const { followers, ends } = bench()
    const told: string[] = []
    followers.watch(() => told.push('woken'))
    const closing = followers.close().then(() => told.push('closed'))
    followers.wake()
    await turn()
    expect([told, followers.wanted(), followers.closed()]).toEqual([[], false, true])
    ends[0]?.()
    await closing
    followers.watch(() => undefined)
    expect([told, ends.length]).toEqual([['closed'], 1])
  })
})

describe('looking often', () => {
  it('wakes at what is new, and whenever the server is found again', async () => {
    const seen = [null, null, 1, 1, new Error('away'), new Error('away'), 1, 2]
    const told: number[] = []
    let looks = 0
    const by: Followers = {
      ...bench().followers,
      wake: () => told.push(looks),
      wanted: () => looks < seen.length,
      pause: () => Promise.resolve(),
    }
    await lookOften(async () => {
      const next = seen[looks]
      looks += 1
      if (next instanceof Error) throw next
      return next
    })(by)
    expect(told).toEqual([1, 3, 7, 8])
  })
})

// Writers and readers share one thread, on a clock that the test moves: who goes first, how much, and how long the other waits.
import { describe, expect, it } from 'vitest'
import { openTurns } from './turns.ts'

interface Loop {
  readonly now: () => number
  /** The thread is busy for so long. */
  readonly work: (millis: number) => void
  /** The event loop goes round: what was to come afterwards comes, and each timer that is due. */
  readonly round: (millis: number) => Promise<void>
  reads: number
}

const open = () => {
  let time = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  let after: (() => void)[] = []
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) {
      for (let at = 0; at < 10; at++) await Promise.resolve()
      const due = after
      after = []
      for (const run of due) run()
    }
  }
  const loop: Loop = {
    reads: 0,
    now: () => time,
    work: (millis) => {
      time += millis
    },
    round: async (millis) => {
      await settle()
      time += millis
      const due = timers.filter(({ at }) => at <= time)
      timers = timers.filter(({ at }) => at > time)
      for (const { run } of due) run()
      await settle()
    },
  }
  const turns = openTurns({
    now: loop.now,
    later: (run, millis) => timers.push({ at: time + millis, run }),
    soon: (run) => timers.push({ at: time, run }),
    afterwards: (run) => after.push(run),
  })
  turns.watch(() => loop.reads)
  return { loop, turns }
}

/** A log that is written without a pause, each turn taking so long; answers when its turns began. */
const write = ({ loop, turns }: ReturnType<typeof open>, each: number): number[] => {
  const began: number[] = []
  const go = async (): Promise<void> => {
    for (;;) {
      // What was written must become durable before the next turn: that takes a round of the loop.
      await turns.begin()
      began.push(loop.now())
      loop.work(each)
      await new Promise<void>((resolve) => waiters.push(resolve))
    }
  }
  const waiters: (() => void)[] = []
  void go()
  rounds.set(began, () => {
    for (const resolve of waiters.splice(0)) resolve()
  })
  return began
}
const rounds = new Map<number[], () => void>()

const run = async (loop: Loop, writers: readonly number[][], until: number, reading: boolean): Promise<void> => {
  while (loop.now() < until) {
    if (reading) loop.reads++
    await loop.round(0.5)
    for (const writer of writers) rounds.get(writer)?.()
  }
}

describe('turns', () => {
  it('come one after the other while nobody reads', async () => {
    const world = open()
    const began = write(world, 4)
    await run(world.loop, [began], 450, false)
    expect(began.length).toBeGreaterThanOrEqual(99)
    expect(world.turns.longest()).toBe(Number.POSITIVE_INFINITY)
  })

  it('leave readers most of the thread, however many write', async () => {
    for (const each of [0.1, 1, 2]) {
      const world = open()
      const logs = Array.from({ length: 5 }, () => write(world, each))
      await run(world.loop, logs, 4000, true)
      const taken = logs.flat().length * each
      expect(taken / world.loop.now()).toBeLessThan(0.0725)
      // And take what is theirs.
      expect(taken / world.loop.now()).toBeGreaterThan(0.05)
      expect(world.turns.longest()).toBe(2)
    }
  })

  it('come within forty milliseconds, whatever the last one cost', async () => {
    const world = open()
    const began = write(world, 50)
    await run(world.loop, [began], 5000, true)
    const waits = began.slice(1).map((at, index) => at - (began[index] as number) - 50)
    expect(waits.length).toBeGreaterThan(50)
    expect(Math.max(...waits)).toBeLessThanOrEqual(42)
  })

  it('of one long decision come in slices, and what readers wait for is one of them', async () => {
    const world = open()
    const slices: number[] = []
    const decide = async (): Promise<void> => {
      await world.turns.begin()
      for (let left = 600; left > 0; left -= world.turns.slice()) {
        slices.push(world.loop.now())
        world.loop.work(world.turns.slice())
        await world.turns.pause()
      }
    }
    const decided = decide()
    await run(world.loop, [], 4000, true)
    await decided
    expect(slices).toHaveLength(50)
    const between = slices.slice(1).map((at, index) => at - (slices[index] as number) - world.turns.slice())
    // The first ones find something saved up.
    expect(Math.min(...between.slice(3))).toBeGreaterThan(30)
    expect(Math.max(...between)).toBeLessThanOrEqual(42)
  })

  it('go round among the logs that are written', async () => {
    const world = open()
    const logs = Array.from({ length: 8 }, () => write(world, 1))
    await run(world.loop, logs, 2000, true)
    const counts = logs.map(({ length }) => length)
    expect(Math.min(...counts)).toBeGreaterThan(12)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  })

  it('stop being bounded as soon as reads stop', async () => {
    const world = open()
    const began = write(world, 4)
    await run(world.loop, [began], 500, true)
    const before = began.length
    await run(world.loop, [began], 1000, false)
    expect(before).toBeLessThan(30)
    expect(began.length - before).toBeGreaterThan(100)
  })

  it('do not take it for silence that they let no read pass', async () => {
    const world = open()
    const began = write(world, 10)
    // A read between any two turns, and none during one.
    await run(world.loop, [began], 100, true)
    const before = began.length
    await run(world.loop, [began], 1100, true)
    expect((began.length - before) * 10).toBeLessThan(250)
  })

  it('count what writers cost around their turns', async () => {
    const world = open()
    const began = write(world, 0.5)
    for (let round = 0; world.loop.now() < 2000; round++) {
      world.loop.reads++
      if (round % 10 === 0) {
        // A request to write comes in, and reading it takes half a millisecond.
        world.turns.section()
        world.loop.work(0.5)
      }
      await world.loop.round(0.5)
      rounds.get(began)?.()
    }
    // Of each 5.5 ms they own a third of one, and the requests have taken half of one: what is left is the least that they are promised.
    expect(began.length).toBeLessThan(2000 / 35)
    expect(began.length).toBeGreaterThan(2000 / 50)
  })
})

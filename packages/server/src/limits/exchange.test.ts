import type { Nodes } from '@konfig/app'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchangeMillis, openExchange } from './exchange.ts'
import { hasRoom, openWindow, take, usedOf } from './window.ts'
import { forgetMillis, tolerance, type Use, writeWord } from './word.ts'

/** Nodes that hear each other at once, unless `lose` says otherwise. */
const openAir = (lose: (from: string) => boolean = () => false) => {
  const ears: { readonly id: string; readonly listen: (text: string) => void }[] = []
  return (id: string): Nodes => ({
    id,
    together: true,
    tell: (_topic, text) => {
      if (!lose(id)) for (const ear of ears) if (ear.id !== id) ear.listen(text)
    },
    hear: (_topic, listen) => {
      const ear = { id, listen }
      ears.push(ear)
      return () => void ears.splice(ears.indexOf(ear), 1)
    },
  })
}

/** A node with one limit, as the server has many. */
const openNode = (
  nodes: Nodes,
  clock: { readonly time: number },
  limit: number,
  untimely?: (seconds: number) => void,
) => {
  const window = openWindow(clock.time)
  let elsewhere = 0
  let since = 0
  const exchange = openExchange(
    nodes,
    () => clock.time,
    (): Iterable<Use> => [['acme', usedOf(window, clock.time)]],
    (name, requests) => {
      if (name === 'acme') elsewhere = requests
    },
    untimely,
  )
  elsewhere = exchange.elsewhere('acme')
  return {
    take: (): boolean => {
      const taken = take(window, limit - elsewhere, clock.time)
      if (taken) since++
      return taken
    },
    room: (): boolean => hasRoom(window, limit - elsewhere, clock.time),
    used: () => usedOf(window, clock.time),
    elsewhere: () => elsewhere,
    /** Requests taken since it last spoke. */
    since: () => since,
    speak: () => {
      exchange.speak()
      since = 0
    },
    close: exchange.close,
  }
}

const steps = fc.array(fc.record({ node: fc.nat(4), requests: fc.nat(30), pause: fc.nat(3000) }), { maxLength: 150 })

describe('nodes that share a limit', () => {
  it('together take at most the limit and what was taken since each last spoke, whoever is asked how often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 5 }), steps, (limit, count, script) => {
        const clock = { time: 0 }
        const open = openAir()
        const all = Array.from({ length: count }, (_, at) => openNode(open(`node-${at}`), clock, limit))
        let spoken = 0
        for (const { node, requests, pause } of script) {
          for (const end = clock.time + pause; clock.time < end; ) {
            const next = Math.min(end, spoken + exchangeMillis)
            clock.time = next
            if (next - spoken >= exchangeMillis) {
              spoken = next
              for (const each of all) each.speak()
            }
          }
          for (let left = requests; left > 0; left--) {
            if (all[node % count]?.take() !== true) continue
            const used = all.reduce((sum, each) => sum + each.used(), 0)
            const since = all.reduce((sum, each, at) => sum + (at === node % count ? 0 : each.since()), 0)
            // Each rounds up what weighs less than a request.
            expect(used).toBeLessThanOrEqual(limit + since + count)
          }
        }
      }),
    )
  })

  it('leave to one that is alone all of the limit, and not a request more', () => {
    const clock = { time: 0 }
    const node = openNode(openAir()('one'), clock, 40)
    const taken = Array.from({ length: 60 }, () => {
      clock.time += 100
      node.speak()
      return node.take()
    })
    expect(taken.filter(Boolean)).toHaveLength(40)
  })

  it('after an exchange take nothing more of what the others used up', () => {
    const clock = { time: 0 }
    const open = openAir()
    const [one, other] = [openNode(open('one'), clock, 10), openNode(open('other'), clock, 10)]
    for (let left = 10; left > 0; left--) one.take()
    one.speak()
    expect([other.elsewhere(), other.take()]).toEqual([10, false])
  })

  it('pass over what another version may say one day, and go on', () => {
    const clock = { time: 0 }
    const open = openAir()
    const [odd, node] = [open('odd'), openNode(open('node'), clock, 10)]
    for (const text of [
      '',
      'null',
      '{}',
      '[]',
      '[2]',
      '[2,"odd",0]',
      '[2,"odd",0,1,1]',
      '[2,"odd",0,1,["acme"]]',
      '[2,"odd",0,1,["acme","7"]]',
      '[3,"odd",0,1,["acme",7]]',
      // As versions before this one said it: without a time, so that nobody knows when.
      '["odd",["acme",7]]',
    ])
      odd.tell('uses', text)
    expect(node.elsewhere()).toBe(0)
    odd.tell('uses', '[2,"odd",0,1,["acme",7]]')
    expect(node.elsewhere()).toBe(7)
  })

  it('tell a newcomer what was used before it came', () => {
    const clock = { time: 0 }
    const open = openAir()
    const old = openNode(open('old'), clock, 10)
    for (let left = 7; left > 0; left--) old.take()
    old.speak()
    const young = openNode(open('young'), clock, 10)
    expect(young.elsewhere()).toBe(0)
    young.speak()
    old.speak()
    expect(young.elsewhere()).toBe(7)
  })

  it('count what a node that went had taken for its minute, and then no more', () => {
    const clock = { time: 0 }
    const open = openAir()
    const [gone, stays] = [openNode(open('gone'), clock, 10), openNode(open('stays'), clock, 10)]
    for (let left = 10; left > 0; left--) gone.take()
    gone.speak()
    gone.close()
    expect(stays.room()).toBe(false)
    for (let left = 90; left > 0; left--) {
      clock.time += exchangeMillis
      stays.speak()
    }
    expect([stays.elsewhere(), stays.room()]).toEqual([0, true])
  })

  it('hear again what was lost, within half a minute', () => {
    const clock = { time: 0 }
    let losing = true
    const open = openAir(() => losing)
    const [one, other] = [openNode(open('one'), clock, 10), openNode(open('other'), clock, 10)]
    for (let left = 5; left > 0; left--) one.take()
    one.speak()
    expect(other.elsewhere()).toBe(0)
    losing = false
    for (let left = 15; left > 0; left--) {
      clock.time += exchangeMillis
      one.speak()
    }
    expect(other.elsewhere()).toBe(5)
  })
})

describe('what a node said before', () => {
  const setUp = (time = 1_000_000) => {
    const clock = { time }
    const open = openAir()
    const carrier = open('carrier')
    const words: string[] = []
    carrier.hear('uses', (text) => words.push(text))
    const node = (id: string, ownClock = clock, untimely?: (seconds: number) => void) =>
      openNode(open(id), ownClock, 10, untimely)
    const repeat = (word: string | undefined): void => carrier.tell('uses', word ?? '')
    return { clock, words, node, repeat, said: (word: string) => carrier.tell('uses', word) }
  }

  it('does not count again when it is repeated by whoever carries it, soon or late', () => {
    const { clock, words, node, repeat } = setUp()
    const [busy, other] = [node('busy'), node('other')]
    for (let left = 10; left > 0; left--) busy.take()
    busy.speak()
    const full = words.at(-1)
    expect(other.room()).toBe(false)
    clock.time += 120_000
    busy.speak()
    expect(other.elsewhere()).toBe(0)
    for (const pause of [0, 1000, tolerance, forgetMillis, 600_000]) {
      clock.time += pause
      // A word of its own every two seconds lets it forget nodes.
      for (let left = 15; left > 0; left--) other.speak()
      repeat(full)
      expect([pause, other.elsewhere(), other.room()]).toEqual([pause, 0, true])
    }
  })

  it('does not overtake what it said later, though both be said just now', () => {
    const { words, node, repeat } = setUp()
    const [busy, other] = [node('busy'), node('other')]
    for (let left = 4; left > 0; left--) busy.take()
    busy.speak()
    const four = words.at(-1)
    busy.take()
    busy.speak()
    repeat(four)
    expect(other.elsewhere()).toBe(5)
  })

  it('is told to a node that came later only while it is true', () => {
    const { clock, words, node, repeat } = setUp()
    const busy = node('busy')
    for (let left = 10; left > 0; left--) busy.take()
    busy.speak()
    busy.close()
    const full = words.at(-1)
    clock.time += tolerance
    const soon = node('soon')
    repeat(full)
    expect(soon.elsewhere()).toBe(10)
    clock.time += 1
    const late = node('late')
    repeat(full)
    expect(late.elsewhere()).toBe(0)
  })

  it('does not count as said by others when it is brought back to itself', () => {
    const { words, node, repeat } = setUp()
    const alone = node('alone')
    alone.take()
    alone.speak()
    const own = words.at(-1)
    alone.take()
    repeat(own)
    expect(alone.elsewhere()).toBe(0)
  })

  it('counts by clocks that are some seconds apart; further apart each counts alone, and people are told once', () => {
    const { clock, node } = setUp()
    const told: number[] = []
    const other = node('other', clock, (seconds) => told.push(seconds))
    for (const [name, apart, believed] of [
      ['a', tolerance, true],
      ['b', -tolerance, true],
      ['c', tolerance + 1000, false],
      ['d', -tolerance - 1000, false],
    ] as const) {
      const before = other.elsewhere()
      const one = node(name, { time: clock.time + apart })
      one.take()
      one.speak()
      expect([name, other.elsewhere() - before]).toEqual([name, believed ? 1 : 0])
    }
    expect(told).toEqual([-31])
  })

  it('counts no longer than its time where the clock of who heard it was put back', () => {
    const { clock, node } = setUp(10_000_000)
    const own = { time: clock.time }
    const [busy, other] = [node('busy'), node('other', own)]
    busy.take()
    busy.speak()
    expect(other.elsewhere()).toBe(1)
    own.time -= 3_600_000
    for (let left = 15; left > 0; left--) other.speak()
    expect(other.elsewhere()).toBe(0)
  })

  it('is believed by no word that a version wrote which said no time', () => {
    const { node, said } = setUp()
    const other = node('other')
    said(JSON.stringify(['busy', ['acme', 10]]))
    said(writeWord({ from: 'busy', said: Number.NaN, sequence: 1, uses: [['acme', 10]] }))
    expect(other.elsewhere()).toBe(0)
  })
})

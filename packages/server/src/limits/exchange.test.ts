import type { Nodes } from '@konfig/app'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchangeMillis, openExchange, type Use } from './exchange.ts'
import { hasRoom, openWindow, take, usedOf } from './window.ts'

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
const openNode = (nodes: Nodes, clock: { readonly time: number }, limit: number) => {
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
      '[1]',
      '["odd",1]',
      '["odd",null]',
      '["odd",["acme"]]',
      '["odd",["acme","7"]]',
    ])
      odd.tell('uses', text)
    expect(node.elsewhere()).toBe(0)
    odd.tell('uses', '["odd",["acme",7]]')
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

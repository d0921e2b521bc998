import { failure, KonfigError } from '@konfig/core'
import { openInstallation, localMasterKey, sealedRecords } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openUsage } from './usage.ts'
import { groupOf } from './usage-records.ts'

const open = async (time = Date.UTC(2026, 7, 31, 23, 59)) => {
  const clock = { time }
  const now = () => clock.time
  const memory = openMemory({ clock: { now } })
  const records = sealedRecords(
    memory.records,
    await openInstallation(memory.records, localMasterKey(new Uint8Array(32))),
  )
  return { clock, records, usage: openUsage(records, now), other: openUsage(records, now) }
}

describe('the requests of a month', () => {
  it('are known at once on this node, before anything is written', async () => {
    const { usage } = await open()
    await usage.load('acme')
    usage.count(usage.counter('acme'))
    usage.count(usage.counter('acme'))
    expect(usage.known(usage.counter('acme'))).toBe(2)
  })

  it('are not known before the records were asked', async () => {
    const { usage } = await open()
    usage.count(usage.counter('acme'))
    expect(usage.known(usage.counter('acme'))).toBeUndefined()
    expect(await usage.load('acme')).toBe(1)
  })

  it('add up over nodes and flushes, none counted twice', async () => {
    const { usage, other } = await open()
    for (let index = 0; index < 5; index++) usage.count(usage.counter('acme'))
    for (let index = 0; index < 7; index++) other.count(other.counter('acme'))
    await Promise.all([usage.flush(), other.flush()])
    await usage.flush()
    expect(await other.load('acme')).toBe(12)
    expect(await usage.load('acme')).toBe(12)
  })

  it('of a month that ended are written for that month, and the new one begins at zero', async () => {
    const { usage, records, clock } = await open()
    usage.count(usage.counter('acme'))
    clock.time += 120_000
    usage.count(usage.counter('acme'))
    expect(usage.known(usage.counter('acme'))).toBe(1)
    await usage.flush()
    const written = await records.list('usage', { limit: 10 })
    expect(written.map(({ id, value }) => [id.split('.')[1], value])).toEqual([
      ['2026-08', { counts: { acme: 1 } }],
      ['2026-09', { counts: { acme: 1 } }],
    ])
  })
})

describe('the writing of counts', () => {
  it('comes ten seconds after the first request that it counts, and not before', async () => {
    const { usage, other, clock } = await open()
    usage.count(usage.counter('acme'))
    clock.time += 9000
    usage.count(usage.counter('acme'))
    await usage.flushSlice()
    expect(await other.load('acme')).toBe(0)
    clock.time += 1000
    await usage.flushSlice()
    expect(await other.load('acme')).toBe(2)
  })

  it('goes at a bounded pace, and is through with 50,000 tenants in ten seconds', async () => {
    const { usage, other, records, clock } = await open(Date.UTC(2026, 7, 1))
    let puts = 0
    const put: typeof records.put = (...given) => (puts++, records.put(...given))
    const busy = openUsage({ ...records, put }, () => clock.time)
    const tenants = Array.from({ length: 50_000 }, (_, at) => `00000000-0000-4000-8000-${`${at}`.padStart(12, '0')}`)
    for (const tenant of tenants) busy.count(busy.counter(tenant))
    clock.time += 10_000
    const pace: number[] = []
    for (let slice = 0; slice < 20; slice++) {
      await busy.flushSlice()
      pace.push(puts - pace.reduce((sum, each) => sum + each, 0))
    }
    expect(pace.slice(0, 7)).toEqual([200, 200, 200, 200, 200, 24, 0])
    for (const tenant of [tenants[0], tenants[777], tenants.at(-1)]) expect(await other.load(tenant ?? '')).toBe(1)
    expect(await usage.load('nobody')).toBe(0)
    const sizes = (await records.list<{ readonly counts: object }>('usage', { limit: 2000 })).map(
      ({ value }) => Object.keys(value.counts).length,
    )
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(50_000)
    expect(Math.max(...sizes)).toBeLessThan(120)
  })

  it('begins with those that waited longest', async () => {
    const { usage, other, clock } = await open(Date.UTC(2026, 7, 1))
    usage.count(usage.counter('first'))
    for (let tenant = 0; tenant < 2000; tenant++) usage.count(usage.counter(`tenant-${tenant}`))
    clock.time += 10_000
    await usage.flushSlice()
    expect(await other.load('first')).toBe(1)
  })

  it('adds to what a version wrote that kept a record for each tenant, and erases both', async () => {
    const { usage, other, records } = await open()
    await records.put('usage', 'acme.2026-08', undefined, { requests: 40 })
    usage.count(usage.counter('acme'))
    await usage.flush()
    // Until it has asked it knows of its own part alone, and says so.
    expect(usage.known(usage.counter('acme'))).toBeUndefined()
    expect([await usage.load('acme'), await other.load('acme')]).toEqual([41, 41])
    usage.count(usage.counter('acme'))
    await usage.flush()
    expect(usage.known(usage.counter('acme'))).toBe(42)
    await usage.forget('acme')
    expect(await records.list('usage', { limit: 10 })).toEqual([])
  })

  it('of one tenant that is forgotten leaves those that it shared a record with', async () => {
    const { usage, other, records } = await open(Date.UTC(2026, 7, 1))
    const tenants = Array.from({ length: 3000 }, (_, at) => `tenant-${at}`)
    for (const tenant of tenants) usage.count(usage.counter(tenant))
    await usage.flush()
    await other.forget('tenant-7')
    usage.count(usage.counter('tenant-8'))
    await usage.flush()
    const named = (await records.list<{ readonly counts: object }>('usage', { limit: 2000 })).flatMap(({ value }) =>
      Object.keys(value.counts),
    )
    expect(named.toSorted()).toEqual(tenants.filter((tenant) => tenant !== 'tenant-7').toSorted())
    expect(await usage.load('tenant-8')).toBe(2)
  })

  it('reads a record once, as long as nobody else writes it', async () => {
    const { records, clock } = await open()
    let gets = 0
    const usage = openUsage({ ...records, get: (...asked) => (gets++, records.get(...asked)) }, () => clock.time)
    for (let round = 0; round < 5; round++) {
      usage.count(usage.counter('acme'))
      await usage.flush()
    }
    expect(gets).toBe(1)
    expect(await usage.load('acme')).toBe(5)
  })

  it('that fails is made up for by a later one, once', async () => {
    const { records, other, clock } = await open(Date.UTC(2026, 7, 1))
    let away = true
    const put: typeof records.put = (...given) => (away ? Promise.reject(new Error('away')) : records.put(...given))
    const usage = openUsage({ ...records, put }, () => clock.time)
    for (const tenant of ['acme', 'other', 'third']) usage.count(usage.counter(tenant))
    await expect(usage.flush()).rejects.toThrow('away')
    away = false
    await usage.flush()
    await usage.flush()
    expect([await other.load('acme'), await other.load('third')]).toEqual([1, 1])
  })

  it('goes past a record that is damaged, of this month and of the last, and tells of it', async () => {
    const { records, other, clock } = await open()
    const damaged = groupOf('acme')
    const corrupt = new KonfigError(
      failure('journal_corrupt', { log: 'records', revision: 0, reason: 'a byte was changed' }),
    )
    const get: typeof records.get = (collection, id) =>
      id.startsWith(`group-${damaged}.`) ? Promise.reject(corrupt) : records.get(collection, id)
    const usage = openUsage({ ...records, get }, () => clock.time)
    const names = ['acme', 'other', 'third']
    expect(new Set(names.map(groupOf)).size).toBe(3)
    for (const name of names) usage.count(usage.counter(name))
    clock.time += 120_000
    for (const name of names) for (let requests = 0; requests < 2; requests++) usage.count(usage.counter(name))
    for (const _ of [1, 2]) await expect(usage.flush()).rejects.toBe(corrupt)
    const months = Object.fromEntries((await records.list('usage', { limit: 10 })).map(({ id, value }) => [id, value]))
    const written = (name: string) => [
      months[`group-${groupOf(name)}.2026-08`],
      months[`group-${groupOf(name)}.2026-09`],
    ]
    const [last, present] = [
      (name: string) => ({ counts: { [name]: 1 } }),
      (name: string) => ({ counts: { [name]: 2 } }),
    ]
    expect(['other', 'third'].map(written)).toEqual([
      [last('other'), present('other')],
      [last('third'), present('third')],
    ])
    expect(await other.load('acme')).toBe(0)
  })

  it('adds up whoever flushes in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ node: fc.nat(1), requests: fc.nat(5), flush: fc.boolean() })),
        async (steps) => {
          const { usage, other } = await open(Date.UTC(2026, 7, 1))
          const nodes = [usage, other]
          let sum = 0
          for (const { node, requests, flush } of steps) {
            const at = nodes[node] ?? usage
            for (let left = requests; left > 0; left--) at.count(at.counter('acme'))
            sum += requests
            if (flush) await at.flush()
          }
          await Promise.all(nodes.map((each) => each.flush()))
          expect([await usage.load('acme'), await other.load('acme')]).toEqual([sum, sum])
        },
      ),
      { numRuns: 50 },
    )
  })
})

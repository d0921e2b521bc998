import { openInstallation, localMasterKey, sealedRecords } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { describe, expect, it } from 'vitest'
import { openUsage } from './usage.ts'

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
    expect((await records.get('usage', 'acme.2026-08'))?.value).toEqual({ requests: 1 })
    expect((await records.get('usage', 'acme.2026-09'))?.value).toEqual({ requests: 1 })
  })
})

// What a tenant leaves in a journal that it moved away from, and the nodes that look for it there.
import type { Stored } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, refusalOf } from '../identity/testing/world.ts'
import { rotateLog } from '../keys/rotate.ts'
import { moveTenant } from './move-tenant.ts'
import {
  begin,
  clock,
  elsewhere,
  end,
  entry,
  eu,
  get,
  main,
  move,
  node,
  onOtherStores,
  opened,
  set,
  storeOf,
  world,
} from './testing/world.ts'

beforeEach(begin)
afterEach(end)

describe('a tenant that moves and is erased where it was', () => {
  const logsOf = async () => {
    const found = await entry(world)
    return [found?.config ?? '', found?.access ?? '']
  }
  const bytesIn = (store: MemoryStore, logs: readonly string[]): number =>
    logs.reduce((sum, log) => {
      const kept = store.logs.get(log)
      return sum + (kept?.batches.length ?? 0) + (kept?.snapshots.size ?? 0)
    }, 0)

  it('leaves no row, no snapshot and no key there, only a note of where it is, and is served whole', async () => {
    const logs = await logsOf()
    await (await world.app.logs.hold(logs[0] ?? '')).saveSnapshot()
    expect(await move(world, 'main', 'eu', true, true)).toMatchObject({ before: false, left: true })
    expect(await move(world, 'main', 'eu', false, true)).toMatchObject({ before: false, left: false })
    expect(bytesIn(main, logs)).toBe(0)
    expect(logs.filter((log) => main.records.get('key-rings')?.has(log))).toEqual([])
    expect([...(main.records.get('moved-logs')?.keys() ?? [])].toSorted()).toEqual(logs.toSorted())
    expect(await get(world)).toBe(1)
    await set(world, 2)
    expect(await get(await node())).toBe(2)
    expect(await get(world)).toBe(2)
  })

  it('is followed by every node that had not heard of the move: by one that reads, one that writes, one that rotates, one that loads', async () => {
    const [reader, writer, rotator, cold] = [await node(), await node(), await node(), await node()]
    for (const each of [reader, writer, rotator]) expect(await get(each)).toBe(1)
    await cold.app.directory.find('acme')
    await move(world, 'main', 'eu', false, true)
    expect(await get(cold)).toBe(1)
    await set(writer, 2)
    await reader.app.logs.poll()
    expect(await get(reader)).toBe(2)
    const [config = ''] = await logsOf()
    await rotateLog(rotator.app, { log: 'config', id: config, actor: 'system' })
    await set(rotator, 3)
    for (const each of [reader, writer, cold]) {
      await each.app.logs.poll()
      expect(await get(each)).toBe(3)
    }
    expect(bytesIn(main, await logsOf())).toBe(0)
  })

  it('is followed from place to place, and erased in each', async () => {
    const us = createMemoryStore()
    const three = () => elsewhere({ us: async () => storeOf(us) })
    const [mover, stale, behind] = [await node(main, three()), await node(main, three()), await node(main, three())]
    expect(await get(stale)).toBe(1)
    await behind.app.directory.find('acme')
    await move(mover, 'main', 'eu', false, true)
    await move(mover, 'eu', 'us', false, true)
    await set(stale, 2)
    expect(await get(behind)).toBe(2)
    for (const store of [main, eu]) expect(bytesIn(store, await logsOf())).toBe(0)
    expect(bytesIn(us, await logsOf())).toBeGreaterThan(0)
  })

  it('may be erased long after it moved and is held against where it is; nothing is erased where that is not equal', async () => {
    expect(await move(world, 'main', 'eu')).toMatchObject({ before: false, left: true })
    await set(world, 2)
    expect(await move(world, 'main', 'eu', true)).toMatchObject({ before: true, left: true, values: null })
    expect(await move(world, 'main', 'eu')).toMatchObject({ before: true, left: true, values: null })
    const [config = ''] = await logsOf()
    const row = eu.logs.get(config)?.batches.at(0)
    if (row === undefined) throw new Error('it has no row')
    const whole = row.payload.slice()
    row.payload[row.payload.length - 1] = (row.payload.at(-1) ?? 0) ^ 1
    expect(await refusalOf(move(world, 'main', 'eu', false, true))).toBe('copy_differs')
    expect(bytesIn(main, [config])).toBeGreaterThan(0)
    row.payload.set(whole)
    const erased = await move(world, 'main', 'eu', false, true)
    expect(erased).toMatchObject({ before: true, left: false })
    expect(erased.values).toBeGreaterThan(0)
    expect(await move(world, 'main', 'eu', false, true)).toMatchObject({ before: true, left: false, values: null })
  })

  it('cannot come back there, and a dry run says so too', async () => {
    await move(world, 'main', 'eu', false, true)
    for (const dryRun of [true, false])
      expect(await refusalOf(move(world, 'eu', 'main', dryRun))).toBe('journal_foreign')
    expect(await set(world, 2)).toBeGreaterThan(0)
  })

  it('is erased everywhere when the tenant is, the note of it too', async () => {
    await move(world, 'main', 'eu', false, true)
    const [config = ''] = await logsOf()
    await world.app.eraseLog(config)
    expect(await world.app.rings.load(config)).toBe('destroyed')
    expect(main.records.get('moved-logs')?.has(config)).toBe(false)
    expect(await refusalOf((await node()).app.logs.hold(config))).toBe('log_erased')
  })

  it('loses no write and is finished by the same again, wherever the erasing was killed, and while nodes write', async () => {
    for (let left = 0; left < 60; left++) {
      const { first, back } = await onOtherStores()
      const mover = await node()
      await moveTenant(mover.app, { name: 'acme', from: 'main', to: 'eu', dryRun: false })
      let steps = left
      const step = <T>(act: () => Promise<T>): Promise<T> =>
        steps-- <= 0 ? Promise.reject(new Error('killed')) : act()
      const whole = openMemory({ clock, store: main })
      const fragile: Stored = {
        journal: { ...whole.journal, erase: (log) => step(() => whole.journal.erase(log)) },
        records: {
          ...whole.records,
          put: (write) => step(() => whole.records.put(write)),
          delete: (at, version) => step(() => whole.records.delete(at, version)),
        },
      }
      const eraser = await openWorld({ store: main, elsewhere: elsewhere(), stored: fragile })
      opened.push(eraser)
      await eraser.app.places.opened()
      const writing = set(first, 6)
      const outcome = await move(eraser, 'main', 'eu', false, true).then(
        () => 'erased',
        () => 'killed',
      )
      await writing
      expect(await get(await node())).toBe(6)
      await move(await node(), 'main', 'eu', false, true)
      expect(bytesIn(main, await Promise.all([first].map(async (each) => (await entry(each))?.config ?? '')))).toBe(0)
      await set(first, 7)
      expect(await get(await node())).toBe(7)
      for (const each of opened.splice(1)) await each.close()
      back()
      if (outcome === 'erased') return
    }
    throw new Error('it never came to its end')
  })
})

// Tenants in journals of their own, and moves between them under nodes that do not know yet.
import { failure, KonfigError } from '@konfig/core'
import { type Journal, localMasterKey, type Stored, verifyLog } from '@konfig/journal'
import { createMemoryStore } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectInstallation } from '../backup/collect.ts'
import type { Entry } from '../backup/entry.ts'
import { restoreInstallation } from '../backup/restore.ts'
import { openWorld, refusalOf, type World } from '../identity/testing/world.ts'
import { rotateLog } from '../keys/rotate.ts'
import { makeTenant } from '../tenants/create.ts'
import { sweepReservations } from '../tenants/sweep.ts'
import { moveTenant } from './move-tenant.ts'
import {
  begin,
  clock,
  elsewhere,
  end,
  entry,
  eu,
  get,
  logsIn,
  main,
  move,
  node,
  onOtherStores,
  opened,
  ports,
  set,
  storeOf,
  world,
} from './testing/world.ts'

beforeEach(begin)
afterEach(end)

describe('a tenant that is given a journal', () => {
  const made = (app: World['app'], journal: string) =>
    makeTenant(app, { name: 'initech', journal, actor: 'system', request: 'test' })

  it('has its logs, its keys and its snapshots there, and nothing of them in the main one', async () => {
    const before = logsIn(main)
    const { ref } = await made(world.app, 'eu')
    expect([...eu.logs.keys()]).toContain(ref.config)
    expect([...(eu.records.get('key-rings')?.keys() ?? [])].toSorted()).toEqual([ref.config, ref.access].toSorted())
    expect([...(main.records.get('key-rings')?.keys() ?? [])]).not.toContain(ref.config)
    expect(logsIn(main)).toBe(before)
    expect(await entry(world, 'initech')).toMatchObject({ journal: 'eu', standing: 'active' })
    expect(await (await node()).app.directory.find('initech')).toMatchObject({ config: ref.config })
  })

  it('is refused for a journal that nobody named, and the refusal lists those that there are', async () => {
    const reason: unknown = await made(world.app, 'us').catch((refused: unknown) => refused)
    expect(reason instanceof KonfigError && reason.failure).toMatchObject({
      code: 'journal_unknown',
      data: { pointer: '/journal', name: 'us', known: 'main, eu' },
    })
  })

  it('goes on being read while its journal is away; others are unhurt, and a node that does not hold it says that it is away', async () => {
    await made(world.app, 'eu')
    const away = await node(main, elsewhere({ eu: () => new Promise<Stored>(() => undefined) }), false)
    const ref = await away.app.directory.find('initech')
    await expect(away.app.logs.hold(ref?.config ?? '')).rejects.toMatchObject({
      failure: { code: 'unavailable', data: { what: 'Journal eu' } },
    })
    expect(await get(away)).toBe(1)
    await away.app.logs.poll()
    expect(away.app.places.standing()).toEqual([{ name: 'eu', open: false }])
    const stranger = await node(main, new Map())
    const same = await stranger.app.directory.find('initech')
    expect(await refusalOf(stranger.app.logs.hold(same?.config ?? ''))).toBe('unavailable')
  })

  it('keeps nobody from following the others where its journal goes away before the node has polled once', async () => {
    const { ref } = await made(world.app, 'eu')
    let away = false
    const { journal, records } = storeOf(eu)
    const gone = <T>(act: () => Promise<T>): Promise<T> =>
      away ? Promise.reject(new KonfigError(failure('unavailable', { what: 'The database', seconds: 3 }))) : act()
    const flaky: Stored = {
      records,
      journal: {
        ...journal,
        head: (log) => gone(() => journal.head(log)),
        changedSince: (cursor) => gone(() => journal.changedSince(cursor)),
        read: (log, after, limit) => gone(() => journal.read(log, after, limit)),
      },
    }
    const other = await node(main, elsewhere({ eu: async () => flaky }))
    await other.app.directory.find('initech')
    await other.app.logs.hold(ref.config)
    expect(await get(other)).toBe(1)
    away = true
    await set(world, 2)
    await other.app.logs.poll()
    expect(await get(other)).toBe(2)
  })

  it('leaves no half tenant where its journal is away when it is made: the name is free again once the sweeper was there', async () => {
    const arriving = Promise.withResolvers<Stored>()
    const late = await openWorld({
      store: main,
      elsewhere: elsewhere({ eu: () => arriving.promise }),
    })
    opened.push(late)
    expect(await refusalOf(made(late.app, 'eu'))).toBe('unavailable')
    arriving.resolve(storeOf(eu))
    await late.app.places.opened()
    await sweepReservations(late.app)
    late.clock.now += 120_000
    await sweepReservations(late.app)
    expect((await made(late.app, 'eu')).ref.name).toBe('initech')
  })

  it('is in a backup of the installation as every other is', async () => {
    await made(world.app, 'eu')
    const entries: Entry[] = []
    const place = {
      ...storeOf(main),
      elsewhere: elsewhere(),
      master: localMasterKey(new Uint8Array(32).fill(1)),
      clock,
    }
    for await (const each of collectInstallation(place)) entries.push(each)
    const end = entries.at(-1)
    expect(end?.type === 'end' && end.logs.filter(({ head }) => head > 0).length).toBeGreaterThanOrEqual(5)
    const ref = await world.app.directory.find('initech')
    expect(entries.some((each) => each.type === 'commits' && each.log === ref?.config)).toBe(true)
  })
})

describe('a journal beside the main one', () => {
  const refusedBy = async (stored: Stored): Promise<unknown> => {
    const made = await openWorld({ store: main, elsewhere: new Map([['eu', async () => stored]]) })
    opened.push(made)
    return refusalOf(made.app.places.opened())
  }

  it('is refused where it is the main one under another name', async () => {
    expect(await refusedBy(storeOf(main))).toBe('journal_foreign')
  })

  it('is refused where it belongs to another installation, as its main journal or beside it', async () => {
    const [other, beside] = [createMemoryStore(), createMemoryStore()]
    const foreign = await openWorld({ store: other, elsewhere: new Map([['eu', async () => storeOf(beside)]]) })
    opened.push(foreign)
    await foreign.app.places.opened()
    expect(await refusedBy(storeOf(other))).toBe('journal_foreign')
    expect(await refusedBy(storeOf(beside))).toBe('journal_foreign')
  })

  it('does not become a main one by mistake, nor by a restore', async () => {
    expect(await refusalOf(openWorld({ store: eu }))).toBe('journal_foreign')
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const entries = collectInstallation({ ...storeOf(main), elsewhere: elsewhere(), master, clock })
    const target = { ...storeOf(eu), master, clock, newId: ports.newId }
    expect(await refusalOf(restoreInstallation(target, entries))).toBe('installation_present')
  })
})

describe('a tenant that moves', () => {
  it('keeps its log ids, points, history and keys, and says what was compared', async () => {
    const before = await entry(world)
    const head = await world.app.journal.head(before?.config ?? '')
    const told = await move(world, 'main', 'eu')
    expect(told).toMatchObject({ tenant: 'acme', from: 'main', to: 'eu', logs: 2, dryRun: false })
    expect(told.values).toBeGreaterThan(2)
    const after = await entry(world)
    expect(after).toMatchObject({ config: before?.config, access: before?.access, journal: 'eu' })
    expect(await get(await node())).toBe(1)
    expect(await set(world, 2)).toBe(Number(head) + 2)
    const ring = await world.app.rings.load(before?.config ?? '')
    if (ring === undefined || ring === 'destroyed') throw new Error('it has no keys')
    expect(await verifyLog(world.app.journal, ring.log, ring)).toMatchObject({
      ok: true,
      head: { revision: Number(head) + 2 },
    })
    expect(await storeOf(main).journal.head(ring.log)).toBe(Number(head) + 1)
  })

  it('is followed by a node with a stale directory that reads, that writes, and that has only just loaded it', async () => {
    const [reader, writer, cold] = [await node(), await node(), await node()]
    for (const each of [reader, writer]) expect(await get(each)).toBe(1)
    await cold.app.directory.find('acme')
    await move(world, 'main', 'eu')
    await set(writer, 2)
    await set(world, 3)
    await reader.app.logs.poll()
    expect(await get(reader)).toBe(3)
    expect(await get(cold)).toBe(3)
    await set(cold, 4)
    await writer.app.logs.poll()
    expect(await get(writer)).toBe(4)
    expect(await storeOf(main).journal.head((await entry(world))?.config ?? '')).toBeLessThan(
      Number(await world.app.journal.head((await entry(world))?.config ?? '')),
    )
  })

  it('loses no write and forks nowhere while nodes write all the time', async () => {
    const nodes = [await node(), await node()]
    let done = false
    const acknowledged: number[] = []
    const writing = nodes.map(async (each, at) => {
      for (let turn = 0; !done || turn < 5; turn++) acknowledged.push(await set(each, at * 1e6 + turn + 10))
    })
    await move(world, 'main', 'eu')
    await move(world, 'eu', 'main')
    await move(world, 'main', 'eu')
    done = true
    await Promise.all(writing)
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    const config = (await entry(world))?.config ?? ''
    const history = await (await world.app.logs.sealed(config)).history(0, 10_000)
    const landed = new Set(history.map(({ revision }) => revision))
    expect(acknowledged.filter((revision) => !landed.has(revision))).toEqual([])
    expect(history.map(({ revision }) => revision)).toEqual(history.map((_, at) => at + 1))
    for (const store of [main, eu]) {
      const rows = await storeOf(store).journal.read(config, 0, 10_000)
      const other = await world.app.journal.read(config, 0, 10_000)
      if (rows === 'erased' || other === 'erased') throw new Error('it was erased')
      expect(rows).toEqual(other.slice(0, rows.length))
    }
  })

  it('serves from the old journal or from the new one wherever the move was killed, and the same again finishes it', async () => {
    for (let left = 0; left < 40; left++) {
      const { first, back } = await onOtherStores()
      let steps = left
      const killed = <T>(act: () => Promise<T>): Promise<T> => {
        if (steps-- <= 0) return Promise.reject(new Error('killed'))
        return act()
      }
      const fragile = (stored: Stored): Stored => ({
        journal: {
          ...stored.journal,
          append: (batches) => killed(() => stored.journal.append(batches)),
          saveSnapshot: (snapshot) => killed(() => stored.journal.saveSnapshot(snapshot)),
        } satisfies Journal,
        records: { ...stored.records, put: (write) => killed(() => stored.records.put(write)) },
      })
      const mover = await openWorld({ store: main, elsewhere: new Map([['eu', async () => storeOf(eu)]]) })
      opened.push(mover)
      await mover.app.places.opened()
      const whole = mover.app.places.stores.get('eu')
      const broken = {
        ...mover.app,
        places: {
          ...mover.app.places,
          stores: new Map([...mover.app.places.stores, ['eu', fragile(whole ?? storeOf(eu))]]),
        },
      }
      const outcome = await moveTenant(broken, { name: 'acme', from: 'main', to: 'eu', dryRun: false }).then(
        () => 'moved',
        () => 'killed',
      )
      const survivor = await node()
      expect(await get(survivor)).toBe(5)
      await set(survivor, 6)
      await set(first, 7)
      await survivor.app.logs.poll()
      expect(await get(survivor)).toBe(7)
      await move(survivor, 'main', 'eu')
      expect((await entry(survivor))?.journal).toBe('eu')
      await set(first, 8)
      expect(await get(await node())).toBe(8)
      for (const each of opened.splice(1)) await each.close()
      back()
      if (outcome === 'moved') return
    }
    throw new Error('it never came to its end')
  })

  it('takes along a version of its key that was made while it was copied', async () => {
    const other = await node()
    expect(await get(other)).toBe(1)
    const rotated = new Set<string>()
    const eager = ({ journal, records }: Stored): Stored => ({
      records,
      journal: {
        ...journal,
        append: async (batches) => {
          for (const { log } of batches)
            if (!rotated.has(log)) {
              rotated.add(log)
              await rotateLog(other.app, { log: 'config', id: log, actor: 'system' })
            }
          return journal.append(batches)
        },
      },
    })
    const stores = new Map([...world.app.places.stores, ['eu', eager(storeOf(eu))]])
    const places = { ...world.app.places, stores }
    await moveTenant({ ...world.app, places }, { name: 'acme', from: 'main', to: 'eu', dryRun: false })
    expect(rotated.size).toBe(2)
    await set(other, 2)
    await set(world, 3)
    const cold = await node()
    expect(await get(cold)).toBe(3)
    for (const log of rotated) expect(await cold.app.rings.versions(log)).toHaveLength(2)
  })

  it('is sealed with no key that only its old place has, by a node that rotates and does not know yet that it moved', async () => {
    const behind = await node()
    expect(await get(behind)).toBe(1)
    const config = (await entry(world))?.config ?? ''
    await move(world, 'main', 'eu')
    await rotateLog(world.app, { log: 'config', id: config, actor: 'system' })
    await rotateLog(behind.app, { log: 'config', id: config, actor: 'system' }).catch(() => undefined)
    await set(behind, 2).catch(() => undefined)
    await set(world, 3)
    const cold = await node()
    expect(await get(cold)).toBe(3)
    await set(cold, 4)
    await behind.app.logs.poll()
    await set(behind, 5)
    expect(await get(behind)).toBe(5)
    const ring = await cold.app.rings.load(config)
    if (ring === undefined || ring === 'destroyed') throw new Error('it has no keys')
    expect(await verifyLog(cold.app.journal, config, ring)).toMatchObject({ ok: true })
  })

  it('tells what it would do without doing it', async () => {
    expect(await move(world, 'main', 'eu', true)).toMatchObject({ values: null, dryRun: true, logs: 2 })
    expect(logsIn(eu)).toBe(0)
    expect((await entry(world))?.journal).toBeUndefined()
  })

  it('is refused where the target went its own way, and is served on from where it is', async () => {
    const config = (await entry(world))?.config ?? ''
    await storeOf(eu).journal.append([{ log: config, first: 1, last: 1, payload: new Uint8Array([1]) }])
    expect(await refusalOf(move(world, 'main', 'eu'))).toBe('journal_corrupt')
    expect(await set(world, 9)).toBeGreaterThan(0)
  })

  it('is answered as moved away where a node was not told of its journal, and is read from memory meanwhile', async () => {
    const stranger = await node(main, new Map())
    expect(await get(stranger)).toBe(1)
    await move(world, 'main', 'eu')
    await stranger.app.logs.poll()
    expect(await refusalOf(set(stranger, 2))).toBe('moved_away')
    expect(await get(stranger)).toBe(1)
  })

  it('is erased in every journal that it was ever in', async () => {
    await move(world, 'main', 'eu')
    const config = (await entry(world))?.config ?? ''
    await world.app.eraseLog(config)
    for (const store of [main, eu]) expect(await storeOf(store).journal.head(config)).toBe('erased')
    expect(await world.app.rings.load(config)).toBe('destroyed')
  })
})

// Installations that move as a whole: killed at every step, with nodes that nobody stopped, and erased where they were.
import { KonfigError } from '@konfig/core'
import { localMasterKey, type Stored, verifyLog } from '@konfig/journal'
import { createMemoryStore, type MemoryStore } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectInstallation, collectTenant } from '../backup/collect.ts'
import { restoreTenant } from '../backup/restore-tenant.ts'
import { logIn, openWorld, refusalOf, type World } from '../identity/testing/world.ts'
import { rotateLog } from '../keys/rotate.ts'
import { openSign } from '../nodes/sign.ts'
import { makeTenant } from '../tenants/create.ts'
import { copyInstallation, type CopyInstallation } from './copy-installation.ts'
import {
  begin,
  clock,
  elsewhere,
  end,
  entry,
  eu,
  get,
  main,
  node,
  opened,
  ports,
  set,
  storeOf,
  world,
} from './testing/world.ts'

beforeEach(begin)
afterEach(end)

describe('an installation that moves', () => {
  const place = () => ({ ...storeOf(main), master: localMasterKey(new Uint8Array(32).fill(1)), clock })
  const where = 'postgres://db.example.com/konfig'
  const copy = (target: Stored, dryRun = false, more: Partial<CopyInstallation> = {}) =>
    copyInstallation({ source: place(), target, where, ports, dryRun, ...more })

  it('is the same in its new place, people, keys and points too, and its old one says where it went', async () => {
    await makeTenant(world.app, { name: 'initech', journal: 'eu', actor: 'system', request: 'test' })
    const target = createMemoryStore()
    const told = await copy(storeOf(target))
    expect(told).toMatchObject({ tenants: 2, logs: expect.any(Number), dryRun: false })
    expect(told.values).toBeGreaterThan(0)
    const moved = await node(target)
    expect(await get(moved)).toBe(1)
    expect((await logIn(moved.app, 'owner@acme.example')).tenant).toBe('acme')
    expect(await moved.app.directory.find('initech')).toMatchObject({ name: 'initech' })
    expect(moved.app.platform.log).toBe(world.app.platform.log)
    await set(moved, 2)
    expect(await refusalOf(openWorld({ store: main, elsewhere: elsewhere() }))).toBe('installation_moved')
    expect(await refusalOf(collectInstallation(place()).next())).toBe('installation_moved')
    expect(await refusalOf(collectTenant(place(), 'acme').next())).toBe('installation_moved')
    expect(await refusalOf(set(world, 3))).toBe('moved_away')
    expect(await get(moved)).toBe(2)
  })

  /** A source and a target, each write of which is a step; only so many are made. */
  const copies = (steps: number, erase = false) => {
    const [source, target] = [createMemoryStore(), createMemoryStore()]
    for (const [log, kept] of main.logs)
      source.logs.set(log, { ...kept, batches: [...kept.batches], snapshots: new Map(kept.snapshots) })
    for (const [name, rows] of main.records) source.records.set(name, new Map(rows))
    let left = steps
    const step = <T>(act: () => Promise<T>): Promise<T> => (left-- <= 0 ? Promise.reject(new Error('killed')) : act())
    const fragile = ({ journal, records }: Stored): Stored => ({
      journal: {
        ...journal,
        append: (batches) => step(() => journal.append(batches)),
        erase: (log) => step(() => journal.erase(log)),
      },
      records: {
        ...records,
        put: (write) => step(() => records.put(write)),
        delete: (id, version) => step(() => records.delete(id, version)),
      },
    })
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const run = (one: Stored, other: Stored) =>
      copyInstallation({ source: { ...one, master, clock }, target: other, where, ports, dryRun: false, erase })
    return {
      source,
      target,
      cut: () =>
        run(fragile(storeOf(source)), fragile(storeOf(target))).then(
          () => 'copied',
          () => 'killed',
        ),
      again: () => run(storeOf(source), storeOf(target)),
      open: (store: MemoryStore) => openWorld({ store, elsewhere: elsewhere() }),
    }
  }

  /** Steps far apart until the target can be opened, and from there each. */
  const everyStep = async (act: (left: number) => Promise<{ opened: boolean; done: boolean }>): Promise<void> => {
    let near = false
    for (let left = 0; left < 2000; left += near ? 1 : 9) {
      const { opened, done } = await act(left)
      if (done) return
      if (opened && !near) left = Math.max(0, left - 9)
      near ||= opened
    }
    throw new Error('it never came to its end')
  }
  const canBeOpened = (store: MemoryStore): boolean => store.records.get('installation')?.has('key') === true

  it('has the source whole until its platform ended, and the target from then on, wherever it was killed', async () => {
    expect(main.records.size).toBeGreaterThan(3)
    await everyStep(async (left) => {
      const { source, target, cut, again, open } = copies(left)
      const outcome = await cut()
      const could = canBeOpened(target)
      const alive = await open(source).catch(() => open(target))
      expect(await get(alive)).toBe(1)
      await alive.close()
      expect((await again()).logs).toBeGreaterThan(0)
      const served = await open(target)
      expect(await get(served)).toBe(1)
      await set(served, left + 2)
      await served.close()
      expect(await refusalOf(open(source))).toBe('installation_moved')
      return { opened: could, done: outcome === 'copied' }
    })
  })

  it('has all that a node wrote which nobody stopped, wherever it was killed, and all that the target was told since', async () => {
    const [changed = '', gone = ''] = (await world.app.records.list('users', { limit: 2 })).map(({ id }) => id)
    let [inTime, served] = [0, 0]
    await everyStep(async (left) => {
      const { source, target, cut, again, open } = copies(left)
      const forgotten = await open(source)
      const outcome = await cut()
      const could = canBeOpened(target)
      const ended = (await refusalOf(open(source).then(({ close }) => close()))) === 'installation_moved'
      const owed = target.records.get('copied')?.has('00000000') === true
      const put = async (records: World['app']['records'], id: string): Promise<void> => {
        const found = await records.get('users', id)
        expect(await records.put('users', id, found?.version, { email: id })).toBeDefined()
      }
      const late = forgotten.app.records
      await put(late, changed)
      await put(late, 'late')
      await late.delete('users', gone, (await late.get('users', gone))?.version ?? '')
      await forgotten.close()
      if (ended) {
        const there = await open(target)
        await put(there.app.records, 'here')
        await there.close()
        served += 1
      }
      await again()
      const { app, close } = await open(target)
      const email = async (id: string) => (await app.records.get<{ email: string }>('users', id))?.value.email
      // Once the second pass was done nobody looks at the source any more.
      const counts = !ended || owed
      if (counts) inTime += 1
      const now = [await email(changed), await email('late'), await email(gone)]
      expect(counts ? now : []).toEqual(counts ? [changed, 'late', undefined] : [])
      expect(await email('here')).toBe(ended ? 'here' : undefined)
      expect(target.records.get('copied')?.size ?? 0).toBe(0)
      await close()
      return { opened: could, done: outcome === 'copied' }
    })
    expect(inTime).toBeGreaterThan(10)
    expect(served).toBeGreaterThan(10)
  })

  it('is not copied while a node gives signs of life, unless who asks knows better', async () => {
    const target = createMemoryStore()
    world.clock.now = clock.now()
    await openSign(world.app, 'host-1, process 7').give()
    const reason: unknown = await copy(storeOf(target)).catch((refused: unknown) => refused)
    expect(reason instanceof KonfigError && reason.failure).toMatchObject({
      code: 'nodes_running',
      data: { nodes: 'host-1, process 7', seconds: 60 },
    })
    expect(target.records.size + target.logs.size).toBe(0)
    expect(await copy(storeOf(target), true)).toMatchObject({ running: ['host-1, process 7'] })
    expect(await copy(storeOf(target), false, { nodesStopped: true })).toMatchObject({
      before: false,
    })
    expect(target.records.get('nodes')?.size ?? 0).toBe(0)
  })

  it('is not ended under a node that started while it was copied', async () => {
    const target = storeOf(createMemoryStore())
    world.clock.now = clock.now()
    let begun = false
    const late: Stored = {
      ...target,
      journal: {
        ...target.journal,
        append: async (batches) => {
          if (!begun) await openSign(world.app, 'late').give()
          begun = true
          return target.journal.append(batches)
        },
      },
    }
    expect(await refusalOf(copy(late))).toBe('nodes_running')
    expect(await set(world, 2)).toBeGreaterThan(0)
  })

  it('that has moved says the same to a dry run as to a run, whether the target is the one or another', async () => {
    const [target, other] = [createMemoryStore(), createMemoryStore()]
    await copy(storeOf(target))
    for (const dryRun of [true, false]) {
      expect(await copy(storeOf(target), dryRun)).toMatchObject({ before: true, values: null, dryRun })
      expect(await refusalOf(copy(storeOf(other), dryRun))).toBe('installation_moved')
      expect(other.records.size + other.logs.size).toBe(0)
    }
  })

  it('leaves nothing where it was once that is erased, but where it went: no key, no row, no record', async () => {
    const target = createMemoryStore()
    expect(await copy(storeOf(target), true, { erase: true })).toMatchObject({ erased: false })
    expect(await copy(storeOf(target), false, { erase: true })).toMatchObject({ erased: true })
    expect([...main.logs.values()].flatMap(({ batches, snapshots }) => [...batches, ...snapshots])).toEqual([])
    const kept = [...main.records].flatMap(([name, rows]) => [...rows.keys()].map((id) => `${name}/${id}`))
    expect(kept.toSorted()).toEqual(['installation/moved', 'installation/place'])
    const refused: unknown = await openWorld({ store: main, elsewhere: elsewhere() }).catch((reason: unknown) => reason)
    expect(refused instanceof KonfigError && refused.failure.detail).toBe(
      `This installation was moved to ${where}; start its nodes there.`,
    )
    const served = await node(target)
    expect(await get(served)).toBe(1)
    await set(served, 2)
    expect(await copy(storeOf(target), true)).toMatchObject({ before: true, erased: true })
    expect(await copy(storeOf(target), false, { erase: true })).toMatchObject({ before: true, erased: true })
    expect(await refusalOf(copy(storeOf(createMemoryStore())))).toBe('installation_moved')
    expect(await get(served)).toBe(2)
  })

  it('may be erased long after it moved, when the target has been served, and is held against it once more', async () => {
    const target = createMemoryStore()
    await copy(storeOf(target))
    const served = await node(target)
    await set(served, 2)
    await rotateLog(served.app, { log: 'config', id: (await entry(served))?.config ?? '', actor: 'system' })
    await set(served, 3)
    const told = await copy(storeOf(target), false, { erase: true })
    expect(told).toMatchObject({ before: true, erased: true })
    expect(told.values).toBeGreaterThan(0)
    expect(await get(served)).toBe(3)
  })

  it('is not erased where the target is not equal', async () => {
    const target = createMemoryStore()
    await copy(storeOf(target))
    const config = (await entry(world))?.config ?? ''
    const row = target.logs.get(config)?.batches.at(0)
    if (row !== undefined) row.payload[row.payload.length - 1] = (row.payload.at(-1) ?? 0) ^ 1
    expect(await refusalOf(copy(storeOf(target), false, { erase: true }))).toBe('copy_differs')
    expect(main.logs.get(config)?.batches.length).toBeGreaterThan(0)
    expect(main.records.get('key-rings')?.size).toBeGreaterThan(0)
  })

  it('is erased whole in the end, wherever that was killed, and never opened when half of it is gone', async () => {
    await everyStep(async (left) => {
      const { source, target, cut, again, open } = copies(left, true)
      const outcome = await cut()
      const erasing = source.records.get('installation')?.has('moved') === true
      const alive = await open(source).catch(() => open(target))
      expect(await get(alive)).toBe(1)
      await alive.close()
      const refused = erasing ? await refusalOf(open(source)) : 'installation_moved'
      expect(refused).toBe('installation_moved')
      expect(await again()).toMatchObject({ erased: true })
      expect(source.records.get('key-rings')?.size ?? 0).toBe(0)
      expect([...source.logs.values()].flatMap(({ batches }) => batches)).toEqual([])
      const served = await open(target)
      expect(await get(served)).toBe(1)
      await served.close()
      return { opened: erasing, done: outcome === 'copied' }
    })
  })

  describe('with a tenant that came back from a backup', () => {
    /** Its former access log, and how often somebody was noted there. */
    const former = async (): Promise<{ readonly log: string; readonly rows: number }> => {
      const log = (await entry(world))?.access ?? ''
      await world.app.recordAccess(log, { type: 'login', actor: 'user:x' })
      const backup = await Array.fromAsync(collectTenant(place(), 'acme'))
      await restoreTenant(
        world.app,
        (async function* () {
          yield* backup
        })(),
        { name: undefined, replace: true },
      )
      const rows = main.logs.get(log)?.batches.length ?? 0
      expect([(await entry(world))?.access === log, rows > 0]).toEqual([false, true])
      return { log, rows }
    }
    const isWhole = async (store: MemoryStore, { log, rows }: Awaited<ReturnType<typeof former>>): Promise<void> => {
      // And the end, which says where it went.
      expect(store.logs.get(log)?.batches).toHaveLength(rows + 1)
      const { app } = await node(store)
      const ring = await app.rings.load(log)
      if (ring === undefined || ring === 'destroyed') throw new Error('its key is gone')
      expect(await verifyLog(app.journal, log, ring)).toMatchObject({ ok: true })
    }

    it('takes its former access log along, before that is erased where it was', async () => {
      const kept = await former()
      const target = createMemoryStore()
      expect(await copy(storeOf(target), false, { erase: true })).toMatchObject({ tenants: 2, erased: true })
      await isWhole(target, kept)
    })

    it('brings it where an earlier copy had left it behind, before it is erased', async () => {
      const kept = await former()
      const rows = main.logs.get(kept.log)?.batches.slice(0, kept.rows) ?? []
      const target = createMemoryStore()
      await copy(storeOf(target))
      target.logs.delete(kept.log)
      main.logs.get(kept.log)?.batches.splice(0, Infinity, ...rows)
      expect(await copy(storeOf(target), false, { erase: true })).toMatchObject({ erased: true })
      await isWhole(target, kept)
    })
  })

  it('is not copied over anything: another installation, a restore that was cut short, a journal that tenants are in, itself', async () => {
    const other = createMemoryStore()
    opened.push(await openWorld({ store: other }))
    expect(await refusalOf(copy(storeOf(other)))).toBe('installation_present')
    expect(await refusalOf(copy(storeOf(eu)))).toBe('installation_present')
    expect(await refusalOf(copy(storeOf(main)))).toBe('journal_foreign')
  })

  it('tells what it would do without doing it', async () => {
    const target = createMemoryStore()
    expect(await copy(storeOf(target), true)).toMatchObject({ values: null, dryRun: true, tenants: 2 })
    expect(target.records.size + target.logs.size).toBe(0)
    expect(await set(world, 2)).toBeGreaterThan(0)
  })
})

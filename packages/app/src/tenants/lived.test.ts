// Erasing a tenant whose key was in places that are not reached.
import { openKeyRings, openInstallation, sealedRecords, localMasterKey, type Stored } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import type { JsonObject } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, registered, type World } from '../identity/testing/world.ts'
import { copyInstallation } from '../moving/copy-installation.ts'
import { moveTenant } from '../moving/move-tenant.ts'
import type { OpenStore } from '../places/places.ts'
import { certificateOf, isCertified } from './certificate.ts'
import { changeTenant } from './change.ts'
import { closeTenant } from './close.ts'
import { sweepReservations } from './sweep.ts'
import { asking, refusalOf } from './testing/world.ts'

const clock = { now: Date.UTC(2026, 1, 1) }
const opened: World[] = []
let main: MemoryStore
let eu: MemoryStore
let us: MemoryStore
let away: boolean

const storeOf = (store: MemoryStore): Stored => openMemory({ clock: { now: () => clock.now }, store })
const stores: Readonly<Record<string, OpenStore>> = {
  eu: async () => storeOf(eu),
  us: async () => storeOf(us),
}
const node = async (...names: readonly string[]): Promise<World> => {
  const elsewhere = new Map<string, OpenStore>(
    names.map((name) => [name, away ? () => Promise.withResolvers<Stored>().promise : (stores[name] as OpenStore)]),
  )
  const made = await openWorld({ store: main, clock, elsewhere })
  opened.push(made)
  if (!away) await made.app.places.opened()
  return made
}
const move = ({ app }: World, from: string, to: string) => moveTenant(app, { name: 'acme', from, to, dryRun: false })
const suspend = ({ app }: World) => changeTenant(asking(app), 'acme', { status: 'suspended' })
const erase = ({ app }: World, leaveUnreached = false) =>
  closeTenant(asking(app), { nameOrId: 'acme', confirm: 'acme', leaveUnreached })
const entryOf = async ({ app }: World) => (await app.directory.entry('acme'))?.value
/** What a store has of the key, told by the store alone. */
const keyIn = async (store: MemoryStore, config: string): Promise<string> => {
  const installation = await openInstallation(storeOf(main).records, localMasterKey(new Uint8Array(32).fill(1)))
  const rings = openKeyRings(sealedRecords(storeOf(store).records, installation), installation, { now: () => 0 })
  const versions = await rings.versions(config)
  return versions === undefined ? 'none' : versions === 'destroyed' ? versions : 'live'
}

beforeEach(() => {
  main = createMemoryStore()
  eu = createMemoryStore()
  us = createMemoryStore()
  away = false
})
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

/** A tenant of main that was in eu and is back; its config log's id. */
const wasInEu = async (): Promise<string> => {
  const world = await node('eu')
  await registered(world.app, 'acme')
  await move(world, 'main', 'eu')
  await move(world, 'eu', 'main')
  await suspend(world)
  return (await entryOf(world))?.config ?? ''
}

describe('erasing a tenant that was in a journal which this node was not told of', () => {
  it('is refused by name before anything is done', async () => {
    const config = await wasInEu()
    const world = await node()
    const refused = await erase(world).catch((reason: unknown) => reason)
    expect(refused).toMatchObject({
      failure: {
        code: 'places_unreached',
        data: { name: 'acme', places: expect.stringMatching(/^journal eu \(\S{36}\)$/) },
      },
    })
    expect(await entryOf(world)).toMatchObject({ standing: 'active', status: 'suspended' })
    expect([await keyIn(main, config), await keyIn(eu, config)]).toEqual(['live', 'live'])
    const trial = closeTenant(asking(world.app, 'admin', { dryRun: true }), { nameOrId: 'acme', confirm: 'acme' })
    expect(await refusalOf(trial)).toBe('places_unreached')
  })

  it('goes on when it is told to, and certifies which place still holds the key', async () => {
    const config = await wasInEu()
    const world = await node()
    const made = await erase(world, true)
    expect(made?.certificate.places).toMatchObject([
      { journal: 'main', key: 'destroyed', at: '2026-02-01T00:00:00.000Z' },
      { journal: 'eu', key: 'left' },
    ])
    expect([await keyIn(main, config), await keyIn(eu, config)]).toEqual(['destroyed', 'live'])
  })

  it('destroys it there once a node reaches that place, by whatever name, and certifies that anew', async () => {
    const config = await wasInEu()
    const world = await node()
    const { id = '' } = (await erase(world, true))?.certificate.tenant ?? {}
    expect(await sweepReservations(world.app)).toMatchObject({ closed: 0 })
    expect(await keyIn(eu, config)).toBe('live')
    clock.now += 24 * 3600 * 1000
    const elsewhere = new Map<string, OpenStore>([['europe', async () => storeOf(eu)]])
    const back = await openWorld({ store: main, clock, elsewhere })
    opened.push(back)
    await back.app.places.opened()
    expect(await sweepReservations(back.app)).toMatchObject({ closed: 1 })
    expect(await keyIn(eu, config)).toBe('destroyed')
    expect(eu.logs.get(config)?.batches ?? []).toEqual([])
    const made = await certificateOf(back.app, id)
    expect(made?.certificate.places).toMatchObject([
      { key: 'destroyed', at: '2026-02-01T00:00:00.000Z' },
      { journal: 'eu', key: 'destroyed', at: '2026-02-02T00:00:00.000Z' },
    ])
    expect(isCertified(JSON.parse(JSON.stringify(made)) as JsonObject, back.app.signing)).toBe(true)
    expect(await sweepReservations(back.app)).toMatchObject({ closed: 0 })
  })

  it('is not refused, and says so, where all places are reached', async () => {
    const config = await wasInEu()
    const world = await node('eu', 'us')
    expect((await erase(world))?.certificate.places).toMatchObject([
      { journal: 'main', key: 'destroyed' },
      { journal: 'eu', key: 'destroyed' },
    ])
    expect([await keyIn(main, config), await keyIn(eu, config), await keyIn(us, config)]).toEqual([
      'destroyed',
      'destroyed',
      'none',
    ])
  })

  it('is refused where a move began that came to nothing: the copy of the key is there', async () => {
    const world = await node('eu', 'us')
    await registered(world.app, 'acme')
    const cut = { ...world.app, places: { ...world.app.places, stores: withoutAppend(world) } }
    expect(await refusalOf(moveTenant(cut, { name: 'acme', from: 'main', to: 'us', dryRun: false }))).not.toBe('done')
    await suspend(world)
    expect(await refusalOf(erase(await node('eu')))).toBe('places_unreached')
    expect(await refusalOf(erase(await node('us')))).toBe('done')
  })

  it('is refused where the directory knows nothing of a move, and the log does', async () => {
    await wasInEu()
    const world = await node()
    await world.app.directory.update('acme', ({ lived: _lived, ...rest }) => rest)
    expect(await refusalOf(erase(world))).toBe('places_unreached')
  })
})

describe('erasing a tenant whose old rows were taken when it moved', () => {
  it('asks nothing of the journal that it left', async () => {
    const world = await node('eu')
    await registered(world.app, 'acme')
    await moveTenant(world.app, { name: 'acme', from: 'main', to: 'eu', dryRun: false, erase: true })
    const config = (await entryOf(world))?.config ?? ''
    await suspend(world)
    const made = await erase(world)
    expect(made?.certificate.places).toContainEqual(expect.objectContaining({ journal: 'eu', key: 'destroyed' }))
    expect([await keyIn(eu, config), await keyIn(main, config)]).not.toContain('live')
  })

  it('is not refused where that journal is named no more', async () => {
    const world = await node('eu', 'us')
    await registered(world.app, 'acme')
    await moveTenant(world.app, { name: 'acme', from: 'main', to: 'eu', dryRun: false })
    await moveTenant(world.app, { name: 'acme', from: 'eu', to: 'us', dryRun: false, erase: true })
    await suspend(world)
    expect((await erase(await node('us')))?.certificate.places.map(({ journal, key }) => `${journal} ${key}`)).toEqual([
      'main destroyed',
      'us destroyed',
    ])
  })
})

describe('an erasure that is finished later', () => {
  it('leaves the rows where the log is, whichever node finishes it', async () => {
    const world = await node('eu', 'us')
    await registered(world.app, 'acme')
    await moveTenant(world.app, { name: 'acme', from: 'main', to: 'us', dryRun: false })
    await moveTenant(world.app, { name: 'acme', from: 'us', to: 'eu', dryRun: false })
    const config = (await entryOf(world))?.config ?? ''
    await suspend(world)
    await erase(await node('eu'), true)
    const rows = eu.logs.get(config)?.batches.length
    expect(await sweepReservations((await node('eu', 'us')).app)).toMatchObject({ closed: 1 })
    expect(await keyIn(us, config)).toBe('destroyed')
    expect(eu.logs.get(config)?.batches.length).toBe(rows)
    expect(rows).toBeGreaterThan(0)
  })
})

/** A store that takes no rows: a move there fails at its first step behind the directory's. */
const withoutAppend = ({ app }: World): ReadonlyMap<string, Stored> => {
  const us = app.places.stores.get('us') as Stored
  const append = async () => {
    throw new Error('killed')
  }
  return new Map([...app.places.stores, ['us', { ...us, journal: { ...us.journal, append } }]])
}

describe('erasing a tenant that was in a journal which is away', () => {
  it('is refused before anything is done, and not at all for one that never was there', async () => {
    await wasInEu()
    away = true
    const world = await node('eu')
    expect(await refusalOf(erase(world))).toBe('places_unreached')
    await registered(world.app, 'globex')
    await changeTenant(asking(world.app), 'globex', { status: 'suspended' })
    const other = closeTenant(asking(world.app), { nameOrId: 'globex', confirm: 'globex' })
    expect((await other)?.certificate.places).toMatchObject([{ journal: 'main', key: 'destroyed' }])
  })
})

describe('erasing a tenant of an installation that was moved', () => {
  const copy = (there: MemoryStore, taken: boolean) =>
    copyInstallation({
      source: { ...storeOf(main), master: localMasterKey(new Uint8Array(32).fill(1)), clock: { now: () => clock.now } },
      target: storeOf(there),
      where: 'there',
      ports: { now: () => clock.now, newId: () => crypto.randomUUID() },
      dryRun: false,
      nodesStopped: true,
      erase: taken,
    })
  const suspended = async () => {
    const world = await node()
    await registered(world.app, 'acme')
    await suspend(world)
    return world
  }
  const stop = async (world: World) => {
    await world.close()
    opened.splice(0)
  }

  it.each([
    [false, 'places_unreached'],
    [true, 'done'],
  ])('says that the database which it left holds the key, unless all was taken there: %s', async (taken, answer) => {
    const world = await suspended()
    const left = world.app.places.idOf('main')
    await stop(world)
    const there = createMemoryStore()
    await copy(there, taken)
    main = there
    const moved = await node()
    expect(await refusalOf(erase(moved))).toBe(answer)
    if (taken) return
    expect((await erase(moved, true))?.certificate.places).toMatchObject([
      { journal: 'main', id: moved.app.places.idOf('main'), key: 'destroyed' },
      { journal: 'main', id: left, key: 'left' },
    ])
  })

  it('is certified anew once that database was emptied, though nobody reaches it', async () => {
    const world = await suspended()
    await stop(world)
    const there = createMemoryStore()
    await copy(there, false)
    const source = main
    main = there
    const moved = await node()
    const { id = '' } = (await erase(moved, true))?.certificate.tenant ?? {}
    expect(await sweepReservations(moved.app)).toMatchObject({ closed: 0 })
    main = source
    expect(await copy(there, true)).toMatchObject({ erased: true })
    const erasedAt = new Date(clock.now).toISOString()
    clock.now += 24 * 3600 * 1000
    expect(await sweepReservations(moved.app)).toMatchObject({ closed: 1 })
    expect((await certificateOf(moved.app, id))?.certificate.places).toMatchObject([
      { key: 'destroyed', at: erasedAt },
      { key: 'destroyed', at: new Date(clock.now).toISOString() },
    ])
    expect(await moved.app.records.list('tenant-work', { limit: 10 })).toEqual([])
  })

  it('that was under way when it moved is finished where it is, once nothing is left where it was', async () => {
    const world = await suspended()
    const { config = '' } = (await entryOf(world)) ?? {}
    const end = () => Promise.reject(new Error('killed'))
    await erase({ ...world, app: { ...world.app, places: { ...world.app.places, end } } }).catch(() => undefined)
    await stop(world)
    const there = createMemoryStore()
    await copy(there, true)
    main = there
    const moved = await node()
    expect(await keyIn(there, config)).toBe('live')
    expect(await sweepReservations(moved.app)).toMatchObject({ closed: 1 })
    expect(await keyIn(there, config)).toBe('destroyed')
  })
})

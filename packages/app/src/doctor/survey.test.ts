import { localMasterKey, type Stored } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTending } from '../audit/tend.ts'
import { openWorld, refusalOf, registered, type World } from '../identity/testing/world.ts'
import { moveTenant } from '../moving/move-tenant.ts'
import { examine } from './examine.ts'
import { survey } from './survey.ts'

let world: World
let eu: MemoryStore
const clock = () => ({ now: () => world.clock.now })
const elsewhere = () => new Map([['eu', async (): Promise<Stored> => openMemory({ clock: clock(), store: eu })]])

beforeEach(async () => {
  eu = createMemoryStore()
  world = await openWorld({
    elsewhere: new Map([['eu', async () => openMemory({ clock: { now: () => 0 }, store: eu })]]),
  })
  await world.app.places.opened()
  await registered(world.app, 'acme')
  await registered(world.app, 'globex')
  await openTending(world.app).round()
})
afterEach(() => world.close())

const look = (key = 1) =>
  survey({
    ...openMemory({ clock: clock(), store: world.store }),
    elsewhere: elsewhere(),
    master: localMasterKey(new Uint8Array(32).fill(key)),
    clock: clock(),
  })
const flip = (bytes: Uint8Array | undefined, at: number): void => {
  if (bytes === undefined) throw new Error('there are no bytes')
  const index = at < 0 ? bytes.length + at : at
  bytes[index] = (bytes[index] ?? 0) ^ 1
}
const rowOf = (log: string, at = 0) => world.store.logs.get(log)?.batches.at(at)?.payload
const recordOf = (collection: string, id: string) => world.store.records.get(collection)?.get(id)
const opens = async (key = 1): Promise<string> =>
  refusalOf(openWorld({ store: world.store, master: key, elsewhere: elsewhere() }).then(({ close }) => close()))
const logOf = async (name: string): Promise<string> => (await world.app.directory.find(name))?.config ?? ''

describe('a survey', () => {
  it('of a sound installation opens every log and every record', async () => {
    await moveTenant(world.app, { name: 'acme', from: 'main', to: 'eu', dryRun: false })
    expect(await look()).toEqual({
      unopened: undefined,
      tenants: 2,
      logs: 6,
      opened: 6,
      damaged: [],
      records: [],
      away: [],
    })
  })

  it('names the log of the platform, the row and what is wrong with it, and every other log that is damaged', async () => {
    const acme = await logOf('acme')
    flip(rowOf(world.app.platform.log), -1)
    flip(rowOf(acme), 20)
    expect(await opens()).toBe('journal_corrupt')
    const found = await look()
    expect(found.damaged.toSorted((one, other) => one.of.localeCompare(other.of))).toEqual([
      {
        of: 'acme',
        log: acme,
        revision: 1,
        reason: 'a byte of it was changed, in its front or behind it: it has the key of this log',
      },
      {
        of: 'platform',
        log: world.app.platform.log,
        revision: 1,
        reason: 'a byte of it was changed since it was sealed',
      },
    ])
    expect(found).toMatchObject({ tenants: 2, logs: 6, opened: 6, records: [] })
  })

  it('goes on without what the directory says of one tenant, and names that record', async () => {
    flip(recordOf('tenants', 'acme')?.value, -1)
    flip(rowOf(await logOf('globex')), -1)
    const found = await look()
    expect(found.records).toEqual([
      { collection: 'tenants', id: 'acme', reason: expect.stringMatching(/^a byte of it was changed, or/) as string },
    ])
    expect(found.damaged).toMatchObject([{ of: 'globex', revision: 1 }])
    expect(found).toMatchObject({ tenants: 1, logs: 6, opened: 6 })
  })

  it('tells a record that was moved from one that was changed', async () => {
    const [acme, globex] = [recordOf('tenants', 'acme'), recordOf('tenants', 'globex')]
    if (acme === undefined || globex === undefined) throw new Error('they have no records')
    world.store.records.get('tenants')?.set('acme', { ...acme, value: globex.value })
    expect((await look()).records).toEqual([
      { collection: 'tenants', id: 'acme', reason: 'it is what record globex held: it was moved here' },
    ])
  })

  it('verifies a log by its chain where its key ring cannot be opened', async () => {
    const { log } = world.app.platform
    flip(recordOf('key-rings', log)?.value, -1)
    expect(await opens()).toBe('journal_corrupt')
    const found = await look()
    expect(found).toMatchObject({ logs: 6, opened: 5, damaged: [{ of: 'platform', log, revision: 0 }] })
    expect(found.records).toMatchObject([{ collection: 'key-rings', id: log }])
  })

  it('under another master key says so, and looks at the chains', async () => {
    await world.app.recordAccess(world.app.platformAccess, { type: 'export', actor: 'system' })
    await world.app.recordAccess(world.app.platformAccess, { type: 'export', actor: 'system' })
    expect(await opens(2)).toBe('key_wrong')
    expect(await look(2)).toMatchObject({
      unopened: { failure: { code: 'key_wrong' } },
      logs: 6,
      opened: 0,
      damaged: [],
    })
    flip(rowOf(world.app.platformAccess), -1)
    expect((await look(2)).damaged).toEqual([
      {
        of: 'nobody that is known',
        log: world.app.platformAccess,
        revision: expect.any(Number),
        reason: expect.stringMatching(/without the key it cannot be told which$/),
      },
    ])
  })

  it('tells a record of the installation that was changed from another master key', async () => {
    const record = recordOf('installation', 'key')
    const text = Buffer.from(record?.value ?? []).toString()
    const stored = JSON.parse(text) as { wrapped: string }
    const wrapped = Buffer.from(stored.wrapped, 'base64')
    flip(wrapped, -1)
    if (record === undefined) throw new Error('there is no installation')
    const value = Buffer.from(JSON.stringify({ ...stored, wrapped: wrapped.toString('base64') }))
    world.store.records.get('installation')?.set('key', { ...record, value })
    expect(await opens()).toBe('journal_corrupt')
    expect((await look()).unopened?.failure.detail).toContain('names this master key, and was changed')
  })

  it('finds a log that is gone, and one that was cut off, by what was noted of them', async () => {
    const [acme, globex] = [await logOf('acme'), await logOf('globex')]
    world.store.logs.delete(acme)
    world.store.logs.get(globex)?.batches.pop()
    const { damaged } = await look()
    expect(damaged).toContainEqual({ of: 'acme', log: acme, revision: 1, reason: 'the whole log is gone' })
    expect(damaged.some(({ of, reason }) => of === 'globex' && reason.includes('known to have reached'))).toBe(true)
  })
})

describe('an examination of an installation that opens', () => {
  it('goes on to the other tenants where the key ring of one cannot be opened', async () => {
    flip(recordOf('key-rings', await logOf('acme'))?.value, -1)
    flip(rowOf(await logOf('globex')), -1)
    const other = await openWorld({ store: world.store, elsewhere: elsewhere() })
    const { damaged } = await examine(other.app, { mend: false })
    await other.close()
    expect(damaged.map(({ of }) => of)).toEqual(['acme', 'globex'])
    expect(damaged[0]?.reason).toMatch(/^its key ring cannot be opened/)
  })
})

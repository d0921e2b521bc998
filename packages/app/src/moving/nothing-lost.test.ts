// What an installation that moves must not lose where more is in its old place than the directory said when it began: tenants that a forgotten node
// made, and logs whose own move was cut short.
import { localMasterKey, type Stored } from '@konfig/journal'
import { createMemoryStore, type MemoryStore } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../identity/testing/world.ts'
import { makeTenant } from '../tenants/create.ts'
import { copyInstallation } from './copy-installation.ts'
import { begin, clock, end, entry, get, main, move, node, ports, set, storeOf, world } from './testing/world.ts'

beforeEach(begin)
afterEach(end)

const copy = (target: Stored, { erase = false, dryRun = false, source = storeOf(main) } = {}) =>
  copyInstallation({
    source: { ...source, master: localMasterKey(new Uint8Array(32).fill(1)), clock },
    target,
    where: 'postgres://db.example.com/konfig',
    ports,
    dryRun,
    erase,
  })

const rowsIn = (store: MemoryStore, log = ''): number => store.logs.get(log)?.batches.length ?? 0
const initech = { name: 'initech', actor: 'system', request: 'test' } as const

describe('a tenant that a forgotten node makes', () => {
  it('while the installation moves goes with it, whole', async () => {
    const target = createMemoryStore()
    const there = storeOf(target)
    let made = false
    const late: Stored = {
      ...there,
      records: {
        ...there.records,
        // The key comes last, when all was compared.
        put: async (write) => {
          if (write.collection === 'installation' && write.id === 'key' && !made) {
            made = true
            await makeTenant(world.app, initech)
          }
          return there.records.put(write)
        },
      },
    }
    expect(await copy(late, { erase: true })).toMatchObject({ erased: true })
    const moved = await node(target)
    const found = await entry(moved, 'initech')
    expect(found).toMatchObject({ standing: 'active' })
    expect(rowsIn(target, found?.config)).toBeGreaterThan(0)
    const held = await moved.app.logs.hold(found?.config ?? '')
    expect(held.state().get('tenant', 'initech')?.body).toMatchObject({ status: 'active' })
  })

  it('after it moved keeps its old place from being erased', async () => {
    const target = createMemoryStore()
    await copy(storeOf(target))
    const { ref } = await makeTenant(world.app, initech)
    expect(await refusalOf(copy(storeOf(target), { erase: true }))).toBe('copy_differs')
    expect(rowsIn(main, ref.config)).toBeGreaterThan(0)
    expect(main.records.get('key-rings')?.has(ref.config)).toBe(true)
  })
})

describe('a log whose own move into the main journal was cut short', () => {
  const cutShort = async (at: 'config' | 'directory') => {
    await move(world, 'main', 'eu')
    const { app } = world
    const log = (await entry(world))?.config
    const { directory, places } = app
    let updates = 0
    const broken: typeof app = {
      ...app,
      directory: {
        ...directory,
        update: async (...given) => {
          updates += 1
          if (at === 'directory' && updates > 1) throw new Error('killed')
          return directory.update(...given)
        },
      },
      places: {
        ...places,
        follow: async (...given) => {
          await places.follow(...given)
          if (at === 'config') throw new Error('killed')
        },
      },
    }
    await move({ ...world, app: broken }, 'eu', 'main').catch(() => undefined)
    return log
  }

  it.each(['config', 'directory'] as const)('before its %s was told keeps the installation where it is', async (at) => {
    const log = await cutShort(at)
    // A node that found the log where it went, and could not mend the directory.
    await world.app.directory.update('acme', (there) => ({ ...there, journal: 'eu' }))
    if (at === 'directory') await set(world, 7)
    const target = createMemoryStore()
    for (const dryRun of [true, false])
      expect(await refusalOf(copy(storeOf(target), { erase: true, dryRun }))).toBe('journal_foreign')
    expect(target.records.size + target.logs.size).toBe(0)
    expect(rowsIn(main, log)).toBeGreaterThan(0)
    await move(world, 'eu', 'main')
    expect(await copy(storeOf(target), { erase: true })).toMatchObject({ erased: true })
    expect(await get(await node(target))).toBe(at === 'directory' ? 7 : 1)
  })
})

describe('a copy that was served though its source never ended', () => {
  it('is not overwritten by what the source still holds', async () => {
    const target = createMemoryStore()
    const { journal, records } = storeOf(main)
    const append = () => Promise.reject(new Error('killed'))
    await copy(storeOf(target), { source: { journal: { ...journal, append }, records } }).catch(() => undefined)
    const served = await node(target)
    await makeTenant(served.app, initech)
    for (const [erase, dryRun] of [
      [false, true],
      [false, false],
      [true, false],
    ] as const)
      expect(await refusalOf(copy(storeOf(target), { erase, dryRun }))).toBe('journal_foreign')
    expect(await entry(served, 'initech')).toMatchObject({ standing: 'active' })
    expect(await set(world, 2)).toBeGreaterThan(0)
  })
})

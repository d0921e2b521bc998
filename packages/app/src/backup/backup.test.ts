import { localMasterKey } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { retain } from '../audit/retain.ts'
import { openTending } from '../audit/tend.ts'
import type { TenantRef } from '../caller.ts'
import { commit } from '../commit.ts'
import { examine } from '../doctor/examine.ts'
import {
  callerOf,
  inside,
  joined,
  keyOf,
  logIn,
  openWorld,
  refusalOf,
  registered,
  type World,
} from '../identity/testing/world.ts'
import { readValue } from '../values/read-value.ts'
import { readArchive, writeArchive } from './archive.ts'
import { collectInstallation, collections, collectTenant } from './collect.ts'
import type { Entry } from './entry.ts'
import { restoreInstallation } from './restore.ts'
import { restoreTenant } from './restore-tenant.ts'
import { verifyBackup } from './verify.ts'

let world: World
let key: string
let owner: string
const opened: World[] = []

const clock = { now: () => Date.UTC(2026, 1, 1) }
const placeOf = (store: MemoryStore, master = 1) => ({
  ...openMemory({ clock, store }),
  master: localMasterKey(new Uint8Array(32).fill(master)),
  clock,
  newId: () => crypto.randomUUID(),
})
const open = async (store: MemoryStore, master = 1): Promise<World> => {
  const next = await openWorld({ store, master })
  opened.push(next)
  return next
}

const set = async (token: string, value: number, app = world.app): Promise<void> => {
  await commit(await inside(app, token), () => ({
    ok: true,
    value: {
      intentions: [
        { op: 'put', kind: 'config', namespace: 'billing', name: 'retries', body: { type: 'number', value } },
      ],
    },
  }))
}

const retries = async (app: World['app'], credential: string): Promise<unknown> => {
  const asked = { namespace: 'billing', key: 'retries', environment: 'production' }
  const { body } = await readValue(await inside(app, credential), asked)
  return (JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString()) as { value: unknown }).value
}

const gather = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
const feed = async function* <T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

beforeEach(async () => {
  world = await openWorld()
  opened.push(world)
  owner = (await registered(world.app, 'acme')).accessToken
  await registered(world.app, 'globex')
  await joined(world.app, owner, 'editor')
  key = (await keyOf(world.app, owner)).key
  await commit(await inside(world.app, owner), () => ({
    ok: true,
    value: { intentions: [{ op: 'put', kind: 'namespace', name: 'billing', body: {} }] },
  }))
  await set(owner, 3)
  await set(owner, 4)
})
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

const whole = (): Promise<Entry[]> => gather(collectInstallation(placeOf(world.store)))
const archive = async (entries: readonly Entry[], master = 1): Promise<Uint8Array[]> =>
  gather(writeArchive(localMasterKey(new Uint8Array(32).fill(master)), feed(entries)))
const read = (bytes: readonly Uint8Array[], master = 1): Promise<Entry[]> =>
  gather(readArchive(feed(bytes), async () => localMasterKey(new Uint8Array(32).fill(master))))

describe('the backup of an installation', () => {
  it('restores values, history, people and keys under another master key', async () => {
    const target = createMemoryStore()
    const restored = await restoreInstallation(placeOf(target, 2), feed(await read(await archive(await whole()))))
    expect(restored.logs).toBe(6)
    const { app } = await open(target, 2)
    expect(await retries(app, key)).toBe(4)
    const token = (await logIn(app, 'editor@acme.example')).accessToken
    expect((await callerOf(app, token)).type).toBe('user')
    const acme = await app.directory.find('acme')
    const history = await (await app.logs.sealed(acme?.config ?? '')).history(0, 100)
    const before = await world.app.directory.find('acme')
    expect(history).toEqual(await (await world.app.logs.sealed(before?.config ?? '')).history(0, 100))
  })

  it('gives every log a new id, so that nobody takes its points for those of the old one', async () => {
    const target = createMemoryStore()
    await restoreInstallation(placeOf(target), feed(await whole()))
    const olds = new Set(world.store.logs.keys())
    expect([...target.logs.keys()].filter((log) => olds.has(log))).toEqual([])
    expect(target.logs.size).toBe(olds.size)
  })

  it('holds every collection but those that are left out on purpose', () => {
    const known: readonly string[] = [...collections.directory, ...collections.rest, ...collections.left]
    expect([...world.store.records.keys()].filter((collection) => !known.includes(collection))).toEqual([])
    expect(collections.left).not.toContain('users')
  })

  it('brings back logs that were trimmed as what they are, signed anew, and they can be trimmed and backed up again', async () => {
    const acme = (await world.app.directory.find('acme')) as TenantRef
    for (let index = 0; index < 4; index++) {
      world.clock.now += 24 * 3600 * 1000
      await world.app.recordAccess(acme.access, { type: 'export', actor: 'user:x' })
    }
    await retain(world.app, acme.access, 2)
    await openTending(world.app).round()
    const sealed = await world.app.logs.sealed(acme.access)
    const [begins, left] = [await sealed.begins(), await sealed.history(0, 100)]
    expect(left.length).toBeLessThan(4)
    const entries = await read(await archive(await whole()))
    expect(await verifyBackup(feed(entries), world.app.ports)).toMatchObject({ tenants: 2 })
    const target = createMemoryStore()
    await restoreInstallation(placeOf(target, 2), feed(entries))
    const { app, close } = await openWorld({ store: target, master: 2, clock: world.clock })
    const back = await app.logs.sealed((await app.directory.find('acme'))?.access ?? '')
    expect(await back.history(0, 100)).toEqual(left)
    expect(await back.begins()).toMatchObject({ ...begins, log: back.log })
    expect((await examine(app, { mend: false })).damaged).toEqual([])
    expect((await retain(app, back.log, 0.1)).commits).toBeGreaterThan(0)
    await app.recordAccess(back.log, { type: 'export', actor: 'user:x' })
    expect((await gather(collectInstallation(placeOf(target, 2)))).length).toBeGreaterThan(5)
    await close()
    // One tenant alone, into another installation, which signs for it with a key of its own.
    const elsewhere = await open(createMemoryStore(), 5)
    const one = await gather(collectTenant(placeOf(world.store), 'acme'))
    await restoreTenant(elsewhere.app, feed(one), { name: 'acme', replace: false })
    const there = await elsewhere.app.logs.sealed((await elsewhere.app.directory.find('acme'))?.access ?? '')
    expect(await there.history(0, 100)).toEqual(left)
    expect((await there.begins())?.key).toBe(elsewhere.app.signing.id)
  })

  it('leaves sessions out: nobody is logged in by a restore', async () => {
    const target = createMemoryStore()
    await restoreInstallation(placeOf(target), feed(await whole()))
    const { app } = await open(target)
    expect(await refusalOf(callerOf(app, owner))).toBe('token_expired')
  })

  it('is refused where there is an installation already', async () => {
    const entries = await whole()
    expect(await refusalOf(restoreInstallation(placeOf(world.store), feed(entries)))).toBe('installation_present')
    expect(await retries(world.app, key)).toBe(4)
  })

  it('cannot be opened where it was cut short', async () => {
    const entries = await whole()
    for (const cut of [entries.length - 1, Math.floor(entries.length / 2)]) {
      const target = createMemoryStore()
      expect(await refusalOf(restoreInstallation(placeOf(target), feed(entries.slice(0, cut))))).toBe(
        'archive_unreadable',
      )
      expect(await refusalOf(openWorld({ store: target }))).toBe('restore_unfinished')
    }
  })

  it('is refused where a commit is missing, doubled or altered', async () => {
    const entries = await whole()
    const spoil = (change: (entry: Entry & { type: 'commits' }) => Entry): Promise<string> => {
      const at = entries.findLastIndex((entry) => entry.type === 'commits' && entry.commits.length > 2)
      return refusalOf(
        restoreInstallation(
          placeOf(createMemoryStore()),
          feed(entries.map((entry, index) => (index === at && entry.type === 'commits' ? change(entry) : entry))),
        ),
      )
    }
    expect(await spoil((entry) => ({ ...entry, commits: entry.commits.slice(0, -1) }))).toBe('archive_unreadable')
    expect(await spoil((entry) => ({ ...entry, commits: entry.commits.slice(1) }))).toBe('archive_unreadable')
    expect(
      await spoil((entry) => ({ ...entry, commits: entry.commits.map((each) => ({ ...each, actor: 'user:x' })) })),
    ).toBe('archive_unreadable')
    expect(await spoil((entry) => entry)).toBe('done')
  })

  it('is told apart from nothing at all', async () => {
    expect(await refusalOf(gather(collectInstallation(placeOf(createMemoryStore()))))).toBe('installation_missing')
  })
})

describe('the file of a backup', () => {
  it('shows nothing of what it holds', async () => {
    const bytes = Buffer.concat(await archive(await whole()))
    for (const word of ['billing', 'acme', 'retries', 'owner@']) expect(bytes.includes(word)).toBe(false)
  })

  it('is refused when cut, altered, reordered or lengthened, and under another key', async () => {
    const pieces = await archive([...(await whole()), ...Array.from({ length: 3 }, () => bulk)])
    expect(pieces.length).toBeGreaterThan(3)
    const code = async (bytes: readonly Uint8Array[], master = 1): Promise<string> => refusalOf(read(bytes, master))
    expect(await code(pieces)).toBe('done')
    expect(await code(pieces.slice(0, -1))).toBe('archive_unreadable')
    expect(await code([...pieces.slice(0, 1), ...pieces.slice(2)])).toBe('archive_unreadable')
    const [line, first, second, ...rest] = pieces
    if (line === undefined || first === undefined || second === undefined) throw new Error('too few pieces')
    expect(await code([line, second, first, ...rest])).toBe('archive_unreadable')
    expect(await code([...pieces, Buffer.from('x')])).toBe('archive_unreadable')
    const flipped = Buffer.from(first)
    flipped[200] = (flipped[200] ?? 0) ^ 1
    expect(await code([line, flipped, second, ...rest])).toBe('archive_unreadable')
    expect(await code(pieces, 9)).toBe('key_wrong')
    expect(await code([Buffer.from('PK\u0003\u0004 some other file')])).toBe('archive_unreadable')
  })
})

const bulk: Entry = { type: 'record', collection: 'usage', id: 'x', value: 'y'.repeat(1_100_000) }

describe('the backup of one tenant', () => {
  it('brings back a tenant that was erased, with its keys and members', async () => {
    const entries = await gather(collectTenant(placeOf(world.store), 'acme'))
    const acme = await world.app.directory.find('acme')
    await world.app.directory.update('acme', (entry) => ({ ...entry, standing: 'closed', status: 'closed' }))
    await world.app.eraseLog(acme?.config ?? '')
    const restored = await restoreTenant(world.app, feed(entries), { name: undefined, replace: false })
    expect(restored).toMatchObject({ name: 'acme', keys: 1, members: 2, strangers: 0 })
    expect(await retries(world.app, key)).toBe(4)
  })

  it('is taken out of the backup of a whole installation too, and leaves the other tenants alone', async () => {
    const entries = await whole()
    await set(owner, 9)
    expect(await refusalOf(restoreTenant(world.app, feed(entries), { name: 'acme', replace: false }))).toBe(
      'already_exists',
    )
    expect(await retries(world.app, key)).toBe(9)
    const other = await world.app.directory.find('globex')
    await restoreTenant(world.app, feed(entries), { name: 'acme', replace: true })
    const { app } = await open(world.store)
    expect(await retries(app, key)).toBe(4)
    expect(await app.directory.find('globex')).toEqual(other)
  })

  it('holds nothing of another tenant', async () => {
    const text = JSON.stringify(await gather(collectTenant(placeOf(world.store), 'acme')))
    expect(text).toContain('acme')
    expect(text).not.toContain('globex')
  })

  it('counts members who are no users of the installation that it is restored into', async () => {
    const entries = await gather(collectTenant(placeOf(world.store), 'acme'))
    const { app } = await open(createMemoryStore(), 5)
    expect(await restoreTenant(app, feed(entries), { name: 'acme', replace: false })).toMatchObject({
      keys: 1,
      members: 0,
      strangers: 2,
    })
    expect(await retries(app, key)).toBe(4)
  })

  it('leaves the tenant as it is where the backup is not whole', async () => {
    const entries = await gather(collectTenant(placeOf(world.store), 'acme'))
    await set(owner, 9)
    expect(await refusalOf(restoreTenant(world.app, feed(entries.slice(0, -1)), { name: 'acme', replace: true }))).toBe(
      'archive_unreadable',
    )
    expect(await retries(world.app, key)).toBe(9)
  })

  it('names a tenant that is not in it', async () => {
    expect(await refusalOf(gather(collectTenant(placeOf(world.store), 'nobody')))).toBe('resource_not_found')
    expect(await refusalOf(restoreTenant(world.app, feed(await whole()), { name: 'nobody', replace: false }))).toBe(
      'resource_not_found',
    )
  })
})

import { failure, type JsonObject, KonfigError } from '@konfig/core'
import { localMasterKey, signingOf, verifyLog } from '@konfig/journal'
import { createMemoryStore, openMemory } from '@konfig/journal/memory'
import { describe, expect, it } from 'vitest'
import { collectInstallation, collectTenant } from '../backup/collect.ts'
import { restoreTenant } from '../backup/restore-tenant.ts'
import { restoreInstallation } from '../backup/restore.ts'
import { examine } from '../doctor/examine.ts'
import { rotateTenantKeys } from '../keys/rotate.ts'
import { isCertified, readCertificate } from './certificate.ts'
import { changeTenant } from './change.ts'
import { closeTenant } from './close.ts'
import { createTenant } from './create.ts'
import { sweepReservations } from './sweep.ts'
import { asking, openWorld, refusalOf, type World, type WorldOptions } from './testing/world.ts'

const suspended = async (options: WorldOptions = {}) => {
  const world = await openWorld(options)
  const { id, config, access } = await createTenant(world.app, { name: 'acme', actor: 'user:x', request: 'r' })
  await rotateTenantKeys(asking(world.app), { tenant: 'acme' })
  await changeTenant(asking(world.app), 'acme', { status: 'suspended' })
  return { ...world, id, config, access }
}
const erase = async ({ app }: Pick<World, 'app'>) => {
  const made = await closeTenant(asking(app), { nameOrId: 'acme', confirm: 'acme' })
  if (made === undefined) throw new Error('it was only tried')
  return made
}
const altered = (given: unknown, path: readonly string[], value: unknown): JsonObject => {
  const copy = JSON.parse(JSON.stringify(given)) as Record<string, unknown>
  let at = copy
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>
  at[path.at(-1) ?? ''] = value
  return copy as JsonObject
}

describe('a certificate of erasure', () => {
  it('says what was destroyed, by whom, and until when a backup may hold it', async () => {
    const world = await suspended()
    const { certificate } = await erase(world)
    expect(certificate).toEqual({
      format: 'konfig erasure certificate 2',
      tenant: { id: world.id, name: 'acme' },
      log: { id: world.config, revision: 5, batches: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      keys: [
        { version: 1, createdAt: '2026-01-01T00:00:00.000Z' },
        { version: 2, createdAt: '2026-01-01T00:00:00.000Z' },
      ],
      places: [
        {
          journal: 'main',
          id: world.app.places.idOf('main'),
          key: 'destroyed',
          at: '2026-01-01T00:00:00.000Z',
        },
      ],
      erasedAt: '2026-01-01T00:00:00.000Z',
      erasedBy: 'user:00000000-0000-4000-8000-00000000000a',
      request: 'request-1',
      accessLog: world.access,
      backups: { keptDays: 35, until: '2026-02-05T00:00:00.000Z' },
    })
    await world.close()
  })

  it('is of a chain that still verifies, without any key, to the very hash that it names', async () => {
    const world = await suspended()
    const { certificate } = await erase(world)
    const chain = await verifyLog(world.app.journal, world.config)
    expect(chain).toMatchObject({ ok: true, batches: 5, opened: false })
    expect(chain.ok && Buffer.from(chain.head.hash).toString('hex')).toBe(certificate.log.hash)
    expect(await world.app.rings.load(world.config)).toBe('destroyed')
    expect(await verifyLog(world.app.journal, world.access)).toMatchObject({ ok: true })
    expect((await examine(world.app, { mend: false })).damaged).toEqual([])
    world.store.logs.get(world.config)?.batches.pop()
    expect((await examine(world.app, { mend: false })).damaged).toMatchObject([
      { of: 'acme', reason: 'it does not end as its certificate says' },
    ])
    await world.close()
  })

  it('is taken as signed, and in no other word, nor by another installation', async () => {
    const world = await suspended()
    const made = await erase(world)
    const given = JSON.parse(JSON.stringify(made)) as JsonObject
    const publicKey = world.app.signing
    expect(isCertified(given, publicKey)).toBe(true)
    for (const [path, value] of [
      [['certificate', 'tenant', 'name'], 'globex'],
      [['certificate', 'log', 'hash'], '0'.repeat(64)],
      [['certificate', 'backups', 'until'], '2025-01-01T00:00:00.000Z'],
      [['certificate', 'more'], true],
      [['signature', 'value'], 'AAAA'],
      [['signature'], null],
      [['certificate'], null],
    ] as const)
      expect(isCertified(altered(made, path, value), publicKey)).toBe(false)
    expect(isCertified(given, signingOf({ key: new Uint8Array(32) }))).toBe(false)
    await world.close()
  })

  it('is shown again by the name or the id, to whoever reads the platform', async () => {
    const world = await suspended()
    const made = await erase(world)
    for (const name of ['acme', world.id])
      expect(await readCertificate(asking(world.app, 'viewer'), name)).toEqual(made)
    expect(await refusalOf(readCertificate(asking(world.app, 'nobody'), 'acme'))).toBe('denied')
    expect(await refusalOf(readCertificate(asking(world.app), 'globex'))).toBe('resource_not_found')
    await world.close()
  })
})

describe('a tenant that came back from a backup', () => {
  it('is certified anew when it is erased again: it has another log, and other keys', async () => {
    const world = await suspended()
    const clock = { now: () => world.clock.now }
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const place = { ...openMemory({ clock, store: world.store }), master, clock }
    const entries = await Array.fromAsync(collectTenant(place, 'acme'))
    const first = await erase(world)
    const feed = async function* () {
      yield* entries
    }
    await restoreTenant(world.app, feed(), { name: 'acme', replace: false })
    const { config } = (await world.app.directory.find('acme')) ?? {}
    const second = await erase(world)
    expect(second.certificate.log.id).toBe(config)
    expect(second.certificate.log.id).not.toBe(first.certificate.log.id)
    expect(await readCertificate(asking(world.app), 'acme')).toEqual(second)
    expect(await readCertificate(asking(world.app), world.id)).toEqual(second)
    expect((await examine(world.app, { mend: false })).damaged).toEqual([])
    await world.close()
  })
})

describe('a backup of an installation', () => {
  it('brings certificates along, and nothing of what was erased', async () => {
    const world = await suspended()
    const made = await erase(world)
    const clock = { now: () => world.clock.now }
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const entries = collectInstallation({ ...openMemory({ clock, store: world.store }), master, clock })
    const store = createMemoryStore()
    const place = { ...openMemory({ clock, store }), master, clock, newId: () => crypto.randomUUID() }
    await restoreInstallation(place, entries)
    const restored = await openWorld({ store, clock: world.clock })
    expect(await readCertificate(asking(restored.app), 'acme')).toEqual(made)
    expect((await examine(restored.app, { mend: false })).damaged).toEqual([])
    expect(restored.app.signing.pem).toBe(world.app.signing.pem)
    await world.close()
    await restored.close()
  })

  it('that was made while a key could not be destroyed has the erasure finished where it is restored', async () => {
    let away = false
    const world = await suspended({
      records: (records) => ({
        ...records,
        put: async (write) => {
          if (away && write.collection === 'key-rings')
            throw new KonfigError(failure('unavailable', { what: 'It', seconds: 1 }))
          return records.put(write)
        },
      }),
    })
    away = true
    expect(await refusalOf(erase(world))).toBe('unavailable')
    const clock = { now: () => world.clock.now }
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const entries = collectInstallation({ ...openMemory({ clock, store: world.store }), master, clock })
    const store = createMemoryStore()
    await restoreInstallation(
      { ...openMemory({ clock, store }), master, clock, newId: () => crypto.randomUUID() },
      entries,
    )
    const restored = await openWorld({ store, clock: world.clock })
    const { config = '' } = (await restored.app.directory.entry('acme'))?.value ?? {}
    expect(await restored.app.rings.versions(config)).toHaveLength(1)
    expect(await sweepReservations(restored.app)).toMatchObject({ closed: 1 })
    expect(restored.errors).toEqual([])
    expect(await restored.app.rings.versions(config)).toBe('destroyed')
    const { certificate } = await readCertificate(asking(restored.app), 'acme')
    expect(certificate).toMatchObject({ log: { id: config }, places: [{ key: 'destroyed' }] })
    await world.close()
    await restored.close()
  })
})

describe('an erased log', () => {
  it('is refused by a node that held it, with its keys, before it hears of anything', async () => {
    const world = await suspended()
    const other = await openWorld({ store: world.store, clock: world.clock })
    const held = await other.app.logs.hold(world.config)
    await erase(world)
    const late = held.write({
      actor: 'user:x',
      origin: { type: 'api' },
      decide: () => ({ ok: true, value: { changes: [], platform: 0, note: { type: 'late' }, answer: undefined } }),
    })
    expect(await refusalOf(late)).toBe('log_erased')
    await other.app.logs.poll()
    expect(other.app.logs.held(world.config)).toBeUndefined()
    expect(await refusalOf(other.app.logs.hold(world.config))).toBe('log_erased')
    await world.close()
    await other.close()
  })

  it('stays closed where somebody puts its key ring back from an older copy of the database', async () => {
    const world = await suspended()
    const ring = (await world.app.records.get('key-rings', world.config))?.value
    await erase(world)
    const gone = await world.app.records.get('key-rings', world.config)
    await world.app.records.put('key-rings', world.config, gone?.version, ring)
    const next = await openWorld({ store: world.store, clock: world.clock })
    expect(await refusalOf(next.app.logs.hold(world.config))).toBe('log_erased')
    expect(await next.app.directory.find('acme')).toBeUndefined()
    await world.close()
    await next.close()
  })

  it('leaves nothing in the caches of the node that erased it', async () => {
    const world = await suspended()
    const { app, config } = world
    const place = { log: config, environment: 'dev', namespace: 'billing' }
    const ready = { etag: '"1"', body: '{}', length: 2 }
    app.answers.keep(place, 'whole', '', ready, { tenant: 1, platform: 1, groups: [] } as never)
    app.answers.keep(place, 'key', 'timeout', ready, { tenant: 1, platform: 1, groups: [] } as never)
    app.pastAnswers.keep(`${config} 1-1 dev billing whole `, ready)
    await app.past.at(await app.logs.hold(config), 1)
    expect(app.answers.count()).toBe(2)
    await erase(world)
    expect(app.answers.shelf(config, 'dev', 'billing')).toBeUndefined()
    expect([app.answers.count(), app.answers.bytes(), app.pastAnswers.bytes()]).toEqual([0, 0, 0])
    await world.close()
  })
})

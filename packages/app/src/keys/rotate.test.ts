import { beforeEach, describe, expect, it } from 'vitest'
import type { StoredBatch } from '@konfig/journal'
import { listAudit } from '../audit/list.ts'
import type { Context } from '../context.ts'
import { createTenant } from '../tenants/create.ts'
import { findTenant, inTenant } from '../tenants/read.ts'
import { asking, openWorld, refusalOf, type World } from '../tenants/testing/world.ts'
import { createNamespace } from '../namespaces/write.ts'
import { listKeys } from './list.ts'
import { rotateKeys, rotateTenantKeys } from './rotate.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await createTenant(world.app, { name: 'acme', actor: 'user:x', request: 'r' })
})

/** A member of the platform, with an owner's rights in the tenant too. */
const inAcme = async ({ app }: World, write: Partial<Context['write']> = {}): Promise<Context> => {
  const context = inTenant(asking(app, 'owner', write), await findTenant({ app }, 'acme'))
  const { caller } = context
  return caller.type === 'anonymous' ? context : { ...context, caller: { ...caller, grants: caller.platformGrants } }
}

/** The versions that a log's batches are sealed with, in order: bytes 9 to 13 of each say so. */
const sealedWith = async ({ app }: World, log: string): Promise<readonly number[]> => {
  const batches = (await app.journal.read(log, 0, 100)) as readonly StoredBatch[]
  return batches.map(({ payload }) => Buffer.from(payload).readUInt32BE(9))
}
const writeIn = async (where: World, name: string) => createNamespace(await inAcme(where), { name })

describe('rotating the keys of a tenant', () => {
  it('seals what comes after with the new version, and leaves what was before as it is', async () => {
    const context = await inAcme(world)
    const { log } = context.log
    await writeIn(world, 'one')
    const before = await world.app.journal.read(log, 0, 100)
    expect(await rotateKeys(context, {})).toMatchObject({
      items: [
        { log: 'access', version: 2, newest: true },
        { log: 'config', version: 2, newest: true },
      ],
    })
    await writeIn(world, 'two')
    expect(await sealedWith(world, log)).toEqual([1, 1, 2, 2])
    expect(((await world.app.journal.read(log, 0, 100)) as readonly StoredBatch[]).slice(0, 2)).toEqual(before)
    expect((await listKeys(context)).items).toMatchObject([
      { log: 'config', version: 2, newest: true },
      { log: 'config', version: 1, newest: false },
      { log: 'access', version: 2, newest: true },
      { log: 'access', version: 1, newest: false },
    ])
    world.app.logs.forget(log)
    const state = (await world.app.logs.hold(log)).state()
    expect([...state.entries('namespace')].map(({ name }) => name)).toEqual(expect.arrayContaining(['one', 'two']))
    await world.close()
  })

  it('can be about one log alone', async () => {
    const context = await inAcme(world)
    await rotateKeys(context, { log: 'access' })
    expect((await listKeys(context)).items.map(({ log, version }) => `${log} ${version}`)).toEqual([
      'config 1',
      'access 2',
      'access 1',
    ])
    await world.close()
  })

  it('is met by another node with its next write, which is sealed with the new version', async () => {
    const { store, clock } = world
    const other = await openWorld({ store, clock })
    const log = (await inAcme(other)).log.log
    await rotateKeys(await inAcme(world), { log: 'config' })
    await writeIn(other, 'elsewhere')
    expect(await sealedWith(world, log)).toEqual([1, 2, 2])
    await writeIn(world, 'here')
    expect(await sealedWith(world, log)).toEqual([1, 2, 2, 2])
    await world.close()
    await other.close()
  })

  it('is noticed where the ring is put back to an older one, and nothing is sealed with the old version again', async () => {
    const { store, clock } = world
    const { log } = (await inAcme(world)).log
    const memory = JSON.stringify(await world.app.records.get('key-rings', log))
    const old = (JSON.parse(memory) as { readonly value: unknown }).value
    await rotateKeys(await inAcme(world), { log: 'config' })
    const now = await world.app.records.get('key-rings', log)
    await world.app.records.put('key-rings', log, now?.version, old)
    // A node that knows the ring goes on as it was; one that has to load it refuses.
    await writeIn(world, 'one')
    expect(await sealedWith(world, log)).toEqual([1, 2, 2])
    const other = await openWorld({ store, clock })
    expect(await refusalOf(inAcme(other))).toBe('journal_corrupt')
    expect(await refusalOf((await inAcme(world)).log.sealed.renew())).toBe('journal_corrupt')
    expect(await refusalOf(rotateKeys(await inAcme(world), { log: 'config' }))).toBe('journal_corrupt')
    expect(await world.app.rings.versions(log)).toHaveLength(1)
    await world.close()
    await other.close()
  })

  it('stores nothing when it is only tried, and is done once for one Idempotency-Key', async () => {
    const tried = await rotateKeys(await inAcme(world, { dryRun: true }), {})
    expect(tried.items.map(({ version }) => version)).toEqual([2, 2])
    expect((await listKeys(await inAcme(world))).items).toHaveLength(2)
    const idempotency = { key: 'k', request: 'r' }
    const first = await rotateKeys(await inAcme(world, { idempotency }), {})
    expect(await rotateKeys(await inAcme(world, { idempotency }), {})).toEqual(first)
    expect((await listKeys(await inAcme(world))).items).toHaveLength(4)
    const other = await inAcme(world, { idempotency: { key: 'k', request: 'another' } })
    expect(await refusalOf(rotateKeys(other, {}))).toBe('idempotency_mismatch')
    await world.close()
  })

  it('stands in the audit of the tenant, and in that of the platform where the platform did it', async () => {
    await rotateTenantKeys(asking(world.app), { tenant: 'acme' })
    const own = await listAudit(await inAcme(world), { type: 'key_rotated' })
    expect(own.items.map(({ log, resource, data }) => ({ log, resource, data }))).toEqual(
      expect.arrayContaining([
        { log: 'config', resource: 'key/config', data: { version: 2 } },
        { log: 'access', resource: 'key/access', data: { version: 2 } },
      ]),
    )
    const platform = await listAudit(asking(world.app), { type: 'key_rotated' })
    expect(platform.items).toMatchObject([{ resource: 'tenant/acme', data: { versions: { config: 2, access: 2 } } }])
    await world.close()
  })

  it('needs the right to change settings there, or to write on the platform', async () => {
    expect(await refusalOf(rotateTenantKeys(asking(world.app, 'viewer'), { tenant: 'acme' }))).toBe('denied')
    expect(await refusalOf(rotateTenantKeys(asking(world.app), { tenant: 'nobody' }))).toBe('resource_not_found')
    const stranger = { ...(await inAcme(world)), caller: asking(world.app, 'viewer').caller }
    expect(await refusalOf(rotateKeys(stranger, {}))).toBe('denied')
    await world.close()
  })

  it('ends at two hundred versions, so that loading a log stays bounded', async () => {
    const { log } = (await inAcme(world)).log
    const now = await world.app.records.get<{ readonly keys: readonly object[] }>('key-rings', log)
    const keys = Array.from({ length: 200 }, (_, at) => ({ ...now?.value.keys[0], version: at + 1 }))
    await world.app.records.put('key-rings', log, now?.version, { ...now?.value, keys })
    expect(await refusalOf(world.app.rings.rotate(log))).toBe('key_versions_full')
    await world.close()
  })

  it("ends earlier for a tenant's own, so that the platform can rotate after a leak", async () => {
    const context = await inAcme(world)
    const { log } = context.log
    for (let version = 2; version <= 150; version++) await world.app.rings.rotate(log)
    expect(await refusalOf(rotateKeys(context, { log: 'config' }))).toBe('key_versions_full')
    const byPlatform = await rotateTenantKeys(asking(world.app), { tenant: 'acme', log: 'config' })
    expect(byPlatform.items).toMatchObject([{ log: 'config', version: 151 }])
    await world.close()
  })
})

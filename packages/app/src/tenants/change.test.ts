import { type Commit, failure, KonfigError } from '@konfig/core'
import type { Records } from '@konfig/journal'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { replaceLayer } from '../platform/write-layer.ts'
import { changeTenant } from './change.ts'
import { readCertificate } from './certificate.ts'
import { closeTenant } from './close.ts'
import { createTenant } from './create.ts'
import { listTenants } from './list.ts'
import { readTenant } from './read.ts'
import { sweepReservations } from './sweep.ts'
import { faults } from './testing/faults.ts'
import { asking, openWorld, refusalOf, type World } from './testing/world.ts'

const withAcme = async (
  options: Parameters<typeof openWorld>[0] = {},
): Promise<World & { readonly id: string; readonly config: string; readonly access: string }> => {
  const world = await openWorld(options)
  const ref = await createTenant(world.app, {
    name: 'acme',
    displayName: 'Acme',
    plan: 'free',
    labels: { tier: 'gold' },
    actor: 'user:x',
    request: 'r',
  })
  return { ...world, ...ref }
}

/** A node that dies before it writes the directory. */
const noDirectory = (records: Records): Records => ({
  ...records,
  put: (given) =>
    given.collection === 'tenants'
      ? Promise.reject(new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 })))
      : records.put(given),
})

/** What the platform's access log says of a type. */
const notedIn = async (app: App, type: string): Promise<readonly Commit['note'][]> => {
  const commits = await (await app.logs.sealed(app.platformAccess)).history(0, 100)
  return commits.flatMap(({ note }) => (note?.['type'] === type ? [note] : []))
}

describe('reading a tenant from the platform', () => {
  it('finds it by name and by id, with what its log says', async () => {
    const { app, id, clock, close } = await withAcme()
    const time = new Date(clock.now).toISOString()
    const expected = {
      id,
      name: 'acme',
      displayName: 'Acme',
      plan: 'free',
      status: 'active',
      labels: { tier: 'gold' },
      createdAt: time,
      version: 1,
      revision: 1,
      createdBy: 'user:x',
      updatedAt: time,
      updatedBy: 'user:x',
    }
    expect(await readTenant(asking(app, 'viewer'), 'acme')).toEqual(expected)
    expect(await readTenant(asking(app, 'viewer'), id)).toEqual(expected)
    await close()
  })

  it('is 404 for who is not there, and denied to whoever is not of the platform', async () => {
    const { app, close } = await withAcme()
    expect(await refusalOf(readTenant(asking(app), 'nobody'))).toBe('resource_not_found')
    expect(await refusalOf(readTenant(asking(app), crypto.randomUUID()))).toBe('resource_not_found')
    for (const role of ['nobody', 'reader'] as const) {
      expect(await refusalOf(readTenant(asking(app, role), 'acme'))).toBe('denied')
      expect(await refusalOf(listTenants(asking(app, role), {}))).toBe('denied')
    }
    await close()
  })
})

describe('changing a tenant from the platform', () => {
  it('writes its log and the directory, and leaves out what was not said', async () => {
    const { app, config, close } = await withAcme()
    const changed = await changeTenant(asking(app), 'acme', {
      plan: 'premium',
      displayName: null,
      labels: { tier: null, kept: 'yes' },
    })
    expect(changed).toMatchObject({ plan: 'premium', status: 'active', labels: { kept: 'yes' }, version: 2 })
    expect(changed.displayName).toBeUndefined()
    expect((await app.logs.hold(config)).state().get('tenant', 'acme')?.body).toEqual({
      plan: 'premium',
      status: 'active',
    })
    expect((await app.directory.entry('acme'))?.value).toMatchObject({
      plan: 'premium',
      labels: { kept: 'yes' },
      indexed: 2,
    })
    expect((await listTenants(asking(app), { plan: 'premium' })).items).toHaveLength(1)
    expect(await app.records.list('tenant-work', { limit: 10 })).toEqual([])
    await expect
      .poll(() => notedIn(app, 'tenant_changed'))
      .toMatchObject([{ resource: 'tenant/acme', data: { revision: 2, fields: ['plan', 'displayName', 'labels'] } }])
    await close()
  })

  it('refuses a plan or brand that there never was, and a version that is not the newest', async () => {
    const { app, close } = await withAcme()
    expect(await refusalOf(changeTenant(asking(app), 'acme', { plan: 'gold' }))).toBe('target_unknown')
    expect(await refusalOf(changeTenant(asking(app), 'acme', { brand: 'sun' }))).toBe('target_unknown')
    expect(
      await refusalOf(changeTenant(asking(app, 'admin', { expect: [{ version: 7 }] }), 'acme', { plan: 'basic' })),
    ).toBe('precondition_failed')
    expect(
      await refusalOf(changeTenant(asking(app, 'admin', { expect: [{ version: 1 }] }), 'acme', { plan: 'basic' })),
    ).toBe('done')
    await close()
  })

  it('is denied to who may only read the platform, and to a tenant with every permission of its own', async () => {
    const { app, config, close } = await withAcme()
    for (const role of ['editor', 'viewer', 'reader', 'nobody'] as const)
      expect(await refusalOf(changeTenant(asking(app, role), 'acme', { plan: 'basic' }))).toBe('denied')
    expect((await app.logs.hold(config)).state().revision).toBe(1)
    await close()
  })

  it('stores nothing in a dry run', async () => {
    const { app, config, close } = await withAcme()
    expect(await changeTenant(asking(app, 'admin', { dryRun: true }), 'acme', { plan: 'basic' })).toMatchObject({
      plan: 'basic',
      version: 2,
    })
    expect((await app.logs.hold(config)).state().revision).toBe(1)
    expect((await app.directory.entry('acme'))?.value.plan).toBe('free')
    await close()
  })

  it('is brought into the directory by the sweeper where the change was cut short', async () => {
    const fault = faults()
    const dying = await withAcme(fault)
    // The note, the append, then the directory.
    fault.arm(3, 'before', true)
    expect(await refusalOf(changeTenant(asking(dying.app), 'acme', { plan: 'premium' }))).toBe('unavailable')
    const next = await openWorld({ store: dying.store, clock: dying.clock })
    expect((await next.app.directory.entry('acme'))?.value.plan).toBe('free')
    expect(await sweepReservations(next.app)).toMatchObject({ indexed: 1 })
    expect((await next.app.directory.entry('acme'))?.value).toMatchObject({ plan: 'premium', indexed: 2 })
    await dying.close()
    await next.close()
  })

  it('is brought into the directory where it was cut short, though a sweeper came by before it was appended', async () => {
    const sweeping = await withAcme()
    const dying = await openWorld({
      store: sweeping.store,
      clock: sweeping.clock,
      bootstrap: false,
      journal: (journal) => ({
        ...journal,
        append: async (batches) => {
          await sweepReservations(sweeping.app)
          return journal.append(batches)
        },
      }),
      records: noDirectory,
    })
    expect(await refusalOf(changeTenant(asking(dying.app), 'acme', { plan: 'premium' }))).toBe('unavailable')
    await sweepReservations(sweeping.app)
    expect((await sweeping.app.directory.entry('acme'))?.value).toMatchObject({ plan: 'premium', indexed: 2 })
    await dying.close()
    await sweeping.close()
  })

  it('is brought into the directory where it was cut short, though another change came to its end meanwhile', async () => {
    const { app, store, clock, close } = await withAcme()
    const [appending, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const dying = await openWorld({
      store,
      clock,
      bootstrap: false,
      journal: (journal) => ({
        ...journal,
        append: async (batches) => {
          appending.resolve()
          await held.promise
          return journal.append(batches)
        },
      }),
      records: noDirectory,
    })
    const cut = refusalOf(changeTenant(asking(dying.app), 'acme', { plan: 'premium' }))
    await appending.promise
    await changeTenant(asking(app), 'acme', { displayName: 'Acme & Sons' })
    held.resolve()
    expect(await cut).toBe('unavailable')
    expect((await app.directory.entry('acme'))?.value.plan).toBe('free')
    expect(await sweepReservations(app)).toMatchObject({ indexed: 1 })
    expect((await app.directory.entry('acme'))?.value).toMatchObject({ plan: 'premium', indexed: 3 })
    clock.now += 60_000
    expect(await sweepReservations(app)).toMatchObject({ indexed: 1 })
    expect(await sweepReservations(app)).toMatchObject({ indexed: 0 })
    await dying.close()
    await close()
  })
})

describe('erasing a tenant', () => {
  const suspended = async (options: Parameters<typeof openWorld>[0] = {}) => {
    const world = await withAcme(options)
    await changeTenant(asking(world.app), 'acme', { status: 'suspended' })
    return world
  }

  it('needs a tenant that is suspended, then its name once more', async () => {
    const world = await withAcme()
    const tried = (confirm: string | undefined, role: Parameters<typeof asking>[1] = 'admin') =>
      refusalOf(closeTenant(asking(world.app, role), { nameOrId: 'acme', confirm }))
    expect(await tried('acme')).toBe('tenant_not_suspended')
    await changeTenant(asking(world.app), 'acme', { status: 'suspended' })
    expect(await tried(undefined)).toBe('confirmation_required')
    expect(await tried('globex')).toBe('confirmation_required')
    expect(await tried('acme', 'viewer')).toBe('denied')
    expect(
      await refusalOf(closeTenant(asking(world.app, 'admin', { dryRun: true }), { nameOrId: 'acme', confirm: 'acme' })),
    ).toBe('done')
    expect(await readTenant(asking(world.app), 'acme')).toMatchObject({ status: 'suspended' })
    expect(await notedIn(world.app, 'tenant_erased')).toEqual([])
    await world.close()
  })

  it('leaves no count of requests behind, whichever node has some that it has not written yet', async () => {
    const { app, store, clock, id, config, close } = await suspended()
    const other = await openWorld({ store, clock, bootstrap: false })
    for (const node of [app, other.app]) {
      await node.directory.find('acme')
      await node.logs.hold(config)
      node.usage.count(node.usage.counter(id))
      await node.usage.flush()
      node.usage.count(node.usage.counter(id))
    }
    await closeTenant(asking(app), { nameOrId: id, confirm: 'acme' })
    await app.usage.flush()
    expect(await app.records.list('usage', { limit: 5 })).toEqual([])
    await other.app.logs.poll()
    await other.app.usage.flush()
    await expect.poll(() => app.records.list('usage', { limit: 5 })).toEqual([])
    await other.app.usage.flush()
    expect(await app.records.list('usage', { limit: 5 })).toEqual([])
    await close()
    await other.close()
  })

  it('destroys its key, keeps its access log and its name, and tells the audit of the platform', async () => {
    const { app, store, config, access, id, close } = await suspended()
    await app.recordAccess(access, { type: 'login', actor: 'system' })
    await app.usage.load(id)
    app.usage.count(app.usage.counter(id))
    await app.usage.flush()
    expect(await app.records.list('usage', { limit: 5 })).toHaveLength(1)
    await closeTenant(asking(app), { nameOrId: id, confirm: 'acme' })
    expect(await refusalOf(readTenant(asking(app), 'acme'))).toBe('resource_not_found')
    expect(await refusalOf(readTenant(asking(app), id))).toBe('resource_not_found')
    expect((await listTenants(asking(app), {})).items).toEqual([])
    expect(await refusalOf(app.logs.hold(config))).toBe('log_erased')
    expect(store.logs.get(config)?.erased).toBe(false)
    expect((await app.records.get<{ readonly state: string }>('key-rings', config))?.value.state).toBe('destroyed')
    expect(await app.records.list('usage', { limit: 5 })).toEqual([])
    expect(await app.records.list('memberships', { limit: 5 })).toEqual([])
    expect((await app.logs.hold(access)).state().revision).toBe(1)
    expect(await refusalOf(createTenant(app, { name: 'acme', actor: 'user:x', request: 'r' }))).toBe('already_exists')
    expect(await notedIn(app, 'tenant_erased')).toMatchObject([
      { type: 'tenant_erased', resource: 'tenant/acme', data: { id } },
    ])
    await close()
  })

  it('is seen by other nodes, which go on following everybody else', async () => {
    const { app, store, clock, config, close } = await suspended()
    const other = await openWorld({ store, clock })
    await other.app.logs.hold(config)
    await other.app.logs.poll()
    await closeTenant(asking(app), { nameOrId: 'acme', confirm: 'acme' })
    await replaceLayer(asking(app), 'plan', 'free', { limits: { members: 7 } })
    await other.app.logs.poll()
    expect(other.app.platform.state().get('plan', 'free')?.body).toMatchObject({ limits: { members: 7 } })
    expect(await refusalOf(other.app.logs.hold(config))).toBe('log_erased')
    expect(await refusalOf(readTenant(asking(other.app), 'acme'))).toBe('resource_not_found')
    await close()
    await other.close()
  })

  it('goes on where it was killed, at whichever step, and audit knows of whatever was destroyed', async () => {
    const outcomes: string[] = []
    for (const when of ['before', 'after'] as const)
      for (let step = 1; step <= 16; step += 1) {
        const fault = faults()
        const dying = await suspended(fault)
        fault.arm(step, when, true)
        const answer = await refusalOf(closeTenant(asking(dying.app), { nameOrId: 'acme', confirm: 'acme' }))
        const next = await openWorld({ store: dying.store, clock: dying.clock })
        next.clock.now += 61_000
        await sweepReservations(next.app)
        const left = await next.app.records.list('tenant-work', { limit: 10 })
        const erased = (await next.app.rings.versions(dying.config)) === 'destroyed'
        const certified = await refusalOf(readCertificate(asking(next.app), 'acme'))
        const audited = (await notedIn(next.app, 'tenant_erased')).length > 0
        const read = await refusalOf(readTenant(asking(next.app), 'acme'))
        // Where it is still there, it is not active any more, and asking again finishes it.
        const again = await refusalOf(closeTenant(asking(next.app), { nameOrId: 'acme', confirm: 'acme' }))
        outcomes.push(`${answer === 'done' ? 'answered' : 'killed'}: ${erased ? 'erased' : 'there'}, ${read}, ${again}`)
        if (left.length > 0) outcomes.push('work is left')
        if (erased && !audited) outcomes.push('erased without audit')
        if (erased !== (certified === 'done')) outcomes.push('erased without certificate')
        if (erased && (await next.app.records.list('memberships', { limit: 5 })).length > 0)
          outcomes.push('memberships are left')
        await dying.close()
        await next.close()
      }
    expect([...new Set(outcomes)].sort()).toEqual([
      'answered: erased, resource_not_found, resource_not_found',
      'killed: erased, resource_not_found, resource_not_found',
      'killed: there, done, done',
    ])
  })
})

describe('listing tenants', () => {
  const withMany = async (count: number) => {
    const world = await openWorld()
    for (let index = 0; index < count; index += 1)
      await createTenant(world.app, {
        name: `t${String(index).padStart(3, '0')}`,
        plan: index % 2 === 0 ? 'free' : 'premium',
        region: index % 4 === 0 ? 'eu' : 'us',
        labels: index % 3 === 0 ? { tier: 'gold', region: 'eu' } : { tier: 'silver' },
        actor: 'user:x',
        request: 'r',
      })
    return world
  }

  it('gives every tenant once, page by page, in the order of their names', async () => {
    const world = await withMany(25)
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await listTenants(asking(world.app, 'viewer'), { limit: 10, cursor })
      expect(page.items.length).toBeLessThanOrEqual(10)
      names.push(...page.items.map(({ name }) => name))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(names).toEqual(Array.from({ length: 25 }, (_, index) => `t${String(index).padStart(3, '0')}`))
    await world.close()
  })

  it('filters by the beginning of a name, plan, region, status and labels', async () => {
    const world = await withMany(12)
    const { app } = world
    await changeTenant(asking(app), 't005', { status: 'suspended' })
    const names = async (query: Parameters<typeof listTenants>[1]) =>
      (await listTenants(asking(app), query)).items.map(({ name }) => name)
    expect(await names({ q: 't01' })).toEqual(['t010', 't011'])
    expect(await names({ q: 'T01' })).toEqual(['t010', 't011'])
    expect(await names({ plan: 'premium', q: 't00' })).toEqual(['t001', 't003', 't005', 't007', 't009'])
    expect(await names({ status: 'suspended' })).toEqual(['t005'])
    expect(await names({ labels: 'tier=gold,region' })).toEqual(['t000', 't003', 't006', 't009'])
    expect(await names({ labels: 'tier=bronze' })).toEqual([])
    expect(await names({ region: 'eu', plan: 'free' })).toEqual(['t000', 't004', 't008'])
    expect(await names({ labels: 'constructor' })).toEqual([])
    expect(await names({ brand: 'sun' })).toEqual([])
    expect(await names({ q: 'ü %' })).toEqual([])
    await world.close()
  })

  it('refuses a cursor of another list', async () => {
    const world = await openWorld()
    for (const cursor of [
      'nonsense',
      Buffer.from('{"tenant":"../x"}').toString('base64url'),
      Buffer.from('null').toString('base64url'),
    ])
      expect(await refusalOf(listTenants(asking(world.app), { cursor }))).toBe('malformed_request')
    await world.close()
  })

  it('loads no tenant', async () => {
    const first = await withMany(5)
    const second = await openWorld({ store: first.store, clock: first.clock })
    const held = second.app.logs.count()
    expect((await listTenants(asking(second.app), {})).items).toHaveLength(5)
    expect(second.app.logs.count()).toBe(held)
    await first.close()
    await second.close()
  })
})

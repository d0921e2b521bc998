import { describe, expect, it } from 'vitest'
import { changeTenant } from '../tenants/change.ts'
import { closeTenant } from '../tenants/close.ts'
import { createTenant } from '../tenants/create.ts'
import { asking, openWorld } from '../tenants/testing/world.ts'
import { rotateAged } from './rotate-aged.ts'

const day = 24 * 3600 * 1000

describe('rotating keys by their age', () => {
  it('rotates what is too old, once, whichever nodes are there, and leaves the young alone', async () => {
    const world = await openWorld()
    const { app, clock } = world
    const { config, access } = await createTenant(app, { name: 'acme', actor: 'user:x', request: 'r' })
    clock.now += 360 * day
    const young = await createTenant(app, { name: 'globex', actor: 'user:x', request: 'r' })
    expect(await rotateAged(app, 365)).toBe(0)
    clock.now += 6 * day
    const other = await openWorld({ store: world.store, clock })
    const answers = await Promise.all([rotateAged(app, 365), rotateAged(other.app, 365)])
    // The tenant's two logs, and the platform's.
    expect(answers.filter((count) => count !== undefined)).toEqual([4])
    expect(await rotateAged(other.app, 365)).toBeUndefined()
    clock.now += day
    expect(await rotateAged(other.app, 365)).toBe(0)
    for (const log of [config, access]) expect(await app.rings.versions(log)).toHaveLength(2)
    expect(await app.rings.versions(young.config)).toHaveLength(1)
    expect(world.errors).toEqual([])
    await world.close()
    await other.close()
  })

  it('takes no log from those who have it in memory, and leaves none there that nobody had', async () => {
    const { app, clock, store, close } = await openWorld()
    const { config, access } = await createTenant(app, { name: 'acme', actor: 'user:x', request: 'r' })
    clock.now += 400 * day
    const other = await openWorld({ store, clock })
    const held = await other.app.logs.hold(config)
    expect(await rotateAged(other.app, 365)).toBe(4)
    expect(other.app.logs.held(config)).toBe(held)
    expect(other.app.logs.held(access)).toBeUndefined()
    await close()
    await other.close()
  })

  it('passes over who was erased, and does nothing while the key store is away', async () => {
    const world = await openWorld()
    const { app, clock } = world
    await createTenant(app, { name: 'acme', actor: 'user:x', request: 'r' })
    await changeTenant(asking(app), 'acme', { status: 'suspended' })
    await closeTenant(asking(app), { nameOrId: 'acme', confirm: 'acme' })
    clock.now += 400 * day
    const away = { ...app, keyStore: { ...app.keyStore, away: () => ({ since: clock.now, refuses: false }) } }
    expect(await rotateAged(away, 365)).toBeUndefined()
    expect(await rotateAged(app, 365)).toBe(2)
    expect(world.errors).toEqual([])
    await world.close()
  })
})

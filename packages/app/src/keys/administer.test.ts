import type { KeyStore } from '@konfig/journal'
import { describe, expect, it } from 'vitest'
import { createTenant } from '../tenants/create.ts'
import { asking, openWorld, refusalOf } from '../tenants/testing/world.ts'
import { refuseWhileAway } from './administer.ts'
import { rotateTenantKeys } from './rotate.ts'
import { warmKeys } from './warm.ts'

const awayStore = (since: () => number | undefined): KeyStore => ({
  away: () => {
    const at = since()
    return at === undefined ? undefined : { since: at, refuses: false }
  },
  probe: () => Promise.resolve(),
})

describe('while the key store is away', () => {
  it('nothing is administered after a minute, and everything again once it is back', async () => {
    const world = await openWorld()
    let since: number | undefined
    const app = { ...world.app, keyStore: awayStore(() => since) }
    const create = (name: string) => refusalOf(createTenant(app, { name, actor: 'user:x', request: 'r' }))
    expect(await create('acme')).toBe('done')
    since = world.clock.now
    expect(() => refuseWhileAway(app)).not.toThrow()
    world.clock.now += 60_000
    expect(await create('globex')).toBe('key_store_away')
    expect(await refusalOf(rotateTenantKeys(asking(app), { tenant: 'acme' }))).toBe('key_store_away')
    expect((await app.logs.hold(app.platform.log)).state().revision).toBeGreaterThan(0)
    since = undefined
    expect(await create('globex')).toBe('done')
    expect(await refusalOf(rotateTenantKeys(asking(app), { tenant: 'acme' }))).toBe('done')
    await world.close()
  })
})

describe('warming', () => {
  it('opens the keys of every log once, and none while the store is away', async () => {
    const world = await openWorld()
    await createTenant(world.app, { name: 'acme', actor: 'user:x', request: 'r' })
    const opened: string[] = []
    const store: { since: number | undefined } = { since: undefined }
    const rings = {
      ...world.app.rings,
      load: (log: string) => {
        opened.push(log)
        return world.app.rings.load(log)
      },
    }
    const app = { ...world.app, rings, keyStore: awayStore(() => store.since) }
    await warmKeys(app, new AbortController().signal, 0)
    expect(opened).toHaveLength(4)
    expect(new Set(opened).size).toBe(4)
    store.since = world.clock.now
    await warmKeys(app, new AbortController().signal, 0)
    expect(opened).toHaveLength(4)
    await world.close()
  })
})

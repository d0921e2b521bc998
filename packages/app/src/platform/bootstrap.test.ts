import { chainOf, environmentsOf } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { openWorld } from '../tenants/testing/world.ts'
import { bootstrapPlatform } from './bootstrap.ts'

describe('what an empty platform begins with', () => {
  it('is plans and environments, in one commit that says so', async () => {
    const { app, close } = await openWorld({ bootstrap: false })
    expect(await bootstrapPlatform(app)).toBe(true)
    const state = app.platform.state()
    expect(state.revision).toBe(1)
    expect([...state.names('plan')]).toEqual(['basic', 'enterprise', 'free', 'premium', 'standard'])
    const perMinute = { free: 100, basic: 300, standard: 1_000, premium: 10_000, enterprise: 100_000 }
    for (const [name, requestsPerMinute] of Object.entries(perMinute))
      expect(state.get('plan', name)?.body).toMatchObject({ limits: { requestsPerMinute } })
    expect(environmentsOf(state, undefined).map(({ name, order, parent }) => [name, order, parent])).toEqual([
      ['dev', 1, undefined],
      ['staging', 2, undefined],
      ['production', 3, undefined],
    ])
    expect(chainOf('production', state, undefined)).toEqual(['production'])
    const [commit] = await app.platform.sealed.history(0, 1)
    expect(commit).toMatchObject({ actor: 'system', origin: { type: 'bootstrap' } })
    await close()
  })

  it('is put there once, also where two nodes start at once', async () => {
    const first = await openWorld({ bootstrap: false })
    const second = await openWorld({ bootstrap: false, store: first.store })
    const made = await Promise.all([bootstrapPlatform(first.app), bootstrapPlatform(second.app)])
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await bootstrapPlatform(first.app)).toBe(false)
    expect(second.app.platform.state().revision).toBe(1)
    await first.close()
    await second.close()
  })

  it('leaves a platform alone that has anything', async () => {
    const { app, close } = await openWorld({ bootstrap: false })
    await app.platform.write({
      actor: 'system',
      origin: { type: 'api' },
      decide: (state) => ({
        ok: true,
        value: {
          changes: [{ op: 'put', kind: 'brand', name: 'sun', id: crypto.randomUUID(), previous: 0, body: {} }],
          platform: state.revision,
          answer: undefined,
        },
      }),
    })
    expect(await bootstrapPlatform(app)).toBe(false)
    expect([...app.platform.state().names('plan')]).toEqual([])
    await close()
  })
})

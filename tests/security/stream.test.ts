// A stream shows what its caller may read, for as long as they may, and ends with that right, before anything later is told.
import { createApiKey } from '@konfig/app'
import { describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { tokenOf } from '../harness/example.ts'
import { type Following, follow } from '../harness/events.ts'
import { administrator, field, person, putting, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import { foreignMarker, machine, openWorld, type World } from '../harness/world.ts'

const billing = 'environment=production&namespace=billing'

const opened = async (world: World, credential: string, query = billing): Promise<Following> => {
  const stream = await follow(world, { credential, query })
  expect(stream.status).toBe(200)
  await stream.until(() => stream.told.length === 1)
  return stream
}

const keyOf = async (
  world: World,
  name: string,
  more: { readonly namespaces?: readonly string[]; readonly expiresAt?: string } = {},
): Promise<string> => {
  const made = await createApiKey(
    await machine(world.app, world.acme),
    { name, role: 'reader', namespaces: [], environments: [], ...more },
    'a test',
  )
  return made.key ?? ''
}

/** What a stream was told last, once it has ended. */
const lastWord = async (stream: Following): Promise<unknown> => {
  await stream.until(() => stream.told.at(-1)?.type === 'revoked')
  await stream.ended
  return stream.told.at(-1)?.data
}

onEachBackend((world) => {
  describe('a stream', () => {
    it('ends with its key, and shows nothing that came later', async () => {
      const owner = await person(world(), 'owner')
      const stream = await opened(world(), await keyOf(world(), 'short-lived'))
      const [gone] = await Promise.all([
        owner('DELETE /api-keys/short-lived'),
        owner('PUT /namespaces/billing/configs/greeting', { body: { value: 'while-revoking' } }),
      ])
      expect(gone.status).toBe(204)
      await owner('PUT /namespaces/billing/configs/greeting', { body: { value: 'after-revoking' } })
      expect(await lastWord(stream)).toEqual({ reason: 'unauthenticated' })
      expect(stream.text()).not.toContain('after-revoking')
    })

    it('ends when its member is removed', async () => {
      const owner = await person(world(), 'owner')
      const stream = await opened(world(), await tokenOf(world(), 'viewer'))
      await owner(`DELETE /members/${world().people.viewer}`)
      expect(await lastWord(stream)).toEqual({ reason: 'token_expired' })
    })

    it('ends with the session', async () => {
      const login = await session(world())('POST /auth/login', {
        body: { email: 'editor@acme.example', password: 'correct horse battery staple', tenant: 'acme' },
      })
      const token = field<string>(login, 'accessToken')
      const stream = await opened(world(), token)
      expect((await session(world(), token)('POST /auth/logout')).status).toBe(204)
      expect(await lastWord(stream)).toEqual({ reason: 'token_expired' })
    })

    it('ends when the application comes to read what its caller may not', async () => {
      const owner = await person(world(), 'owner')
      await owner('POST /changes', {
        body: { changes: [putting('application', { name: 'own' }, { namespaces: ['billing'] })] },
      })
      const narrow = await keyOf(world(), 'narrow', { namespaces: ['billing'] })
      const stream = await opened(world(), narrow, 'environment=production&application=own')
      await owner('POST /changes', {
        body: {
          changes: [putting('application', { name: 'own' }, { namespaces: ['billing', 'platform-defaults'] })],
        },
      })
      expect(await lastWord(stream)).toEqual({ reason: 'denied' })
      expect(stream.text()).not.toContain('locked-key')
    })

    it('of everything shows a narrowed key its own namespaces alone, new ones too', async () => {
      const owner = await person(world(), 'owner')
      const narrow = await keyOf(world(), 'narrow-all', { namespaces: ['billing'] })
      const stream = await opened(world(), narrow, 'environment=production')
      const whole = await opened(world(), world().keys.reader, 'environment=production')
      await owner('POST /namespaces', { body: { name: 'fresh' } })
      await owner('POST /changes', { body: { changes: [setting('only-fresh', 1, 'number', 'fresh')] } })
      await whole.until(() => 'fresh' in whole.values())
      await owner('POST /changes', { body: { changes: [setting('only-billing', 1)] } })
      await stream.until(() => stream.text().includes('only-billing'))
      expect(stream.text()).not.toContain('fresh')
      stream.cut()
      whole.cut()
    })

    it('knows nothing of other tenants', async () => {
      const foreign = session(world(), world().keys.foreign)
      const owner = await person(world(), 'owner')
      const stream = await opened(world(), world().keys.reader, 'environment=production')
      const other = await opened(world(), world().keys.foreign, 'environment=production')
      expect(JSON.stringify(other.values())).toContain(foreignMarker)
      await foreign('PUT /namespaces/billing/configs/marker', { body: { value: `${foreignMarker}-again` } })
      await other.until(() => other.text().includes(`${foreignMarker}-again`))
      await owner('POST /changes', { body: { changes: [setting('ours', 1)] } })
      await stream.until(() => stream.told.length === 2)
      expect(stream.text()).not.toContain(foreignMarker)
      expect(other.text()).not.toContain('ours')
      stream.cut()
      other.cut()
    })

    it.each([
      ['a namespace that its key may not read', 'environment=production&namespace=platform-defaults', 403],
      ['one of several that its key may not read', 'environment=production&namespace=billing,platform-defaults', 403],
      ['a namespace that is not there, to a key for another', 'environment=production&namespace=nowhere', 403],
    ])('is refused for %s', async (_what, query, status) => {
      const narrow = world().keys.dev
      const reply = await ask(world(), { method: 'GET', path: `/stream?${query}`, credential: narrow })
      expect(reply.status).toBe(status)
      expect(reply.json).toMatchObject({ code: 'denied' })
    })

    it('needs no environment from a key that is bound to one', async () => {
      const stream = await opened(world(), world().keys.dev, 'namespace=billing')
      expect(stream.told[0]?.data).toMatchObject({ environment: 'dev' })
      stream.cut()
      const reply = await ask(world(), { method: 'GET', path: '/stream', credential: world().keys.reader })
      expect(reply.json).toMatchObject({ status: 400, code: 'environment_required' })
    })

    it('ends where the environment is deleted, and shows the values of a deleted namespace as removed', async () => {
      const owner = await person(world(), 'owner')
      await owner('POST /environments', { body: { name: 'passing' } })
      await owner('POST /namespaces', { body: { name: 'passing' } })
      await owner('POST /changes', { body: { changes: [setting('here', 1, 'number', 'passing')] } })
      const stream = await opened(world(), world().keys.reader, 'environment=passing&namespace=passing')
      await owner('DELETE /namespaces/passing', { query: { cascade: 'true' } })
      await stream.until(() => stream.told.length === 2)
      expect(stream.told[1]?.data).toEqual({ changed: {}, removed: { passing: ['here'] } })
      await owner('DELETE /environments/passing')
      expect(await lastWord(stream)).toEqual({ reason: 'resource_not_found' })
    })
  })
})

describe('a stream', () => {
  it('is one of as many as the plan allows, and ends where the plan allows fewer', async () => {
    const world = await openWorld()
    const platform = await administrator(world)
    const limit = (streams: number | null) =>
      platform('PATCH /platform/plans/premium', {
        body: { limits: { streams, requestsPerMinute: 100_000 } },
        mediaType: 'application/merge-patch+json',
      })
    expect((await limit(2)).status).toBe(200)
    const first = await opened(world, world.keys.reader)
    const second = await opened(world, world.keys.reader)
    const third = await ask(world, { method: 'GET', path: `/stream?${billing}`, credential: world.keys.editor })
    expect(third.json).toMatchObject({ status: 409, code: 'limit_reached', data: { limit: 2, what: 'streams' } })
    await limit(1)
    expect(await lastWord(second)).toEqual({ reason: 'limit_reached' })
    expect(first.isEnded()).toBe(false)
    first.cut()
    await world.close()
  })

  it('ends when its key expires', async () => {
    let now = Date.now()
    const world = await openWorld({ now: () => now })
    const stream = await opened(
      world,
      await keyOf(world, 'expiring', { expiresAt: new Date(now + 60_000).toISOString() }),
    )
    now += 61_000
    expect(await lastWord(stream)).toEqual({ reason: 'unauthenticated' })
    await world.close()
  })

  it('ends when its access token expires', async () => {
    let now = Date.now()
    const world = await openWorld({ now: () => now })
    const stream = await opened(world, await tokenOf(world, 'viewer'))
    now += 3_600_000
    expect(await lastWord(stream)).toEqual({ reason: 'token_expired' })
    await world.close()
  })

  it('ends when its tenant is suspended', async () => {
    const world = await openWorld()
    const platform = await administrator(world)
    const stream = await opened(world, world.keys.reader)
    expect((await platform('PATCH /platform/tenants/acme', { body: { status: 'suspended' } })).status).toBe(200)
    expect(await lastWord(stream)).toEqual({ reason: 'tenant_suspended' })
    await world.close()
  })
})

// Edges of who may ask: tenants that are suspended, platform keys with bounds, credentials of other installations.
import { bootstrapPlatform, closeIdentity, createAdministrator, createApiKey, login, openApp } from '@konfig/app'
import { localMasterKey } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { administratorToken, tokenOf } from '../harness/example.ts'
import { machine, openWorld, type World } from '../harness/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const status = async (method: string, path: string, credential: string, body?: unknown): Promise<number> =>
  (await ask(world, { method, path, credential, ...(body === undefined ? {} : { body }) })).status

describe('a suspended tenant', () => {
  it('answers no question about access, neither one nor a list', async () => {
    const owner = await tokenOf(world, 'owner')
    const question = { permission: 'config:write' }
    expect(await status('POST', '/access/check', owner, question)).toBe(200)
    const admin = await administratorToken(world)
    expect(await status('PATCH', '/platform/tenants/acme', admin, { status: 'suspended' })).toBe(200)
    const refused = await ask(world, { method: 'POST', path: '/access/check', credential: owner, body: question })
    expect(refused).toMatchObject({ status: 403, json: { code: 'tenant_suspended' } })
    expect(await status('GET', '/access?permission=config:write', owner)).toBe(403)
    expect(await status('GET', '/roles', owner)).toBe(403)
    expect(await status('GET', '/applications', owner)).toBe(403)
    expect(await status('GET', '/export', owner)).toBe(200)
  })
})

describe('a key of the platform', () => {
  const keyOf = async (namespaces: readonly string[]): Promise<string> => {
    const context = await machine(world.app)
    const made = await createApiKey(
      context,
      { name: 'bounded', role: 'admin', namespaces, environments: [] },
      'a test of its bounds',
    )
    return made.key ?? ''
  }

  it('that is bound to a namespace reads that one, and neither tenants nor plans nor members', async () => {
    const key = await keyOf(['platform-defaults'])
    expect(await status('GET', '/platform/namespaces/platform-defaults/configs/timeout', key)).toBe(200)
    expect(await status('GET', '/platform/tenants', key)).toBe(403)
    expect(await status('GET', '/platform/plans', key)).toBe(403)
    expect(await status('GET', '/platform/members', key)).toBe(403)
    expect(await status('GET', '/platform/audit', key)).toBe(403)
    expect(await status('PUT', '/platform/plans/premium', key, {})).toBe(403)
    expect(await status('GET', '/namespaces', key)).toBeGreaterThanOrEqual(400)
  })

  it('is nothing in a tenant', async () => {
    const key = await keyOf([])
    expect(await status('GET', '/platform/tenants', key)).toBe(200)
    for (const path of ['/values?environment=production', '/namespaces', '/roles', '/applications', '/audit'])
      expect(`${path} ${await status('GET', path, key)}`).toMatch(/ (401|403|404)$/)
  })
})

describe('a credential of another installation', () => {
  it('is refused: tokens and keys', async () => {
    const ports = {
      now: Date.now,
      newId: () => crypto.randomUUID(),
      randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    }
    const memory = openMemory({ clock: ports })
    const other = await openApp({
      journal: memory.journal,
      records: memory.records,
      master: localMasterKey(new Uint8Array(32).fill(9)),
      ports,
      options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
      stateBytes: 1e9,
      pastBytes: 1e8,
      onError: (reason) => {
        throw reason
      },
    })
    try {
      await bootstrapPlatform(other.app)
      const context = await machine(other.app)
      await createAdministrator(other.app, { email: 'admin@platform.example', password: 'another installation' })
      const { accessToken } = await login(context, {
        email: 'admin@platform.example',
        password: 'another installation',
        tenant: undefined,
      })
      const { key = '' } = await createApiKey(
        context,
        { name: 'elsewhere', role: 'admin', namespaces: [], environments: [] },
        'a test',
      )
      expect(await status('GET', '/platform/tenants', accessToken)).toBe(401)
      expect(await status('GET', '/platform/tenants', key)).toBe(401)
      await closeIdentity(other.app)
    } finally {
      await other.close()
    }
  })
})

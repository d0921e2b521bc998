// A role of the tenant's own, with patterns: reads that are answered from ready bytes, reads by the ordinary way and streams all draw the
// same line, and a changed role draws another from the next request on.
import { describe, expect, it } from 'vitest'
import { createApiKey } from '@konfig/app'
import { ask } from '../harness/client.ts'
import { follow } from '../harness/events.ts'
import { person, session } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import { machine, type World } from '../harness/world.ts'

interface Patterns {
  readonly namespaces?: readonly string[]
  readonly environments?: readonly string[]
}

const spaces = ['billing', 'vault']
const environments = ['dev', 'staging', 'production']
const places = spaces.flatMap((space) => environments.map((environment) => ({ space, environment })))
const keys: Readonly<Record<string, string>> = { billing: 'retries', vault: 'pin' }

/** Its role alone draws the line where it is not narrowed itself. */
const keyWith = async (world: World, role: string, patterns: Patterns, narrowed: Patterns = {}): Promise<string> => {
  const owner = await person(world, 'owner')
  await owner('POST /namespaces', { body: { name: 'vault' } })
  await owner('POST /namespaces/vault/configs', { body: { key: 'pin', type: 'number', value: 1 } })
  const made = await owner('POST /roles', {
    body: { name: role, permissions: [{ permission: 'value:read', ...patterns }] },
  })
  expect(made.status).toBe(201)
  const { key = '' } = await createApiKey(
    await machine(world.app, world.acme),
    { name: `of-${role}`, role, namespaces: [], environments: [], ...narrowed },
    'a test',
  )
  return key
}

const hits = async (world: World): Promise<number> => {
  const { text } = await ask(world, { method: 'GET', path: '/../../metrics' })
  return Number(/konfig_lane_requests_total\{result="hit"\} (\d+)/.exec(text)?.[1])
}

/** Each place asked from ready bytes, and by the ordinary way, which an escaped letter is a matter for. */
const asked = async (world: World, key: string) => {
  const reader = session(world, key)
  const found: { place: string; status: number; same: boolean; hot: boolean }[] = []
  for (const { space, environment } of places)
    for (const path of [`/values/${space}`, `/values/${space}/${keys[space] ?? ''}`]) {
      const escaped = `%${environment.charCodeAt(0).toString(16)}${environment.slice(1)}`
      const slow = await reader(`GET ${path}?environment=${escaped}`)
      await reader(`GET ${path}?environment=${environment}`)
      const before = await hits(world)
      const fast = await reader(`GET ${path}?environment=${environment}`)
      const plain = ({ text }: { readonly text: string }): string => text.replace(/"requestId":"[^"]*"/, '')
      found.push({
        place: `${path} ${environment}`,
        status: fast.status,
        same: fast.status === slow.status && plain(fast) === plain(slow),
        hot: (await hits(world)) > before,
      })
    }
  return found
}

const lineOf = (open: (space: string, environment: string) => boolean) =>
  places.flatMap(({ space, environment }) =>
    [`/values/${space}`, `/values/${space}/${keys[space] ?? ''}`].map((path) => ({
      place: `${path} ${environment}`,
      status: open(space, environment) ? 200 : 403,
      same: true,
      hot: open(space, environment),
    })),
  )

onEachBackend((world) => {
  describe('a key of a role with patterns', () => {
    it('reads from ready bytes where the patterns fit, and is refused everywhere else as by the ordinary way', async () => {
      const key = await keyWith(world(), 'pattern', { namespaces: ['bill*'], environments: ['prod*', 'dev'] })
      expect(await asked(world(), key)).toEqual(
        lineOf((space, environment) => space === 'billing' && environment !== 'staging'),
      )
    })

    it('that is narrowed itself reads where both fit', async () => {
      const key = await keyWith(world(), 'both', { namespaces: ['vault'] }, { environments: ['staging'] })
      expect(await asked(world(), key)).toEqual(
        lineOf((space, environment) => space === 'vault' && environment === 'staging'),
      )
    })

    it('is held to the role as it is now, though the key and its answers are known and warm', async () => {
      const owner = await person(world(), 'owner')
      const key = await keyWith(world(), 'moving', { namespaces: ['billing'] })
      expect(await asked(world(), key)).toEqual(lineOf((space) => space === 'billing'))
      const put = await owner('PUT /roles/moving', {
        body: { permissions: [{ permission: 'value:read', namespaces: ['vault'], environments: ['dev'] }] },
      })
      expect(put.status).toBe(200)
      expect(await asked(world(), key)).toEqual(
        lineOf((space, environment) => space === 'vault' && environment === 'dev'),
      )
    })
  })

  describe('a stream by a role with patterns', () => {
    it('of everything shows what fits, and of anything else there is none', async () => {
      const key = await keyWith(world(), 'streaming', { namespaces: ['bill*'], environments: ['production'] })
      const stream = await follow(world(), { credential: key, query: 'environment=production' })
      await stream.until(() => stream.told.length === 1)
      expect(Object.keys(stream.values())).toEqual(['billing'])
      for (const query of ['environment=dev&namespace=billing', 'environment=production&namespace=vault'])
        expect((await session(world(), key)(`GET /stream?${query}`)).status).toBe(403)
      const owner = await person(world(), 'owner')
      await owner('PUT /namespaces/vault/configs/pin', { body: { value: 987_654 } })
      await owner('PUT /namespaces/billing/configs/greeting', { body: { value: 'to be told' } })
      await stream.until(() => stream.text().includes('to be told'))
      expect(stream.text()).not.toContain('987654')
      stream.cut()
    })

    it('begins anew where the role comes to fit elsewhere, and ends where it fits nowhere', async () => {
      const owner = await person(world(), 'owner')
      const key = await keyWith(world(), 'shifting', { namespaces: ['billing'] })
      const all = await follow(world(), { credential: key, query: 'environment=production' })
      const one = await follow(world(), { credential: key, query: 'environment=production&namespace=billing' })
      await all.until(() => all.told.length === 1)
      await one.until(() => one.told.length === 1)
      await owner('PUT /roles/shifting', {
        body: { permissions: [{ permission: 'value:read', namespaces: ['vault'] }] },
      })
      await one.until(() => one.told.at(-1)?.type === 'revoked')
      expect(one.told.at(-1)?.data).toEqual({ reason: 'denied' })
      await all.until(() => Object.keys(all.values()).join() === 'vault')
      expect(all.told.at(-1)?.type).toBe('sync')
      await owner('PUT /roles/shifting', { body: { permissions: ['config:read'] } })
      await all.until(() => all.told.at(-1)?.type === 'revoked')
      await Promise.all([one.ended, all.ended])
    })
  })
})

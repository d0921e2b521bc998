// A tenant is restored beside a node that serves it: the node turns to the new logs by itself.
import { localMasterKey } from '@konfig/journal'
import { createMemoryStore, openMemory } from '@konfig/journal/memory'
import { afterEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { inside, keyOf, openWorld, refusalOf, registered, type World } from '../identity/testing/world.ts'
import { collectTenant } from './collect.ts'
import type { Entry } from './entry.ts'
import { restoreTenant } from './restore-tenant.ts'

const opened: World[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

async function* feed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

describe('a node beside a restore of a tenant', () => {
  it('takes the restored state by the same keys and tokens, without a restart and without refusing anybody', async () => {
    const store = createMemoryStore()
    const node = await openWorld({ store })
    opened.push(node)
    const owner = (await registered(node.app, 'acme')).accessToken
    const { key } = await keyOf(node.app, owner, { role: 'editor' })
    const clock = { now: () => node.clock.now }
    const entries: Entry[] = []
    const place = { ...openMemory({ clock, store }), master: localMasterKey(new Uint8Array(32).fill(1)), clock }
    for await (const entry of collectTenant(place, 'acme')) entries.push(entry)
    const put = async (credential: string, name: string): Promise<string> => {
      const context = await inside(node.app, credential)
      await commit(context, () => ({
        ok: true,
        value: { intentions: [{ op: 'put', kind: 'namespace', name, body: {} }] },
      }))
      return context.log.log
    }
    const before = await put(key, 'since')
    const other = await openWorld({ store })
    opened.push(other)
    await restoreTenant(other.app, feed(entries), { name: 'acme', replace: true })
    await node.app.logs.poll()
    const after = await put(key, 'again')
    expect(after).not.toBe(before)
    expect(await put(owner, 'more')).toBe(after)
    const state = (await node.app.logs.hold(after)).state()
    expect([...state.entries('namespace')].map(({ name }) => name).toSorted()).toEqual(['again', 'more'])
  })

  it('refuses who belonged to a tenant that was erased for good, as before', async () => {
    const world = await openWorld()
    opened.push(world)
    const owner = (await registered(world.app, 'acme')).accessToken
    const { key } = await keyOf(world.app, owner)
    await inside(world.app, key)
    const ref = await world.app.directory.find('acme')
    await world.app.directory.update('acme', (entry) => ({ ...entry, standing: 'closed', status: 'closed' }))
    await world.app.eraseLog(ref?.config ?? '')
    expect(await refusalOf(inside(world.app, key))).toBe('unauthenticated')
    expect(['unauthenticated', 'token_expired']).toContain(await refusalOf(inside(world.app, owner)))
  })
})

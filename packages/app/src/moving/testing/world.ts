// Two stores and an installation with tenants on them, anew for each test. Owns what tests of moves share; knows none of their rules.
import type { Stored } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { commit } from '../../commit.ts'
import { inside, keyOf, openWorld, registered, type World } from '../../identity/testing/world.ts'
import type { OpenStore } from '../../places/places.ts'
import { readValue } from '../../values/read-value.ts'
import { type MovedTenant, moveTenant } from '../move-tenant.ts'

export const clock = { now: () => Date.UTC(2026, 1, 1) }
export const ports = { now: clock.now, newId: () => crypto.randomUUID() }
export const opened: World[] = []
export let main: MemoryStore
export let eu: MemoryStore
export let world: World
export let key: string

export const storeOf = (store: MemoryStore): Stored => openMemory({ clock, store })
export const elsewhere = (more: Readonly<Record<string, OpenStore>> = {}): ReadonlyMap<string, OpenStore> =>
  new Map([['eu', async () => storeOf(eu)], ...Object.entries(more)])
export const node = async (store: MemoryStore = main, journals = elsewhere(), waits = true): Promise<World> => {
  const made = await openWorld({ store, elsewhere: journals })
  opened.push(made)
  if (waits) await made.app.places.opened()
  return made
}
export const set = async ({ app }: World, value: number, credential = key): Promise<number> => {
  const { revision } = await commit(await inside(app, credential), () => ({
    ok: true,
    value: {
      intentions: [
        { op: 'put', kind: 'namespace', name: 'billing', body: {} },
        { op: 'put', kind: 'config', namespace: 'billing', name: 'retries', body: { type: 'number', value } },
      ],
    },
  }))
  return revision
}
export const get = async ({ app }: World, credential = key): Promise<unknown> => {
  const asked = { namespace: 'billing', key: 'retries', environment: 'production' }
  const { body } = await readValue(await inside(app, credential), asked)
  return (JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString()) as { value: unknown }).value
}
export const entry = async ({ app }: World, name = 'acme') => (await app.directory.entry(name))?.value
export const move = ({ app }: World, from: string, to: string, dryRun = false, erase = false): Promise<MovedTenant> =>
  moveTenant(app, { name: 'acme', from, to, dryRun, erase })
export const logsIn = (store: MemoryStore): number =>
  [...store.logs.values()].filter(({ batches }) => batches.length > 0).length

/** Before each test. */
export const begin = async (): Promise<void> => {
  main = createMemoryStore()
  eu = createMemoryStore()
  world = await node()
  const owner = (await registered(world.app, 'acme')).accessToken
  await registered(world.app, 'globex')
  key = (await keyOf(world.app, owner, { role: 'editor' })).key
  await set(world, 1)
}
/** After each. */
export const end = async (): Promise<void> => {
  for (const each of opened.splice(0)) await each.close()
}

/** Other stores, with a tenant of their own, for the rest of what a test does; answers how to come back. */
export const onOtherStores = async (): Promise<{ readonly first: World; readonly back: () => void }> => {
  const [away, kept] = [main, eu]
  main = createMemoryStore()
  eu = createMemoryStore()
  const first = await node()
  const owner = (await registered(first.app, 'acme')).accessToken
  key = (await keyOf(first.app, owner, { role: 'editor' })).key
  await set(first, 5)
  return {
    first,
    back: () => {
      main = away
      eu = kept
    },
  }
}

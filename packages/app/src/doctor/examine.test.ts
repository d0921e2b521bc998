import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTending } from '../audit/tend.ts'
import { callerOf, keyOf, logIn, openWorld, refusalOf, registered, type World } from '../identity/testing/world.ts'
import { examine } from './examine.ts'

let world: World
let key: string
let userId: string

beforeEach(async () => {
  world = await openWorld()
  const { accessToken } = await registered(world.app, 'acme')
  key = (await keyOf(world.app, accessToken)).key
  const caller = await callerOf(world.app, accessToken)
  userId = caller.type === 'user' ? caller.userId : ''
})
afterEach(() => world.close())

const look = (mend = false) => examine(world.app, { mend })
const drop = async (collection: string, id: string): Promise<void> => {
  const found = await world.app.records.get(collection, id)
  if (found !== undefined) await world.app.records.delete(collection, id, found.version)
}
const onlyId = async (collection: string): Promise<string> =>
  (await world.app.records.list(collection, { limit: 1 }))[0]?.id ?? ''

describe('an examination', () => {
  it('finds nothing wrong in a sound installation', async () => {
    expect(await look()).toEqual({ tenants: 1, logs: 4, damaged: [], wrong: [], mended: false })
  })

  it('finds nothing wrong where an entry only lists its fields in another order', async () => {
    await world.app.directory.update('acme', ({ status, config, ...rest }) => ({ status, ...rest, config }))
    expect((await look()).wrong).toEqual([])
  })

  it('finds an API key that cannot be found by its text, and makes it work again when asked to', async () => {
    await drop('api-keys', await onlyId('api-keys'))
    expect((await look()).wrong).toEqual([{ of: 'acme', index: 'api key', name: 'deploy' }])
    const other = await openWorld({ store: world.store })
    expect(await refusalOf(callerOf(other.app, key))).toBe('unauthenticated')
    await other.close()
    expect((await look(true)).mended).toBe(true)
    expect((await callerOf(world.app, key)).type).toBe('key')
    expect((await look()).wrong).toEqual([])
  })

  it('finds a member whose tenant does not show at login, and mends it', async () => {
    await drop('memberships', `${userId}/acme`)
    expect((await look()).wrong).toEqual([{ of: 'acme', index: 'membership', name: userId }])
    await look(true)
    expect((await logIn(world.app, 'owner@acme.example')).tenant).toBe('acme')
  })

  it('finds a directory that says what the log does not, and mends it', async () => {
    await world.app.directory.update('acme', (entry) => ({ ...entry, plan: 'enterprise' }))
    expect((await look()).wrong).toEqual([{ of: 'acme', index: 'directory', name: 'acme' }])
    await look(true)
    expect((await world.app.directory.entry('acme'))?.value.plan).toBeUndefined()
    expect((await look()).wrong).toEqual([])
  })

  it('finds logs that end before where they were, by what the platform was told of them', async () => {
    await openTending(world.app).round()
    const acme = await world.app.directory.find('acme')
    const tell = (log = ''): void => void world.store.logs.get(log)?.batches.pop()
    // Whoever can cut off a log can take away what was noted of it, too.
    tell(acme?.config)
    await drop('log-heads', acme?.config ?? '')
    const other = await openWorld({ store: world.store })
    expect((await examine(other.app, { mend: false })).damaged).toMatchObject([{ of: 'acme', log: acme?.config }])
    await other.close()
  })

  it('finds that the configuration of a tenant is gone, though nobody noted that there was any', async () => {
    const acme = await world.app.directory.find('acme')
    world.store.logs.delete(acme?.config ?? '')
    const other = await openWorld({ store: world.store })
    expect((await examine(other.app, { mend: false })).damaged).toMatchObject([
      { of: 'acme', log: acme?.config, revision: 1 },
    ])
    await other.close()
  })

  it('finds a tenant that is gone with all its logs', async () => {
    await openTending(world.app).round()
    const acme = await world.app.directory.find('acme')
    for (const log of [acme?.config ?? '', acme?.access ?? '']) {
      world.store.logs.delete(log)
      await drop('key-rings', log)
    }
    await drop('tenants', 'acme')
    const other = await openWorld({ store: world.store })
    const { damaged } = await examine(other.app, { mend: false })
    expect(new Set(damaged.map(({ log }) => log))).toEqual(new Set([acme?.config, acme?.access]))
    await other.close()
  })

  it('names the log and the revision that are not as they were written, and takes nothing from such a log', async () => {
    const acme = await world.app.directory.find('acme')
    const stored = world.store.logs.get(acme?.config ?? '')?.batches[0]
    if (stored === undefined) throw new Error('the log is empty')
    const last = stored.payload.length - 1
    stored.payload[last] = (stored.payload[last] ?? 0) ^ 1
    await drop('memberships', `${userId}/acme`)
    const { damaged, wrong } = await look(true)
    expect(damaged).toMatchObject([{ of: 'acme', log: acme?.config, revision: 1 }])
    expect(wrong).toEqual([])
  })
})

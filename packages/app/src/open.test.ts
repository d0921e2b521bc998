// The spine on memory: an installation opens, opens again, and every writer's commit lands once and in order.
import { localMasterKey } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { describe, expect, it } from 'vitest'
import type { Context } from './context.ts'
import { commit, type OpenedApp, openApp, type Ports } from './index.ts'

let count = 0
const ports: Ports = {
  now: () => 1_700_000_000_000 + count,
  newId: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  randomBytes: (size) => new Uint8Array(size).fill(7),
}

const open = (memory: ReturnType<typeof openMemory>, key = 1): Promise<OpenedApp> =>
  openApp({
    journal: memory.journal,
    records: memory.records,
    master: localMasterKey(new Uint8Array(32).fill(key)),
    ports,
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => {
      throw reason
    },
  })

const platformContext = ({ app }: OpenedApp): Context => ({
  app,
  caller: { type: 'anonymous' },
  side: 'platform',
  log: app.platform,
  tenant: undefined,
  request: { id: 'r1', address: '127.0.0.1' },
  write: { dryRun: false },
})

const putNamespace = (context: Context, name: string) =>
  commit(context, () => ({ ok: true, value: { intentions: [{ op: 'put', kind: 'namespace', name, body: {} }] } }), {
    trusted: 'test',
  })

describe('an installation', () => {
  it('keeps across openings what was acknowledged', async () => {
    const memory = openMemory({ clock: ports })
    const first = await open(memory)
    await putNamespace(platformContext(first), 'billing')
    await first.close()
    const second = await open(openMemory({ clock: ports, store: memory.store }))
    expect(second.fresh).toBe(false)
    expect(second.app.platform.state().get('namespace', 'billing')?.version).toBe(1)
    await second.close()
  })

  it('refuses a wrong master key', async () => {
    const memory = openMemory({ clock: ports })
    await (await open(memory)).close()
    await expect(open(memory, 2)).rejects.toMatchObject({ failure: { code: 'key_wrong' } })
  })

  it('lands 500 writers at once, each exactly once, with dense revisions', async () => {
    const opened = await open(openMemory({ clock: ports }))
    const context = platformContext(opened)
    const landed = await Promise.all(Array.from({ length: 500 }, (_, index) => putNamespace(context, `n${index}`)))
    expect(landed.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 500 }, (_, index) => index + 1),
    )
    await opened.close()
  })

  it('decides again what another node was faster with', async () => {
    const memory = openMemory({ clock: ports })
    const one = await open(memory)
    const two = await open(openMemory({ clock: ports, store: memory.store }))
    await putNamespace(platformContext(one), 'a')
    const landed = await putNamespace(platformContext(two), 'b')
    expect(landed.revision).toBe(2)
    expect([...landed.state.names('namespace')]).toEqual(['a', 'b'])
    await one.close()
    await two.close()
  })

  it('refuses whoever holds no permission, and stores nothing', async () => {
    const opened = await open(openMemory({ clock: ports }))
    const context = platformContext(opened)
    await expect(
      commit(context, () => ({
        ok: true,
        value: { intentions: [{ op: 'put', kind: 'namespace', name: 'billing', body: {} }] },
      })),
    ).rejects.toMatchObject({ failure: { code: 'denied' } })
    expect(opened.app.platform.state().revision).toBe(0)
    await opened.close()
  })

  it('answers a dry run as the write would be answered, and stores nothing', async () => {
    const opened = await open(openMemory({ clock: ports }))
    const context = { ...platformContext(opened), write: { dryRun: true } }
    const tried = await putNamespace(context, 'billing')
    expect(tried.state.get('namespace', 'billing')?.version).toBe(1)
    expect(opened.app.platform.state().get('namespace', 'billing')).toBeUndefined()
    await opened.close()
  })
})

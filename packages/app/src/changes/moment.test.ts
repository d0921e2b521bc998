// A moment that another node has made is there for this one as well, before it has heard of it.
import { localMasterKey } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { type OpenedApp, openApp } from '../open.ts'
import { momentOf, readTime } from './moment.ts'
import { commitAt } from './versions.ts'

const ports = {
  now: () => 1_700_000_000_000,
  newId: () => crypto.randomUUID(),
  randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
}

const open = ({ journal, records }: ReturnType<typeof openMemory>): Promise<OpenedApp> =>
  openApp({
    journal,
    records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports,
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => {
      throw reason
    },
  })

const contextOf = ({ app }: OpenedApp) => ({
  app,
  caller: { type: 'anonymous' as const },
  side: 'platform' as const,
  log: app.platform,
  tenant: undefined,
  request: { id: 'r1', address: '127.0.0.1' },
  write: { dryRun: false },
})

it('a time is one that the calendar has', () => {
  expect(readTime('2024-02-29T10:00:00.5+02:00')).toBe(Date.UTC(2024, 1, 29, 8, 0, 0, 500))
  expect(readTime('2026-12-31T23:59:59Z')).toBe(Date.UTC(2026, 11, 31, 23, 59, 59))
  for (const none of ['2026-02-30T00:00:00Z', '2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01', ''])
    expect(readTime(none)).toBeUndefined()
})

describe('a revision that another node has written', () => {
  it('is found as a revision, as a point and as a commit, and what nobody has written is not', async () => {
    const memory = openMemory({ clock: ports })
    const [here, there] = [await open(memory), await open(openMemory({ clock: ports, store: memory.store }))]
    const write = (name: string) =>
      commit(
        contextOf(there),
        () => ({ ok: true, value: { intentions: [{ op: 'put', kind: 'namespace', name, body: {} }] } }),
        { trusted: 'test' },
      )
    await write('a')
    expect(await momentOf(contextOf(here), '1')).toEqual({ revision: 1, platform: 1 })
    await write('b')
    expect(await momentOf(contextOf(here), '2-0')).toEqual({ revision: 2, platform: 2 })
    await write('c')
    expect((await commitAt(here.app.platform, 3)).revision).toBe(3)
    await expect(momentOf(contextOf(here), '4')).rejects.toMatchObject({ failure: { code: 'revision_not_found' } })
    await here.close()
    await there.close()
  })
})

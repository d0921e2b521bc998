// A node that loads from a cache has the state that the journal has, whatever the cache holds.
import type { Cache, Journal } from '@konfig/journal'
import { localMasterKey } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { type OpenedApp, openApp } from '../open.ts'
import { bootstrapPlatform } from '../platform/bootstrap.ts'
import type { HeldLog } from './held-log.ts'

const opened: OpenedApp[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})

const node = async (store: MemoryStore, cache: Cache | undefined, asked: string[] = []) => {
  const { journal, records } = openMemory({ clock: { now: Date.now }, store })
  const told: Partial<Journal> = {
    loadSnapshot: (log, notAfter) => {
      asked.push('snapshot')
      return journal.loadSnapshot(log, notAfter)
    },
    read: async (log, after, limit) => {
      const found = await journal.read(log, after, limit)
      asked.push(`read ${found === 'erased' ? found : found.length}`)
      return found
    },
  }
  const made = await openApp({
    journal: { ...journal, ...told },
    records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports: {
      now: Date.now,
      newId: () => crypto.randomUUID(),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    options: { registration: 'closed', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    cache,
    onError: () => undefined,
  })
  opened.push(made)
  return made.app
}

const openCache = () => {
  const kept = new Map<string, Uint8Array>()
  const cache: Cache = {
    get: async (key) => kept.get(key)?.slice(),
    put: (key, bytes) => void kept.set(key, bytes.slice()),
  }
  return { kept, cache }
}

const put = (held: HeldLog, names: readonly string[]): Promise<unknown> =>
  held.write({
    actor: 'system',
    origin: { type: 'test' },
    decide: (state) => ({
      ok: true,
      value: {
        changes: names.map((name) => ({
          op: 'put' as const,
          kind: 'namespace' as const,
          name,
          id: state.record('namespace', name)?.id ?? `id-${name}`,
          previous: state.record('namespace', name)?.revision ?? 0,
          body: { displayName: name },
        })),
        platform: 0,
        answer: undefined,
      },
    }),
  })

/** An installation whose platform has a snapshot and commits behind it, and what its second node left in the cache. */
const world = async (snapshot = true) => {
  const store = createMemoryStore()
  const writer = await node(store, undefined)
  await bootstrapPlatform(writer)
  if (snapshot) await writer.platform.saveSnapshot()
  await put(writer.platform, ['behind-one'])
  await put(writer.platform, ['behind-two'])
  const { kept, cache } = openCache()
  await node(store, cache)
  expect(kept.size).toBe(1)
  return { store, writer, kept, cache }
}
const hashOf = (held: HeldLog): string => `${held.state().revision} ${Buffer.from(held.head().hash).toString('hex')}`
const namesOf = (held: HeldLog): readonly string[] => [...held.state().names('namespace')].toSorted()

describe('a node that loads from a cache', () => {
  it.each([true, false])(
    'reads from the journal only what came since, and the batch that proves it (snapshot: %s)',
    async (snapshot) => {
      const { store, writer, cache } = await world(snapshot)
      await put(writer.platform, ['since'])
      const asked: string[] = []
      const cold = await node(store, cache, asked)
      expect(hashOf(cold.platform)).toBe(hashOf(writer.platform))
      expect(namesOf(cold.platform)).toEqual(namesOf(writer.platform))
      expect(asked.filter((each) => each === 'snapshot')).toHaveLength(0)
      expect(asked.filter((each) => each.startsWith('read ')).length).toBeLessThanOrEqual(snapshot ? 3 : 2)
    },
  )

  it('has the state of the journal whichever byte of the cache was changed, cut or put in its place', async () => {
    const { store, writer, kept, cache } = await world()
    const [[key, good] = ['', new Uint8Array()]] = kept
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(5), async (at, flip, kind) => {
        const bad = good.slice()
        bad[at % bad.length] = (bad[at % bad.length] ?? 0) ^ flip
        kept.set(key, kind === 0 ? good.slice(0, at % good.length) : kind === 1 ? new Uint8Array(at % 500) : bad)
        const cold = await node(store, cache)
        expect(hashOf(cold.platform)).toBe(hashOf(writer.platform))
        expect(namesOf(cold.platform)).toEqual(namesOf(writer.platform))
      }),
      { numRuns: 25 },
    )
  })

  it('does not take another history for the log: a database that was put back and went on otherwise', async () => {
    const { store, writer, cache, kept } = await world()
    const log = writer.platform.log
    const batches = store.logs.get(log)?.batches ?? []
    // Back by two commits, and other ones in their place.
    batches.splice(-2)
    const other = await node(store, undefined)
    await put(other.platform, ['other-one'])
    await put(other.platform, ['other-two'])
    const cold = await node(store, cache)
    expect(hashOf(cold.platform)).toBe(hashOf(other.platform))
    expect(namesOf(cold.platform)).toContain('other-two')
    // Back, and shorter than what was kept.
    batches.splice(-1)
    kept.clear()
    const again = await node(store, cache)
    expect(namesOf(again.platform)).not.toContain('other-two')
  })

  it('is told that a log was erased, though the cache still has it', async () => {
    const { store, writer, cache } = await world()
    const log = crypto.randomUUID()
    await writer.createLog(log)
    await put(await writer.logs.hold(log), ['gone'])
    const reader = await node(store, cache)
    await reader.logs.hold(log)
    await writer.eraseLog(log)
    const cold = await node(store, cache)
    await expect(cold.logs.hold(log)).rejects.toMatchObject({ failure: { code: 'log_erased' } })
  })

  it('loads without a cache that fails', async () => {
    const { store, writer } = await world()
    const cold = await node(store, { get: () => Promise.reject(new Error('away')), put: () => undefined })
    expect(hashOf(cold.platform)).toBe(hashOf(writer.platform))
  })
})

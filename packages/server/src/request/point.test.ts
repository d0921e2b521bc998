// Two nodes on one store, of which the second hears nothing of the first: what a reader gets who says what he has seen.
import { type App, bootstrapPlatform, createTenant, type HeldLog, openApp } from '@konfig/app'
import type { KonfigError } from '@konfig/core'
import { type Journal, localMasterKey, unavailable } from '@konfig/journal'
import { createMemoryStore, openMemory } from '@konfig/journal/memory'
import { afterEach, describe, expect, it } from 'vitest'
import { ports } from '../start.ts'
import { awaitPoint } from './point.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const node = async (store: ReturnType<typeof createMemoryStore>, change: Partial<Journal> = {}): Promise<App> => {
  const { journal, records } = openMemory({ clock: ports, store })
  const { app, close } = await openApp({
    journal: { ...journal, ...change },
    records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports,
    options: { registration: 'closed', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: () => undefined,
  })
  closing.push(close)
  return app
}

/** A writer and a node that never hears by itself; `read` stands for what its journal does. */
const pair = async () => {
  const store = createMemoryStore()
  const writer = await node(store)
  await bootstrapPlatform(writer)
  const tenant = await createTenant(writer, { name: 'acme', plan: 'free', actor: 'system', request: 'test' })
  const { journal } = openMemory({ clock: ports, store })
  let read = journal.read
  const reader = await node(store, {
    watch: () => () => undefined,
    changedSince: async () => ({ changed: [], cursor: '' }),
    read: (...asked) => read(...asked),
  })
  const [written, seen] = [await writer.logs.hold(tenant.config), await reader.logs.hold(tenant.config)]
  return {
    writer,
    reader,
    written,
    seen,
    become: (next: Journal['read']) => {
      read = next
    },
    mend: () => {
      read = journal.read
    },
  }
}
const write = (held: HeldLog): Promise<unknown> =>
  held.write({
    actor: 'system',
    origin: { type: 'test' },
    decide: () => ({ ok: true, value: { changes: [], note: { type: 'test' }, platform: 0, answer: undefined } }),
  })
const pointOf = (app: App, held: HeldLog): string => `${app.platform.state().revision}-${held.state().revision}`
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'reached',
    (reason: unknown) => (reason as KonfigError).failure.code,
  )

describe('a reader who has seen a point', () => {
  it('is answered at once where the node has it, and after a look at the journal where it has not, by either part', async () => {
    const { writer, reader, written, seen } = await pair()
    expect(await awaitPoint(reader, seen, pointOf(writer, written))).toBe(false)
    await write(written)
    expect(await awaitPoint(reader, seen, pointOf(writer, written))).toBe(true)
    expect(seen.state().revision).toBe(written.state().revision)
    await write(writer.platform)
    const platformOnly = `${writer.platform.state().revision}-0`
    expect(await awaitPoint(reader, seen, platformOnly)).toBe(true)
    expect(reader.platform.state().revision).toBe(writer.platform.state().revision)
  })

  it('is told that nothing has reached it where the journal has less, by either part', async () => {
    const { writer, reader, written, seen } = await pair()
    const [platform = 0, tenant = 0] = pointOf(writer, written).split('-').map(Number)
    for (const ahead of [`${platform + 1}-${tenant}`, `${platform}-${tenant + 1}`, `0-${tenant + 1}`])
      expect(await codeOf(awaitPoint(reader, seen, ahead))).toBe('point_ahead')
  })

  it('is told after a while that the node is behind, where the journal refuses or says nothing', async () => {
    const { writer, reader, written, seen, become, mend } = await pair()
    await write(written)
    const wanted = pointOf(writer, written)
    become(() => Promise.reject(unavailable()))
    expect(await codeOf(awaitPoint(reader, seen, wanted, 300))).toBe('behind')
    const hanging: (() => void)[] = []
    become(
      () =>
        new Promise((_resolve, reject) => {
          hanging.push(() => reject(unavailable()))
        }),
    )
    expect(await codeOf(awaitPoint(reader, seen, wanted, 100))).toBe('behind')
    for (const free of hanging) free()
    mend()
    expect(await awaitPoint(reader, seen, wanted)).toBe(true)
  })

  it('is answered once the journal is back, if that is soon', async () => {
    const { writer, reader, written, seen, become, mend } = await pair()
    await write(written)
    let refused = 0
    become(() => {
      refused += 1
      if (refused === 3) mend()
      return Promise.reject(unavailable())
    })
    expect(await awaitPoint(reader, seen, pointOf(writer, written), 60_000)).toBe(true)
    expect(refused).toBe(3)
  })
})

import { type Channel, type Journal, localMasterKey } from '@konfig/journal'
import { createMemoryStore, openMemory, openMemoryAir } from '@konfig/journal/memory'
import { afterEach, describe, expect, it } from 'vitest'
import { collectInstallation } from '../backup/collect.ts'
import { restoreInstallation } from '../backup/restore.ts'
import { type OpenedApp, openApp } from '../open.ts'
import { bootstrapPlatform } from '../platform/bootstrap.ts'
import { openNodes } from './nodes.ts'

const opened: OpenedApp[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})

const clock = { now: Date.now }
/** A node on a store; `change` says how its journal is other than the store's. */
const node = async (
  store: ReturnType<typeof createMemoryStore>,
  channel: Channel | undefined,
  change: (journal: Journal) => Partial<Journal> = () => ({}),
) => {
  const { journal, records } = openMemory({ clock, store })
  const made = await openApp({
    journal: { ...journal, ...change(journal) },
    records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports: { now: Date.now, newId: () => crypto.randomUUID(), randomBytes: (count) => new Uint8Array(count) },
    options: { registration: 'closed', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    channel,
    onError: () => undefined,
  })
  opened.push(made)
  return made.app
}
const deaf = (): Partial<Journal> => ({ watch: () => () => undefined })
const blind = (journal: Journal): Partial<Journal> => ({
  ...deaf(),
  changedSince: async (cursor) => ({ changed: [], cursor: cursor ?? (await journal.changedSince(undefined)).cursor }),
})

describe('nodes with a channel', () => {
  it('follow a log that another says it wrote, without asking the journal what has changed', async () => {
    const [store, channel] = [createMemoryStore(), openMemoryAir()]
    const writer = await node(store, channel())
    const reader = await node(store, channel(), blind)
    await bootstrapPlatform(writer)
    await expect.poll(() => reader.platform.state().revision).toBe(writer.platform.state().revision)
    expect(reader.platform.state().revision).toBeGreaterThan(0)
  })

  it('find by polling what the channel lost', async () => {
    const store = createMemoryStore()
    const lossy: Channel = { send: () => undefined, listen: () => () => undefined, close: async () => undefined }
    const writer = await node(store, lossy)
    const reader = await node(store, lossy, deaf)
    await bootstrapPlatform(writer)
    await expect.poll(() => reader.platform.state().revision).toBe(writer.platform.state().revision)
  })

  it('believe nobody who does not have the key of the installation, nor what was said on another topic', () => {
    const channel = openMemoryAir()
    const sent: [string, string][] = []
    const speaking = channel()
    const spy: Channel = { ...speaking, send: (topic, text) => void sent.push([topic, text]) }
    openNodes(spy, (text) => `${text.length}`.padEnd(30, '-'), 'a').tell('counts', 'genuine')
    const [topic = '', text = ''] = sent[0] ?? []
    const heard: string[] = []
    const direct: Channel = {
      ...speaking,
      listen: (at, listener) => {
        if (at === topic) for (const each of [text, `x${text}`, text.replace('genuine', 'forged!!')]) listener(each)
        else listener(text)
        return () => undefined
      },
    }
    const listening = openNodes(direct, (given) => `${given.length}`.padEnd(30, '-'), 'b')
    listening.hear('counts', (each) => heard.push(each))
    listening.hear('changed', (each) => heard.push(each))
    expect(heard).toEqual(['genuine'])
  })

  it('are not heard by an installation that was restored from a backup of theirs, which has the same key', async () => {
    const [store, twin, channel] = [createMemoryStore(), createMemoryStore(), openMemoryAir()]
    const one = await node(store, channel())
    await bootstrapPlatform(one)
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const target = { ...openMemory({ clock, store: twin }), master, clock, newId: () => crypto.randomUUID() }
    await restoreInstallation(target, collectInstallation({ ...openMemory({ clock, store }), master, clock }))
    const [same, restored] = [await node(store, channel()), await node(twin, channel())]
    const heard: string[] = []
    for (const [name, each] of Object.entries({ same, restored }))
      each.nodes.hear('uses', (text) => heard.push(name + text))
    one.nodes.tell('uses', ' heard')
    await expect.poll(() => heard).toEqual(['same heard'])
  })

  it('take no trouble with what is longer than anything they say', () => {
    const hashed: number[] = []
    const keyedHash = (text: string): string => {
      hashed.push(text.length)
      return ''.padEnd(30, '-')
    }
    const direct: Channel = {
      ...openMemoryAir()(),
      listen: (_, listener) => {
        listener('-'.repeat(40_000_000))
        return () => undefined
      },
    }
    openNodes(direct, keyedHash, 'b').hear('uses', () => undefined)
    expect(Math.max(...hashed)).toBeLessThan(1000)
  })

  it('that stand alone say nothing', () => {
    expect(openNodes(undefined, (text) => text, 'a').together).toBe(false)
  })
})

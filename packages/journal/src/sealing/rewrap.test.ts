import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../contract/batches.ts'
import { createMemoryStore, openMemory } from '../memory/index.ts'
import type { Records } from '../records.ts'
import { unavailable } from '../unavailable.ts'
import type { MasterKey } from './face.ts'
import { openInstallation } from './installation.ts'
import { localMasterKey } from './master.ts'
import { oneMaster } from './masters.ts'
import { sealedRecords } from './records.ts'
import { logsLacking, type Rewrap, rewrapInstallation } from './rewrap.ts'
import { openKeyRings } from './rings.ts'

const clock = { now: () => Date.UTC(2030, 0, 1) }
const once: Rewrap = { dryRun: false, again: false }

/** A node with its master keys, as it would be started. */
const node = async (stored: Records, current: MasterKey, previous?: MasterKey) => {
  const installation = await openInstallation(
    stored,
    current,
    previous === undefined ? undefined : () => Promise.resolve(previous),
  )
  const rings = openKeyRings(sealedRecords(stored, installation), installation, clock)
  return {
    installation,
    rings,
    rewrap: (options: Partial<Rewrap> = {}) =>
      rewrapInstallation({ stored, installation, rings }, { ...once, ...options }),
    lacking: () => logsLacking({ stored, installation, rings }),
  }
}

const logs = ['log-1', 'log-2', 'log-3']

const filled = async () => {
  const store = createMemoryStore()
  const { records: stored } = openMemory({ clock, store })
  const [old, fresh] = [localMasterKey(randomBytes(32)), localMasterKey(randomBytes(32))]
  const first = await node(stored, old)
  for (const log of logs) await first.rings.create(log)
  await first.rings.rotate('log-2')
  const keys = await Promise.all(logs.map((log) => first.rings.load(log)))
  return { stored, old, fresh, first, keys, store }
}

describe('a rewrap', () => {
  it('leaves every key what it was, and the previous master key is not needed any more', async () => {
    const { stored, old, fresh, keys } = await filled()
    const both = await node(stored, fresh, old)
    expect(await both.rewrap()).toEqual({ from: old.id, to: fresh.id, logs: 3, rewrapped: 3 })
    const after = await node(stored, fresh)
    expect(await Promise.all(logs.map((log) => after.rings.load(log)))).toEqual(keys)
    expect(await codeOf(openInstallation(stored, old))).toBe('key_wrong')
    expect(await both.rewrap()).toEqual({ from: undefined, to: fresh.id, logs: 3, rewrapped: 0 })
  })

  it('only says what there is to do where it is tried', async () => {
    const { stored, old, fresh } = await filled()
    const both = await node(stored, fresh, old)
    expect(await both.rewrap({ dryRun: true })).toEqual({ from: old.id, to: fresh.id, logs: 3, rewrapped: 3 })
    expect((await (await node(stored, old)).rings.load('log-1')) !== undefined).toBe(true)
    expect((await both.rings.versions('log-1')) as unknown).toMatchObject([{ master: old.id }])
  })

  it('is not begun by starting nodes with the new key: what they make stays open to those who have the old one alone', async () => {
    const { stored, old, fresh, first } = await filled()
    const both = await node(stored, fresh, old)
    await both.rings.create('log-4')
    await both.rings.rotate('log-1')
    expect(await first.rings.load('log-4')).toEqual(await both.rings.load('log-4'))
    expect(await first.rings.load('log-1')).toMatchObject({ keys: [{ version: 1 }, { version: 2 }] })
  })

  it('goes on where it was killed, at whichever write, and until then who has both keys opens everything', async () => {
    const steps: string[] = []
    for (const when of ['before', 'after'] as const)
      for (let step = 1, killed: unknown; step === 1 || killed !== undefined; step += 1) {
        const { stored, old, fresh, keys } = await filled()
        let writes = 0
        const dying: Records = {
          ...stored,
          put: async (write) => {
            writes += 1
            if (writes > step) throw unavailable()
            if (writes < step) return stored.put(write)
            if (when === 'after') await stored.put(write)
            throw unavailable()
          },
        }
        killed = await codeOf((await node(dying, fresh, old)).rewrap())
        const loaded = async (opened: Awaited<ReturnType<typeof node>>) =>
          Promise.all(logs.map((log) => opened.rings.load(log)))
        const both = await node(stored, fresh, old)
        expect(await loaded(both)).toEqual(keys)
        expect(await loaded(await node(stored, old, fresh))).toEqual(keys)
        // Who has the new one alone opens all of it, or is told what is lacking, or opens nothing: never a part unawares.
        const alone = await node(stored, fresh).catch(() => undefined)
        const lacking = alone === undefined || (await alone.lacking()) !== undefined
        expect(lacking ? keys : await loaded(alone)).toEqual(keys)
        steps.push(`${when} ${step}: ${lacking ? 'needs both' : 'needs the new one'}`)
        await both.rewrap()
        expect(await loaded(await node(stored, fresh))).toEqual(keys)
      }
    expect(steps).toEqual([
      ...['before 1', 'before 2', 'before 3', 'before 4'].map((step) => `${step}: needs both`),
      ...['before 5', 'before 6'].map((step) => `${step}: needs the new one`),
      ...['after 1', 'after 2', 'after 3'].map((step) => `${step}: needs both`),
      ...['after 4', 'after 5', 'after 6'].map((step) => `${step}: needs the new one`),
    ])
  })

  it('tells who has one key alone which logs need the other, and refuses those and nothing else', async () => {
    const { stored, old, fresh } = await filled()
    let writes = 0
    const dying: Records = {
      ...stored,
      put: (write) => ((writes += 1) > 2 ? Promise.reject(unavailable()) : stored.put(write)),
    }
    expect(await codeOf((await node(dying, fresh, old)).rewrap())).toBe('unavailable')
    const alone = await node(stored, fresh)
    const lacking = await alone.lacking()
    expect(lacking).toMatchObject({ id: old.id })
    expect(lacking?.logs).toHaveLength(2)
    for (const log of logs)
      expect(await codeOf(alone.rings.load(log))).toBe(lacking?.logs.includes(log) ? 'master_key_missing' : undefined)
    // The old one alone makes nothing that the new one could not open.
    expect(await codeOf((await node(stored, old)).rings.create('log-9'))).toBe('master_key_missing')
    expect(await codeOf((await node(stored, old)).rings.rotate(lacking?.logs[0] ?? ''))).toBe('master_key_missing')
  })

  it('misses no ring that others make or rotate while it is under way', async () => {
    const { stored, old, fresh, first } = await filled()
    const records = sealedRecords(stored, first.installation)
    let writes = 0
    const made: unknown[] = []
    const crowded: Records = {
      ...stored,
      put: async (write) => {
        const outcome = await stored.put(write)
        writes += 1
        if (writes <= 5) {
          const late = await node(stored, fresh, old)
          await late.rings.create(`log-0${writes}`)
          await late.rings.rotate('log-1')
          // A node that does not know of the new key yet.
          made.push(await codeOf(first.rings.create(`old-${writes}`)))
          // One that put its ring, and was killed before it saw that the key had changed.
          await openKeyRings(records, { masters: oneMaster(old) }, clock).create(`a-${writes}`)
        }
        return outcome
      },
    }
    await (await node(crowded, fresh, old)).rewrap()
    const after = await node(stored, fresh)
    expect(made).toEqual(made.map(() => 'master_key_missing'))
    for await (const { log } of after.rings.every())
      expect([log, await codeOf(after.rings.load(log))]).toEqual([log, undefined])
  })

  it('adopts a ring that was made under the old key just before it began', async () => {
    const { stored, old, fresh } = await filled()
    let rewrapped = false
    // The record of a rewrap lands between reading it and putting the ring.
    const late: Records = {
      ...stored,
      put: async (write) => {
        if (write.collection === 'key-rings' && !rewrapped) {
          rewrapped = true
          await (await node(stored, fresh, old)).rewrap()
        }
        return stored.put(write)
      },
    }
    const creating = await node(late, fresh, old)
    await creating.rings.create('log-4')
    expect(rewrapped).toBe(true)
    expect(await codeOf((await node(stored, fresh)).rings.load('log-4'))).toBeUndefined()
  })

  it('can be turned back half way, and not given a third key before it is finished', async () => {
    const { stored, old, fresh, keys } = await filled()
    let writes = 0
    const dying: Records = {
      ...stored,
      put: (write) => ((writes += 1) > 3 ? Promise.reject(unavailable()) : stored.put(write)),
    }
    await codeOf((await node(dying, fresh, old)).rewrap())
    const third = localMasterKey(randomBytes(32))
    expect(await codeOf((await node(stored, third, fresh)).rewrap())).toBe('rewrap_under_way')
    const back = await node(stored, old, fresh)
    expect(await back.rewrap()).toMatchObject({ from: fresh.id, to: old.id })
    const after = await node(stored, old)
    expect(await Promise.all(logs.map((log) => after.rings.load(log)))).toEqual(keys)
    expect(await codeOf(openInstallation(stored, fresh))).toBe('key_wrong')
  })

  it('is not undone by who puts the old record back: who has the new key alone does not start, and nothing is lost', async () => {
    const { stored, old, fresh, keys } = await filled()
    const at = { collection: 'installation', id: 'key' } as const
    const before = await stored.get(at)
    await (await node(stored, fresh, old)).rewrap()
    const after = await stored.get(at)
    const put = async (from: typeof before, instead: typeof before): Promise<void> => {
      const version = randomBytes(16).toString('hex')
      await stored.put({ ...at, expected: instead?.version, version, value: from?.value ?? new Uint8Array() })
    }
    await put(before, after)
    expect(await codeOf(openInstallation(stored, fresh))).toBe('key_wrong')
    // Who has the old one alone gets no further than its own record.
    expect(await codeOf((await node(stored, old)).rings.load('log-1'))).toBe('master_key_missing')
    await (await node(stored, fresh, old)).rewrap()
    const mended = await node(stored, fresh)
    expect(await Promise.all(logs.map((log) => mended.rings.load(log)))).toEqual(keys)
  })

  it('wraps nothing under a master key that is named in the record and not given', async () => {
    const { stored, first, old, keys } = await filled()
    const at = { collection: 'installation', id: 'key' } as const
    const found = await stored.get(at)
    const record = JSON.parse(Buffer.from(found?.value ?? []).toString()) as object
    const value = Buffer.from(JSON.stringify({ ...record, next: { master: 'somebody', wrapped: 'AAAA' } }))
    await stored.put({ ...at, expected: found?.version, version: 'planted', value })
    for (const each of [first, await node(stored, old)]) {
      expect(await Promise.all(logs.map((log) => each.rings.load(log)))).toEqual(keys)
      expect(await codeOf(each.rings.create('log-9'))).toBe('master_key_missing')
      expect(await codeOf(each.rings.rotate('log-1'))).toBe('master_key_missing')
    }
  })

  it('gives nothing up for a master key that does not give back what it wraps', async () => {
    const { stored, old, fresh, keys } = await filled()
    const lying: MasterKey = { ...fresh, unwrap: async (wrapped) => (await fresh.unwrap(wrapped)).toReversed() }
    expect(await codeOf((await node(stored, lying, old)).rewrap())).toBe('journal_corrupt')
    const before = await node(stored, old)
    expect(await Promise.all(logs.map((log) => before.rings.load(log)))).toEqual(keys)
  })

  it('wraps everything once more under the same key where that is asked', async () => {
    const { stored, old, keys } = await filled()
    const { rewrap, rings } = await node(stored, old)
    const wrapped = async () => (await stored.get({ collection: 'key-rings', id: 'log-1' }))?.version
    const before = await wrapped()
    expect(await rewrap()).toMatchObject({ rewrapped: 0 })
    expect(await wrapped()).toBe(before)
    expect(await rewrap({ again: true })).toMatchObject({ from: undefined, rewrapped: 3 })
    expect(await wrapped()).not.toBe(before)
    expect(await Promise.all(logs.map((log) => rings.load(log)))).toEqual(keys)
  })

  it('opens rings that do not say which master key they are under, and brings them along', async () => {
    const { stored, old, fresh, first, keys } = await filled()
    const records = sealedRecords(stored, first.installation)
    for (const log of logs) {
      const found = await records.get<{ readonly keys: readonly { readonly master?: string }[] }>('key-rings', log)
      const bare = found?.value.keys.map((key) => ({ ...key, master: undefined }))
      await records.put('key-rings', log, found?.version, { ...found?.value, keys: bare })
    }
    const both = await node(stored, fresh, old)
    expect(await Promise.all(logs.map((log) => both.rings.load(log)))).toEqual(keys)
    await both.rewrap()
    const after = await node(stored, fresh)
    expect(await Promise.all(logs.map((log) => after.rings.load(log)))).toEqual(keys)
  })
})

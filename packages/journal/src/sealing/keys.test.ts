import { randomBytes } from 'node:crypto'
import { KonfigError } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../contract/batches.ts'
import { openMemory } from '../memory/index.ts'
import { openInstallation } from './installation.ts'
import { localMasterKey, passphraseFrom, passphraseMasterKey } from './master.ts'
import { oneMaster } from './masters.ts'
import { sealedRecords } from './records.ts'
import { openKeyRings } from './rings.ts'
import { openForTest } from './testing/opened.ts'

const clock = { now: () => 0 }

describe('a master key', () => {
  it('opens what it wrapped, and nothing else does', async () => {
    const key = localMasterKey(randomBytes(32))
    const wrapped = await key.wrap(Buffer.from('a key'))
    expect(Buffer.from(await key.unwrap(wrapped)).toString()).toBe('a key')
    expect(await codeOf(localMasterKey(randomBytes(32)).unwrap(wrapped))).toBe('key_wrong')
    for (let at = 0; at < wrapped.length; at += 1) {
      const altered = Uint8Array.from(wrapped)
      altered[at]! ^= 1
      expect(await codeOf(key.unwrap(altered))).toBe('key_wrong')
    }
  })

  it('has exactly 32 bytes', () => {
    expect(() => localMasterKey(randomBytes(31))).toThrow(KonfigError)
  })

  it('from a passphrase is the same each time for one installation, and another for the next', async () => {
    const { records } = openMemory({ clock })
    const [first, again] = await Promise.all([
      passphraseMasterKey(records, 'correct horse'),
      passphraseMasterKey(records, 'correct horse'),
    ])
    expect(again.id).toBe(first.id)
    expect((await passphraseMasterKey(records, 'wrong horse')).id).not.toBe(first.id)
    expect((await passphraseMasterKey(openMemory({ clock }).records, 'correct horse')).id).not.toBe(first.id)
  })

  it('from a passphrase refuses a count of rounds that would never end', async () => {
    const stretching = { format: 1, salt: randomBytes(32).toString('base64') } as const
    for (const iterations of [2 ** 31 - 1, 2 ** 31, Number.MAX_SAFE_INTEGER])
      await expect(passphraseFrom('correct horse', { ...stretching, iterations })).rejects.toMatchObject({
        failure: { code: 'key_wrong' },
      })
  })

  it('from a passphrase refuses a stored count of rounds that makes guessing cheap', async () => {
    const { records } = openMemory({ clock })
    const value = Buffer.from(JSON.stringify({ format: 1, salt: randomBytes(32).toString('base64'), iterations: 1000 }))
    await records.put({ collection: 'installation', id: 'passphrase', expected: undefined, version: 'v', value })
    expect(await codeOf(passphraseMasterKey(records, 'correct horse'))).toBe('key_wrong')
  })
})

describe('an installation', () => {
  it('opens again with its master key only', async () => {
    const { records } = openMemory({ clock })
    const master = localMasterKey(randomBytes(32))
    const made = await openInstallation(records, master)
    expect((await openInstallation(records, master)).key).toEqual(made.key)
    expect(await codeOf(openInstallation(records, localMasterKey(randomBytes(32))))).toBe('key_wrong')
  })

  it('is made once where several nodes start at the same time', async () => {
    const { records } = openMemory({ clock })
    const master = localMasterKey(randomBytes(32))
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => openInstallation(records, master)))
    expect(others.map(({ key }) => Buffer.from(key).toString('hex'))).toEqual(
      others.map(() => Buffer.from(first!.key).toString('hex')),
    )
  })
})

describe('a key ring', () => {
  it('is the same for all who create it at once', async () => {
    const { rings } = await openForTest()
    const made = await Promise.all(Array.from({ length: 8 }, () => rings.create('acme')))
    expect(made.every((ring) => Buffer.compare(ring.keys[0].key, made[0]!.keys[0].key) === 0)).toBe(true)
  })

  it('keeps its old versions when it is rotated', async () => {
    const { rings } = await openForTest()
    const before = await rings.create('acme')
    const after = await rings.rotate('acme')
    expect(after.keys.map(({ version }) => version)).toEqual([1, 2])
    expect(after.keys[0]).toEqual(before.keys[0])
    expect(await rings.load('acme')).toEqual(after)
  })

  it('gains a version for each of several who rotate at once', async () => {
    const { rings } = await openForTest()
    await rings.create('acme')
    await Promise.all([rings.rotate('acme'), rings.rotate('acme'), rings.rotate('acme')])
    expect(await rings.load('acme')).toMatchObject({
      keys: [{ version: 1 }, { version: 2 }, { version: 3 }, { version: 4 }],
    })
  })

  it('is not found for a log that has none', async () => {
    const { rings } = await openForTest()
    expect(await rings.load('acme')).toBeUndefined()
    expect(await codeOf(rings.rotate('acme'))).toBe('log_erased')
  })

  it('does not open for another log, should its keys be put there', async () => {
    const { rings, records } = await openForTest()
    await rings.create('acme')
    const stolen = await records.get('key-rings', 'acme')
    await records.put('key-rings', 'evil', undefined, stolen?.value)
    expect(await codeOf(rings.load('evil'))).toBe('journal_corrupt')
  })
})

describe('a key ring that somebody altered', () => {
  const altered = async (change: (keys: readonly { readonly wrapped: string }[]) => readonly object[]) => {
    const { rings, records } = await openForTest()
    await rings.create('acme')
    await rings.rotate('acme')
    const found = await records.get<{ readonly keys: readonly { readonly wrapped: string }[] }>('key-rings', 'acme')
    await records.put('key-rings', 'acme', found?.version, { ...found?.value, keys: change(found?.value.keys ?? []) })
    return codeOf(rings.load('acme'))
  }

  it('is refused where two versions were exchanged', async () => {
    expect(
      await altered(([one, two]) => [
        { ...one, wrapped: two?.wrapped },
        { ...two, wrapped: one?.wrapped },
      ]),
    ).toBe('journal_corrupt')
  })

  it('is refused where versions are missing, doubled, out of order, or all gone', async () => {
    for (const change of [
      ([, two]: readonly object[]) => [two ?? {}],
      ([one]: readonly object[]) => [one ?? {}, one ?? {}],
      ([one, two]: readonly object[]) => [two ?? {}, one ?? {}],
      () => [],
    ])
      expect(await altered(change)).toBe('journal_corrupt')
  })
})

describe('sealed records', () => {
  it('give back JSON documents with their version', async () => {
    const { records } = await openForTest()
    const version = await records.put('users', 'u1', undefined, { name: 'Ann', roles: ['owner'] }, Date.UTC(2031, 0, 1))
    expect(await records.get('users', 'u1')).toEqual({
      id: 'u1',
      version,
      value: { name: 'Ann', roles: ['owner'] },
      expiresAt: Date.UTC(2031, 0, 1),
    })
    expect(await records.list('users', { limit: 5 })).toHaveLength(1)
    expect(await records.put('users', 'u1', undefined, 'other')).toBeUndefined()
    const next = await records.put('users', 'u1', version, 'other')
    expect(next).toBeTypeOf('string')
    expect(await records.delete('users', 'u1', version!)).toBe(false)
    expect(await records.delete('users', 'u1', next!)).toBe(true)
    expect(await records.get('users', 'u1')).toBeUndefined()
  })

  it('refuse a value that was moved, altered, or sealed under another key', async () => {
    const { records, stored } = await openForTest()
    await records.put('users', 'u1', undefined, { name: 'Ann' })
    const record = (await stored.get({ collection: 'users', id: 'u1' }))!
    const plant = async (id: string, version: string, value: Uint8Array) => {
      await stored.put({ collection: 'users', id, expected: undefined, version, value })
      return codeOf(records.get('users', id))
    }
    expect(await plant('u2', record.version, record.value)).toBe('journal_corrupt')
    expect(await plant('u3', 'another-version', record.value)).toBe('journal_corrupt')
    expect(await plant('u4', 'v', Buffer.from('rubbish'))).toBe('journal_corrupt')
    const stranger = sealedRecords(stored, { key: randomBytes(32) })
    expect(await codeOf(stranger.get('users', 'u1'))).toBe('journal_corrupt')
  })

  it('settle a lost answer of a put, and leave a lost deletion unknown', async () => {
    const { records: stored } = openMemory({ clock })
    let lose = true
    const lossy = async <T>(work: () => Promise<T>): Promise<T | 'unknown'> => {
      const answer = await work()
      const lost = lose
      lose = false
      return lost ? 'unknown' : answer
    }
    const records = sealedRecords(
      {
        ...stored,
        put: (write) => lossy(() => stored.put(write)),
        delete: (key, version) => lossy(() => stored.delete(key, version)),
      },
      { key: randomBytes(32) },
    )
    const version = await records.put('users', 'u1', undefined, 1)
    expect(version).toBeTypeOf('string')
    lose = true
    expect(await codeOf(records.delete('users', 'u1', version!))).toBe('outcome_unknown')
  })

  it('hold key rings, which do not open under another master key', async () => {
    const { records, rings } = await openForTest()
    await rings.create('acme')
    expect(
      await codeOf(openKeyRings(records, { masters: oneMaster(localMasterKey(randomBytes(32))) }, clock).load('acme')),
    ).toBe('master_key_missing')
  })
})

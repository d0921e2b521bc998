// Key rings: the versions of each log's own key, wrapped by a master key, one sealed record a log. Made and changed by compare-and-set.
// Which master key wraps is read from the installation's record for each change, after the ring was read: so none that a rewrap has passed
// is wrapped under the old one behind its back.
import { randomBytes } from 'node:crypto'
import { failure, KonfigError, type LogId, type Millis } from '@konfig/core'
import type { Clock } from '../journal.ts'
import { corrupt, erased } from './corrupt.ts'
import type { Installation, KeyRing, KeyRings, MasterKey, SealedRecord, SealedRecords, TenantKey } from './face.ts'
import { signingOf } from './signing.ts'

const collection = 'key-rings'
const pageSize = 500

/** Each version is opened whenever a log is loaded, and all of them share one record. */
const mostVersions = 200

interface StoredKey {
  readonly version: number
  readonly createdAt: Millis
  readonly wrapped: string
  /** Id of the master key that wrapped it; rings of earlier versions of the software do not say. */
  readonly master?: string
}

interface Stored {
  readonly format: 1
  readonly state: 'live' | 'destroyed'
  readonly keys: readonly StoredKey[]
}

/** What is wrapped beside the key, so that a key cannot be moved to another log or version. */
const labelOf = (log: LogId, version: number): Buffer => Buffer.from(`${log}\n${version}\n`)

const whose = (log: LogId): string => `log ${log}`

export const openKeyRings = (
  records: SealedRecords,
  { masters, key: own }: Pick<Installation, 'masters'> & Partial<Pick<Installation, 'key'>>,
  clock: Clock,
): KeyRings => {
  const signing = own === undefined ? undefined : signingOf({ key: own })
  const signedBy = signing === undefined ? undefined : { id: signing.id, pem: signing.pem }

  const wrap = async (master: MasterKey, log: LogId, { version, createdAt, key }: TenantKey): Promise<StoredKey> => {
    const plain = Buffer.concat([labelOf(log, version), key])
    const wrapped = Buffer.from(await master.wrap(plain))
    return { version, createdAt, wrapped: wrapped.toString('base64'), master: master.id }
  }

  const unwrap = async (log: LogId, { version, createdAt, wrapped, master }: StoredKey): Promise<TenantKey> => {
    const plain = Buffer.from(await masters.unwrap(whose(log), Buffer.from(wrapped, 'base64'), master))
    const label = labelOf(log, version)
    if (plain.length !== label.length + 32 || label.compare(plain, 0, label.length) !== 0)
      throw corrupt(log, 0, 'its key ring holds the key of another place')
    return { version, createdAt, key: plain.subarray(label.length) }
  }

  const open = async (log: LogId, { state, keys }: Stored): Promise<KeyRing | 'destroyed'> => {
    if (state === 'destroyed') return 'destroyed'
    if (keys.some(({ version }, at) => version !== at + 1)) throw corrupt(log, 0, 'its key ring lacks a version')
    const [first, ...rest] = await Promise.all(keys.map((key) => unwrap(log, key)))
    if (first === undefined) throw corrupt(log, 0, 'its key ring is empty')
    return { log, keys: [first, ...rest], signedBy }
  }

  const get = (log: LogId): Promise<SealedRecord<Stored> | undefined> => records.get<Stored>(collection, log)

  const load = async (log: LogId): Promise<KeyRing | 'destroyed' | undefined> => {
    const found = await get(log)
    return found === undefined ? undefined : open(log, found.value)
  }

  const add = async (log: LogId, before: SealedRecord<Stored> | undefined): Promise<boolean> => {
    const keys = before?.value.keys ?? []
    if (keys.length >= mostVersions) throw new KonfigError(failure('key_versions_full', { log, limit: mostVersions }))
    const made = { version: (keys.at(-1)?.version ?? 0) + 1, createdAt: clock.now(), key: randomBytes(32) }
    const stored = await wrap(await masters.wrapping(whose(log)), log, made)
    const next: Stored = { format: 1, state: 'live', keys: [...keys, stored] }
    return (await records.put(collection, log, before?.version, next)) !== undefined
  }

  const live = (ring: KeyRing | 'destroyed' | undefined): KeyRing => {
    if (ring === undefined || ring === 'destroyed') throw erased()
    return ring
  }

  const rewrap = async (log: LogId, master: MasterKey, again = false): Promise<number> => {
    for (;;) {
      const found = await get(log)
      if (found === undefined || found.value.state === 'destroyed') return 0
      if (!again && found.value.keys.every((key) => key.master === master.id)) return 0
      const { keys } = live(await open(log, found.value))
      const wrapped = await Promise.all(keys.map((key) => wrap(master, log, key)))
      // A master key that wraps and cannot unwrap would take everything with it: it proves itself before the old wrapping is given up.
      for (const [at, { wrapped: text }] of wrapped.entries()) {
        const plain = Buffer.from(await master.unwrap(Buffer.from(text, 'base64')))
        const key = keys[at]
        if (key === undefined || !plain.equals(Buffer.concat([labelOf(log, key.version), key.key])))
          throw corrupt(log, 0, 'the master key does not give back what it wrapped')
      }
      if ((await records.put(collection, log, found.version, { ...found.value, keys: wrapped })) !== undefined)
        return keys.length
    }
  }

  async function* every(): ReturnType<KeyRings['every']> {
    let after: string | undefined
    for (;;) {
      const page = await records.list<Stored>(collection, {
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      })
      for (const { id, value } of page)
        if (value.state === 'live')
          yield { log: id, keys: value.keys.map(({ version, createdAt, master }) => ({ version, createdAt, master })) }
      after = page.at(-1)?.id
      // What a page may leave out is the adapter's: only an empty one is the end.
      if (after === undefined) return
    }
  }

  return {
    load,
    every,
    rewrap,

    create: async (log) => {
      await add(log, undefined)
      // One that was made while a rewrap began may have been missed by it.
      const master = await masters.wrapping(whose(log))
      if ((await get(log))?.value.keys.some((key) => key.master !== master.id)) await rewrap(log, master)
      return live(await load(log))
    },

    versions: async (log) => {
      const stored = (await get(log))?.value
      if (stored === undefined || stored.state === 'destroyed') return stored === undefined ? undefined : 'destroyed'
      return stored.keys.map(({ version, createdAt, master }) => ({ version, createdAt, master }))
    },

    rotate: async (log) => {
      for (;;) {
        const found = await get(log)
        if (found === undefined || found.value.state === 'destroyed') throw erased()
        if (await add(log, found)) return live(await load(log))
      }
    },

    destroy: async (log) => {
      masters.forget(whose(log))
      const gone: Stored = { format: 1, state: 'destroyed', keys: [] }
      for (;;) {
        const found = await get(log)
        if (found?.value.state === 'destroyed') return
        if ((await records.put(collection, log, found?.version, gone)) !== undefined) return
      }
    },
  }
}

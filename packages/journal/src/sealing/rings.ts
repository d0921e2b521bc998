// Key rings: the versions of each log's own key, wrapped by the master key, one sealed record a log. Made and changed by compare-and-set.
import { randomBytes } from 'node:crypto'
import { failure, KonfigError, type LogId, type Millis } from '@konfig/core'
import type { Clock } from '../journal.ts'
import type { RecordVersion } from '../records.ts'
import { corrupt, erased } from './corrupt.ts'
import type { KeyRing, KeyRings, MasterKey, SealedRecords, TenantKey } from './face.ts'

const collection = 'key-rings'

/** Each version is opened whenever a log is loaded, and all of them share one record. */
const mostVersions = 200

interface StoredKey {
  readonly version: number
  readonly createdAt: Millis
  readonly wrapped: string
}

interface Stored {
  readonly format: 1
  readonly state: 'live' | 'destroyed'
  readonly keys: readonly StoredKey[]
}

/** What is wrapped beside the key, so that a key cannot be moved to another log or version. */
const labelOf = (log: LogId, version: number): Buffer => Buffer.from(`${log}\n${version}\n`)

export const openKeyRings = (records: SealedRecords, master: MasterKey, clock: Clock): KeyRings => {
  const fresh = async (
    log: LogId,
    version: number,
  ): Promise<{ readonly stored: StoredKey; readonly key: TenantKey }> => {
    const key = { version, createdAt: clock.now(), key: randomBytes(32) }
    const wrapped = await master.wrap(Buffer.concat([labelOf(log, version), key.key]))
    return { key, stored: { version, createdAt: key.createdAt, wrapped: Buffer.from(wrapped).toString('base64') } }
  }

  const unwrap = async (log: LogId, { version, createdAt, wrapped }: StoredKey): Promise<TenantKey> => {
    const plain = Buffer.from(await master.unwrap(Buffer.from(wrapped, 'base64')))
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
    return { log, keys: [first, ...rest] }
  }

  const load = async (log: LogId): Promise<KeyRing | 'destroyed' | undefined> => {
    const found = await records.get<Stored>(collection, log)
    return found === undefined ? undefined : open(log, found.value)
  }

  const add = async (
    log: LogId,
    before: readonly StoredKey[],
    expected: RecordVersion | undefined,
  ): Promise<boolean> => {
    const { stored } = await fresh(log, (before.at(-1)?.version ?? 0) + 1)
    const next: Stored = { format: 1, state: 'live', keys: [...before, stored] }
    return (await records.put(collection, log, expected, next)) !== undefined
  }

  const live = (ring: KeyRing | 'destroyed' | undefined): KeyRing => {
    if (ring === undefined || ring === 'destroyed') throw erased()
    return ring
  }

  return {
    load,

    create: async (log) => {
      await add(log, [], undefined)
      return live(await load(log))
    },

    versions: async (log) => {
      const stored = (await records.get<Stored>(collection, log))?.value
      if (stored === undefined || stored.state === 'destroyed') return stored === undefined ? undefined : 'destroyed'
      return stored.keys.map(({ version, createdAt }) => ({ version, createdAt }))
    },

    rotate: async (log) => {
      for (;;) {
        const found = await records.get<Stored>(collection, log)
        if (found === undefined || found.value.state === 'destroyed') throw erased()
        if (found.value.keys.length >= mostVersions)
          throw new KonfigError(failure('key_versions_full', { log, limit: mostVersions }))
        if (await add(log, found.value.keys, found.version)) return live(await load(log))
      }
    },

    destroy: async (log) => {
      const gone: Stored = { format: 1, state: 'destroyed', keys: [] }
      for (;;) {
        const found = await records.get<Stored>(collection, log)
        if (found?.value.state === 'destroyed') return
        if ((await records.put(collection, log, found?.version, gone)) !== undefined) return
      }
    },
  }
}

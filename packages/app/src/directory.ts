// The directory of tenants: which names there are and which logs are theirs. An index over the logs, and the truth about reserved names.
import {
  failure,
  isUuid,
  KonfigError,
  type Labels,
  type LogId,
  type Millis,
  type Revision,
  type Whereto,
} from '@konfig/core'
import { mainJournal, type SealedRecord, type SealedRecords } from '@konfig/journal'
import { LRUCache } from 'lru-cache'
import type { TenantRef } from './caller.ts'

/** A store, what it was called, and the log that was there. */
export interface Lived extends Whereto {
  readonly log: LogId
}

export interface DirectoryEntry extends TenantRef {
  /** `reserved` until the log has its first revision; `closed` names are never used again. */
  readonly standing: 'reserved' | 'active' | 'closed'
  readonly reservedAt: Millis
  readonly displayName?: string
  readonly plan?: string
  readonly brand?: string
  readonly region?: string
  /** The journal that its logs are in, where that is not the main one. */
  readonly journal?: string
  /** Where keys of its logs of configuration were ever brought, each store by its id: an erasure has to reach all of them. */
  readonly lived?: readonly Lived[]
  readonly status: 'active' | 'suspended' | 'closed'
  readonly labels?: Labels
  /** The revision of its log that plan, brand, status and the rest were read at. */
  readonly indexed?: Revision
}

export interface Directory {
  /** An active tenant by name or id; undefined for every other. */
  readonly find: (nameOrId: string) => Promise<TenantRef | undefined>
  readonly entry: (name: string) => Promise<SealedRecord<DirectoryEntry> | undefined>
  /** Takes a name for good; `already_exists` where somebody has it. */
  readonly reserve: (entry: DirectoryEntry) => Promise<void>
  /** Changes an entry by compare-and-set, as often as it takes. */
  readonly update: (name: string, change: (entry: DirectoryEntry) => DirectoryEntry) => Promise<void>
  /** Drops the reservation of this id, that came to nothing; false where there is none, or no longer. */
  readonly release: (name: string, id: string) => Promise<boolean>
  readonly list: (options: {
    readonly after?: string
    readonly limit: number
    readonly prefix?: string
  }) => Promise<readonly DirectoryEntry[]>
  /** Every entry, in order of name, read in pages. */
  readonly every: () => AsyncIterable<DirectoryEntry>
  readonly ofLog: (log: LogId) => TenantRef | undefined
  /** Reads a tenant anew: its logs may be others since it was found. Undefined where there is none of that name and id any more. */
  readonly renew: (tenant: Pick<TenantRef, 'id' | 'name'>) => Promise<TenantRef | undefined>
  /** What was known of this log's tenant is read again when it is asked for. */
  readonly forget: (log: LogId) => void
}

const collection = 'tenants'
const ids = 'tenant-ids'

/** The same tenant, in that journal. */
export const inJournal = (entry: DirectoryEntry, journal: string): DirectoryEntry => {
  const { journal: _, ...rest } = entry
  return journal === mainJournal ? rest : { ...rest, journal }
}

/** Each store and log once; the name by which it was called last. */
export const livedIn = (places: readonly Lived[]): readonly Lived[] => [
  ...new Map(places.map((place) => [`${place.id} ${place.log}`, place])).values(),
]

/** The same tenant, which was, or may soon be, in those places as well. */
export const livingIn = (entry: DirectoryEntry, places: readonly Lived[]): DirectoryEntry => ({
  ...entry,
  lived: livedIn([...(entry.lived ?? []), ...places]),
})

/** `suppose` hears where each log is, as often as an entry is read. */
export const openDirectory = (
  records: SealedRecords,
  suppose: (log: LogId, journal: string | undefined) => void = () => undefined,
): Directory => {
  const known = new LRUCache<string, TenantRef>({ max: 200_000 })
  const byLog = new LRUCache<string, TenantRef>({ max: 200_000 })

  const remember = (entry: DirectoryEntry): TenantRef => {
    const ref: TenantRef = { id: entry.id, name: entry.name, config: entry.config, access: entry.access }
    known.set(entry.name, ref)
    known.set(entry.id, ref)
    byLog.set(entry.config, ref)
    return ref
  }

  const seen = ({ config, access, journal }: DirectoryEntry): void => {
    for (const log of [config, access]) suppose(log, journal)
  }

  const entry = async (name: string): Promise<SealedRecord<DirectoryEntry> | undefined> => {
    const found = await records.get<DirectoryEntry>(collection, name)
    if (found !== undefined) seen(found.value)
    return found
  }

  const list: Directory['list'] = async (options) => {
    const found = (await records.list<DirectoryEntry>(collection, options)).map(({ value }) => value)
    for (const each of found) seen(each)
    return found
  }

  const forget = ({ id, name }: Pick<TenantRef, 'id' | 'name'>): void => {
    for (const key of [id, name]) known.delete(key)
  }

  async function* every(): AsyncGenerator<DirectoryEntry> {
    let after: string | undefined
    for (;;) {
      const page = await list({ limit: 100, ...(after === undefined ? {} : { after }) })
      yield* page
      after = page.at(-1)?.name
      if (page.length === 0) return
    }
  }

  const find: Directory['find'] = async (nameOrId) => {
    const found = known.get(nameOrId)
    if (found !== undefined) return found
    if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(nameOrId)) return undefined
    const name = isUuid(nameOrId) ? (await records.get<{ readonly name: string }>(ids, nameOrId))?.value.name : nameOrId
    const record = name === undefined ? undefined : await entry(name)
    if (record === undefined || record.value.standing !== 'active') return undefined
    // A reservation that came to nothing may have left its id behind; the name can be somebody else's by now.
    return isUuid(nameOrId) && record.value.id !== nameOrId ? undefined : remember(record.value)
  }

  return {
    entry,
    every,
    find,
    reserve: async (fresh) => {
      seen(fresh)
      const version = await records.put(collection, fresh.name, undefined, fresh)
      if (version === undefined) throw new KonfigError(failure('already_exists', { kind: 'tenant', name: fresh.name }))
      await records.put(ids, fresh.id, undefined, { name: fresh.name })
    },
    update: async (name, change) => {
      for (let attempt = 0; attempt < 20; attempt++) {
        const found = await entry(name)
        if (found === undefined) throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name }))
        const next = change(found.value)
        if ((await records.put(collection, name, found.version, next)) === undefined) continue
        seen(next)
        if (next.standing === 'active') remember(next)
        else forget(next)
        return
      }
      throw new KonfigError(failure('overloaded', { seconds: 1 }))
    },
    release: async (name, own) => {
      const found = await entry(name)
      if (found === undefined || found.value.standing !== 'reserved' || found.value.id !== own) return false
      if (!(await records.delete(collection, name, found.version))) return false
      const id = await records.get(ids, own)
      if (id !== undefined) await records.delete(ids, own, id.version)
      return true
    },
    list,
    ofLog: (log) => byLog.get(log),
    renew: async (tenant) => {
      forget(tenant)
      const found = await find(tenant.name)
      return found?.id === tenant.id ? found : undefined
    },
    forget: (log) => {
      const tenant = byLog.get(log)
      if (tenant?.config === log) forget(tenant)
    },
  }
}

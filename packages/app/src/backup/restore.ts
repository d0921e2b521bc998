// Makes an installation out of the entries of a backup. Every log gets a new id, so that whoever remembers points of the old one takes the new
// state, and a new key. Promise: until all of it is there and proven, nobody can open what there is.
import { type Commit, failure, type Json, KonfigError, type LogId, type Millis } from '@konfig/core'
import {
  adoptInstallation,
  emptyHead,
  hasInstallation,
  openKeyRings,
  openLog,
  type KeyRings,
  type Journal,
  type LogHead,
  type SealedLog,
  type SealedRecords,
  sealedRecords,
  signCheckpoint,
  type Signing,
  signingOf,
} from '@konfig/journal'
import { openDigest } from './collect.ts'
import type { Beginning, Ending, Entry, LogEntry, RecordEntry } from './entry.ts'
import type { Place } from './source.ts'

export interface Target extends Place {
  readonly newId: () => string
}

export interface Restored {
  readonly logs: number
  readonly commits: number
  readonly records: number
  readonly madeAt: Millis
}

const wrong = (reason: string): KonfigError => new KonfigError(failure('archive_unreadable', { reason }))

/** The first entry, and the rest. */
export const begin = async (
  entries: AsyncIterable<Entry>,
): Promise<{ readonly beginning: Beginning; readonly rest: AsyncIterable<Entry> }> => {
  const iterator = entries[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true || first.value.type !== 'installation') throw wrong('it does not begin with an installation')
  return { beginning: first.value, rest: { [Symbol.asyncIterator]: () => iterator } }
}

const dayMillis = 24 * 3600 * 1000
const dayOf = ({ time }: Commit): number => Math.floor(time / dayMillis)

/** What is trimmed are whole batches, so those of access logs hold no more than a day. */
const inBatches = (page: readonly Commit[]): readonly (readonly Commit[])[] => {
  if (page[0]?.origin.type !== 'access') return [page]
  return [...Map.groupBy(page, dayOf).values()]
}

/** Logs as they are written again under new ids. */
export const openRewriting = (journal: Journal, rings: KeyRings, signing: Signing, newId: () => string) => {
  const ids = new Map<LogId, LogId>()
  const sums = new Map<LogId, Ending['logs'][number]>()
  let commits = 0
  let open:
    | {
        readonly from: LogId
        readonly log: SealedLog
        readonly digest: ReturnType<typeof openDigest>
        head: LogHead
        /** Signed anew, for the log that it is now; no checkpoint yet, but a row that becomes one once another stands behind it. */
        checkpoint: Uint8Array | undefined
      }
    | undefined

  const idOf = (log: LogId): LogId => {
    const known = ids.get(log)
    if (known !== undefined) return known
    const fresh = newId()
    ids.set(log, fresh)
    return fresh
  }

  const close = (): void => {
    if (open !== undefined) sums.set(open.from, open.digest.sum(open.from))
    open = undefined
  }

  return {
    idOf,
    commits: () => commits,
    begin: async ({ log: from, trimmed }: LogEntry): Promise<void> => {
      close()
      const log = idOf(from)
      const ring = await rings.create(log)
      const begun = { from, log: openLog(journal, rings, ring), digest: openDigest() }
      if (trimmed === undefined) {
        open = { ...begun, head: emptyHead, checkpoint: undefined }
        return
      }
      const head = { revision: trimmed.revision, hash: new Uint8Array(Buffer.from(trimmed.hash, 'hex')) }
      const checkpoint = signCheckpoint(signing, { ...trimmed, ...head, log })
      const [landing] = await journal.append([{ log, first: 1, last: head.revision, payload: checkpoint }])
      if (landing !== 'landed') throw new KonfigError(failure('installation_present', { what: 'a log with content' }))
      open = { ...begun, head, checkpoint }
    },
    append: async (from: LogId, page: readonly Commit[]): Promise<void> => {
      if (open?.from !== from) throw wrong('commits stand outside their log')
      if (page[0]?.revision !== open.head.revision + 1) throw wrong('a log is not whole')
      for (const commit of page) open.digest.add(commit)
      for (const batch of inBatches(page)) {
        const { log, head, checkpoint } = open
        const landed = await log.append(head, batch)
        if (landed.landing !== 'landed')
          throw new KonfigError(failure('installation_present', { what: 'a log with content' }))
        if (checkpoint !== undefined) await journal.trim(log.log, head.revision + 1, checkpoint)
        open.checkpoint = undefined
        open.head = landed.head
      }
      commits += page.length
    },
    /** Compares with what there must have been. */
    prove: (ending: Ending): void => {
      close()
      for (const { log, head, digest } of ending.logs) {
        const sum = sums.get(log)
        if (sum?.head !== head || sum.digest !== digest)
          throw wrong('a log is not what it was when the backup was made')
      }
      if (sums.size !== ending.logs.length) throw wrong('it has logs that it does not account for')
    },
  }
}

/** A record with the ids of its logs as they are now. */
export const remap = ({ collection, value }: RecordEntry, idOf: (log: LogId) => LogId): Json => {
  if (!['platform', 'tenants', 'tenant-work'].includes(collection)) return value
  // Everything is restored into one journal; from there tenants are moved as before.
  const { config, access, journal: _journal, lived: _lived, ...rest } = value as { readonly [field: string]: Json }
  if (typeof config !== 'string' || typeof access !== 'string') return value
  const mapped = { ...rest, config: idOf(config), access: idOf(access) }
  if (collection !== 'tenant-work' || rest['type'] !== 'close') return mapped
  // An erasure that was under way finds anew where the key is, and certifies the log that is here.
  const { reached: _reached, left: _left, erasure: _erasure, ...work } = mapped as { readonly [field: string]: Json }
  return work
}

const putRecord = async (records: SealedRecords, entry: RecordEntry, value: Json): Promise<void> => {
  if ((await records.put(entry.collection, entry.id, undefined, value, entry.expiresAt)) === undefined)
    throw new KonfigError(failure('installation_present', { what: `a record among ${entry.collection}` }))
}

/**
 * Into a place that holds nothing. Rejects with `installation_present`, and with `archive_unreadable` where the entries are not whole; what was
 * written until then cannot be opened, and the place is to be emptied. `told` hears of every entry.
 */
export const restoreInstallation = async (
  { journal, records: stored, master, clock, newId }: Target,
  entries: AsyncIterable<Entry>,
  told: (entry: Entry) => void = () => undefined,
): Promise<Restored> => {
  const { beginning, rest } = await begin(entries)
  if (beginning.key === undefined)
    throw wrong(
      `it holds one tenant, ${beginning.tenant ?? ''}, and no installation; restore it into one with --tenant`,
    )
  if (await hasInstallation(stored)) throw new KonfigError(failure('installation_present', { what: 'an installation' }))
  const { installation, finish } = await adoptInstallation(stored, master, Buffer.from(beginning.key, 'base64'))
  const records = sealedRecords(stored, installation)
  const rewriting = openRewriting(journal, openKeyRings(records, installation, clock), signingOf(installation), newId)
  let count = 0
  let ending: Ending | undefined
  for await (const entry of rest) {
    if (ending !== undefined) throw wrong('something follows its end')
    if (entry.type === 'log') await rewriting.begin(entry)
    else if (entry.type === 'commits') await rewriting.append(entry.log, entry.commits)
    else if (entry.type === 'end') ending = entry
    else if (entry.type === 'record') {
      await putRecord(records, entry, remap(entry, rewriting.idOf))
      count += 1
    } else throw wrong('it begins twice')
    told(entry)
  }
  if (ending === undefined || ending.records !== count) throw wrong('its end is missing')
  rewriting.prove(ending)
  await finish()
  return { logs: ending.logs.length, commits: rewriting.commits(), records: count, madeAt: beginning.madeAt }
}

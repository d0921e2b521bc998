// Looks at an installation that cannot be opened as a whole: each record and each log by itself, with the keys where they can be had, and by its chain
// where they cannot. Promise: what is damaged keeps nobody from looking at the rest; changes nothing.
import { failure, isObject, type Json, KonfigError, type LogId, type Revision } from '@konfig/core'
import {
  diagnoseRecord,
  everyStored,
  hasInstallation,
  type Installation,
  type KeyRing,
  type LogHead,
  mainJournal,
  openInstallation,
  openKeyRings,
  openRecord,
  type Records,
  sealedRecords,
  type Stored,
  type StoredRecord,
  verifyLog,
} from '@konfig/journal'
import { collections } from '../backup/collect.ts'
import type { Place } from '../backup/source.ts'
import type { Damage, DamagedRecord } from './damage.ts'

export interface Surveyed {
  /** Why the installation's own key cannot be had; its records cannot be opened then, and logs are verified by their chains. */
  readonly unopened: KonfigError | undefined
  readonly tenants: number
  readonly logs: number
  /** Of those, how many were opened: the others were verified by their chains alone. */
  readonly opened: number
  readonly damaged: readonly Damage[]
  readonly records: readonly DamagedRecord[]
  /** Journals beside the main one that could not be looked at. */
  readonly away: readonly string[]
}

/** Clear, or of moments. */
const closed: readonly string[] = ['installation', 'copied']
const sealedOnes = [...collections.directory, ...collections.rest, ...collections.left].filter(
  (each) => !closed.includes(each),
)

const attempt = async <T>(act: () => Promise<T>): Promise<T | KonfigError> => {
  try {
    return await act()
  } catch (reason) {
    if (reason instanceof KonfigError) return reason
    throw reason
  }
}

interface Known {
  /** By log: whose it is, and whether it must have something in it. */
  readonly owners: Map<LogId, { readonly of: string; readonly least: number }>
  readonly heads: Map<LogId, LogHead>
  readonly records: DamagedRecord[]
  tenants: number
}

const know = (known: Known, { collection, id }: StoredRecord, value: Json): void => {
  if (!isObject(value)) return
  const { config, access, standing, revision, hash } = value
  const of = collection === 'tenants' ? id : 'platform'
  if (collection === 'tenants' || collection === 'platform') {
    if (standing === 'reserved') return
    if (collection === 'tenants' && standing === 'active') known.tenants += 1
    if (typeof config === 'string') known.owners.set(config, { of, least: standing === 'closed' ? 0 : 1 })
    if (typeof access === 'string') known.owners.set(access, { of, least: 0 })
  }
  if (collection === 'log-heads' && typeof revision === 'number' && typeof hash === 'string')
    known.heads.set(id, { revision, hash: new Uint8Array(Buffer.from(hash, 'hex')) })
}

/** Opens every record there is, by itself. */
const lookAtRecords = async (stored: Records, installation: Installation, known: Known): Promise<void> => {
  for (const collection of sealedOnes)
    for await (const record of everyStored(stored, collection)) {
      const opened = await attempt(async () => openRecord(installation.key, record))
      if (!(opened instanceof KonfigError)) {
        know(known, record, opened as Json)
        continue
      }
      const others: Pick<StoredRecord, 'id' | 'version'>[] = []
      for await (const { id, version } of everyStored(stored, collection)) others.push({ id, version })
      known.records.push({ collection, id: record.id, reason: diagnoseRecord(installation.key, record, others) })
    }
}

const reasonOf = ({ failure: { data, detail } }: KonfigError): string =>
  typeof data['reason'] === 'string' ? data['reason'] : detail.replace(/\.$/, '')

/** A log, and what each store has of it: one that moved left the beginning of it where it was. */
interface Lying {
  readonly log: LogId
  readonly stored: Stored
  readonly head: Revision
  /** Nowhere is more of it. */
  readonly longest: boolean
}

const logsIn = async (stores: ReadonlyMap<string, Stored>, known: Known, whole: boolean): Promise<readonly Lying[]> => {
  const heads = new Map<LogId, { readonly stored: Stored; readonly head: Revision }[]>()
  const own = stores.get(mainJournal)
  for (const log of known.owners.keys()) heads.set(log, [])
  for (const stored of stores.values()) {
    // No journal gives such a cursor, and what it does not understand it answers with all logs.
    const { changed } = await stored.journal.changedSince('every log')
    for (const { log, head } of changed)
      if (head !== 'erased') heads.set(log, [...(heads.get(log) ?? []), { stored, head }])
  }
  return [...heads].flatMap(([log, all]): readonly Lying[] => {
    // What is nowhere may be in a journal that could not be looked at.
    if (all.length === 0 && own !== undefined && whole) return [{ log, stored: own, head: 0, longest: true }]
    const most = Math.max(...all.map(({ head }) => head))
    return all.map(({ stored, head }) => ({ log, stored, head, longest: head === most }))
  })
}

interface Looking {
  readonly place: Place
  readonly installation: Installation | undefined
  readonly known: Known
  readonly damaged: Damage[]
}

/** Whether it could be opened, or was verified by its chain alone. */
const lookAtLog = async (
  { place, installation, known, damaged }: Looking,
  { log, stored: { journal, records }, head, longest }: Lying,
): Promise<boolean> => {
  const { of, least } = known.owners.get(log) ?? { of: 'nobody that is known', least: 0 }
  const bad = (revision: number, reason: string): void => {
    damaged.push({ of, log, revision, reason })
  }
  let ring: KeyRing | undefined
  if (installation !== undefined) {
    const rings = openKeyRings(sealedRecords(records, installation), installation, place.clock)
    const loaded = await attempt(() => rings.load(log))
    if (loaded instanceof KonfigError) bad(0, `its key ring cannot be opened: ${reasonOf(loaded)}`)
    else if (loaded === undefined && (head > 0 || least > 0)) bad(0, 'its key ring is missing')
    else if (loaded !== undefined && loaded !== 'destroyed') ring = loaded
  }
  if (head < least) bad(1, 'the whole log is gone')
  const kept = longest ? known.heads.get(log) : undefined
  const found = await attempt(() => verifyLog(journal, log, ring, { heads: kept === undefined ? [] : [kept] }))
  if (found instanceof KonfigError) bad(0, reasonOf(found))
  else if (!found.ok) bad(found.revision, found.reason)
  return ring !== undefined
}

/** Every store that can be reached, and the names of the others. */
const reach = async ({ journal, records, elsewhere = new Map() }: Place) => {
  const stores = new Map<string, Stored>([[mainJournal, { journal, records }]])
  const away: string[] = []
  for (const [name, open] of elsewhere)
    try {
      stores.set(name, await open())
    } catch {
      away.push(name)
    }
  return { stores, away }
}

/** Rejects with `installation_missing`, `unavailable`. */
export const survey = async (place: Place, told: (name: string) => void = () => undefined): Promise<Surveyed> => {
  const { master, previous, records } = place
  if (!(await hasInstallation(records))) throw new KonfigError(failure('installation_missing'))
  const found = await attempt(() => openInstallation(records, master, previous))
  const installation = found instanceof KonfigError ? undefined : found
  const known: Known = { owners: new Map(), heads: new Map(), records: [], tenants: 0 }
  const { stores, away } = await reach(place)
  told('records')
  if (installation !== undefined)
    for (const stored of stores.values()) await lookAtRecords(stored.records, installation, known)
  const damaged: Damage[] = []
  const looking: Looking = { place, installation, known, damaged }
  const [seen, opened] = [new Set<LogId>(), new Set<LogId>()]
  for (const lying of await logsIn(stores, known, away.length === 0)) {
    told(`log ${lying.log} of ${known.owners.get(lying.log)?.of ?? 'nobody that is known'}`)
    seen.add(lying.log)
    if (await lookAtLog(looking, lying)) opened.add(lying.log)
  }
  return {
    unopened: found instanceof KonfigError ? found : undefined,
    tenants: known.tenants,
    logs: seen.size,
    opened: opened.size,
    damaged,
    records: known.records,
    away,
  }
}

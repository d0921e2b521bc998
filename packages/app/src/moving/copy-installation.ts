// Copies an installation as it is, log ids, keys and all, from one store to another, while no node serves it. Owns the order of the steps.
// Promise: killed anywhere, the source is whole and serves until its platform's log has ended; by then the target is whole and serves. The same
// again goes on where it was.
import { failure, type Handle, KonfigError, type LogId, type PlaceId } from '@konfig/core'
import {
  beginCopy,
  copyCollection,
  copyLog,
  copySnapshot,
  type Ends,
  finishCopy,
  type KeyRings,
  mainJournal,
  openKeyRings,
  openLog,
  placeOf,
  type SealedRecords,
  type Stored,
} from '@konfig/journal'
import { collections } from '../backup/collect.ts'
import { everyRecord, openSource, type Place } from '../backup/source.ts'
import type { DirectoryEntry } from '../directory.ts'
import { loadLog } from '../logs/load.ts'
import type { Ports } from '../ports.ts'
import { compareValues, type Pair } from './compare-values.ts'
import { endLog } from './end-log.ts'
import { type Proven, proveLog, ringOf } from './prove-log.ts'

export interface CopyInstallation {
  readonly source: Place
  readonly target: Stored
  readonly ports: Pick<Ports, 'now' | 'newId'>
  readonly dryRun: boolean
  readonly told?: (text: string) => void
}

export interface CopiedInstallation {
  readonly tenants: number
  readonly logs: number
  readonly commits: number
  readonly records: number
  /** Compared one by one; null for a dry run. */
  readonly values: number | null
  readonly dryRun: boolean
}

interface Owner {
  /** `platform`, or a tenant's name. */
  readonly name: string
  readonly config: LogId
  readonly access: LogId
}

/** All that there is, but what each store has of its own. */
const copied: readonly string[] = [...collections.directory, ...collections.rest, ...collections.left].filter(
  (collection) => collection !== 'installation',
)

/** Whose logs are in this store, the platform first. Tenants that are in a journal of their own stay there. */
const ownersIn = async (records: SealedRecords): Promise<readonly Owner[]> => {
  const platform = (await records.get<Omit<Owner, 'name'>>('platform', 'logs'))?.value
  if (platform === undefined) throw new KonfigError(failure('installation_missing'))
  const owners: Owner[] = [{ name: 'platform', config: platform.config, access: platform.access }]
  for await (const { value } of everyRecord<DirectoryEntry>(records, 'tenants'))
    if (value.journal === undefined) owners.push(value)
  return owners
}

interface Copying {
  readonly ends: Ends
  readonly rings: KeyRings
  readonly route: { readonly source: Stored; readonly target: Stored }
  readonly told: (text: string) => void
}

const copyRecords = async ({ route, told }: Copying): Promise<number> => {
  let records = 0
  for (const collection of copied) {
    told(`records: ${collection}`)
    records += await copyCollection(route.source.records, route.target.records, collection)
  }
  return records
}

/** undefined for a log that was erased: it is erased there too. */
const copyOne = async (
  { ends, rings, route, told }: Copying,
  name: string,
  log: LogId,
): Promise<Proven | undefined> => {
  const ring = await rings.load(log)
  if (ring === undefined || ring === 'destroyed' || (await ends.source.head(log)) === 'erased') {
    if (ring !== undefined) await ends.target.erase(log)
    return undefined
  }
  const head = await copyLog(ends, log, (revision) => told(`${name}: ${revision} commits copied`))
  await copySnapshot(ends, log)
  told(`${name}: comparing`)
  return proveLog(route, rings, ring, head)
}

const states = ({ source, target }: Proven): Pair => ({ source: source.state, target: target.state })

/** Ends a log in the source and brings over what it says last. One that left the source before is no concern of this copy. */
const endOne = async (
  { ends, rings, route }: Copying,
  log: LogId,
  place: { readonly from: PlaceId; readonly to: PlaceId },
  ports: CopyInstallation['ports'],
): Promise<void> => {
  if ((await ends.source.head(log)) === 'erased') return
  const sealed = openLog(route.source.journal, rings, await ringOf(rings, log))
  const loaded = await loadLog(sealed)
  const { movedTo } = loaded.state
  if (movedTo !== undefined && movedTo !== place.from && movedTo !== place.to) return
  await endLog(sealed, loaded, { ...place, journal: mainJournal }, ports)
  const [here, there] = [await ends.source.head(log), await ends.target.head(log)]
  // A copy that was served since is ahead, and its own end is none of ours.
  if (here !== 'erased' && there !== 'erased' && there < here) await copyLog(ends, log)
}

const platformState = async ({ rings, route }: Copying, { config }: Owner): Promise<Handle> =>
  (await loadLog(openLog(route.source.journal, rings, await ringOf(rings, config)))).state

/**
 * May be repeated after any failure. Refusals: `installation_missing`, `installation_moved` where it went elsewhere before, `installation_present`,
 * `journal_foreign`, `copy_diverges`, `copy_differs`, `key_wrong`, `unavailable`.
 */
export const copyInstallation = async (given: CopyInstallation): Promise<CopiedInstallation> => {
  const { source, target, ports, dryRun, told = () => undefined } = given
  const { installation, records } = await openSource(source)
  const rings = openKeyRings(records, installation, source.clock)
  const route = { source: { journal: source.journal, records: source.records }, target }
  const copying: Copying = { ends: { source: source.journal, target: target.journal }, rings, route, told }
  const owners = await ownersIn(records)
  const [platform] = owners as readonly [Owner, ...Owner[]]
  const from = await placeOf(source.records, installation, mainJournal)
  const { movedTo } = await platformState(copying, platform)
  const tenants = owners.length - 1
  const moved = new KonfigError(failure('installation_moved'))
  if (dryRun) {
    if (movedTo !== undefined && movedTo !== from) throw moved
    let [logs, commits] = [0, 0]
    for (const { config, access } of owners)
      for (const log of [access, config]) {
        const head = await source.journal.head(log)
        if (head === 'erased' || head === 0) continue
        logs += 1
        commits += head
      }
    let count = 0
    for (const collection of copied) for await (const _ of everyRecord(records, collection)) count += 1
    return { tenants, logs, commits, records: count, values: null, dryRun }
  }

  const { place, whole } = await beginCopy(source.records, target.records, installation)
  if (place === from)
    throw new KonfigError(
      failure('journal_foreign', { name: 'of the target', reason: 'is the same database as the source' }),
    )
  const ended = movedTo !== undefined && movedTo !== from
  if (ended && (movedTo !== place || !whole)) throw moved

  const end = async (): Promise<void> => {
    for (const { config, access } of owners)
      for (const log of [config, access]) await endOne(copying, log, { from, to: place }, ports)
  }
  if (ended) {
    // Proven before, and the target may have been served since: what it says is the truth by now.
    await end()
    return { tenants, logs: 2 * owners.length, commits: 0, records: 0, values: null, dryRun }
  }

  await copyRecords(copying)
  let [logs, commits, values] = [0, 0, 0]
  let above: Pair | undefined
  for (const { name, config, access } of owners) {
    const notes = await copyOne(copying, name, access)
    const proven = await copyOne(copying, name, config)
    for (const one of [notes, proven])
      if (one !== undefined) {
        logs += 1
        commits += one.source.head.revision
      }
    if (proven === undefined) continue
    above ??= states(proven)
    values += await compareValues(name, above, name === 'platform' ? undefined : states(proven))
  }
  await finishCopy(source.records, target.records)
  await end()
  // Who forgot a node running has written to records until a moment ago.
  const count = await copyRecords(copying)
  return { tenants, logs, commits, records: count, values, dryRun }
}

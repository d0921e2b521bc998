// Copies an installation as it is, log ids, keys and all, from one store to another, while no node serves it. Owns the order of the steps.
// Promise: killed anywhere, the source is whole and serves until its platform's log has ended; by then the target is whole and serves. The same
// again goes on where it was, to the end of the second pass over the records, and with `erase` until nothing is left in the source.
import { failure, KonfigError, type PlaceId } from '@konfig/core'
import {
  beginCopy,
  copyCollection,
  type CopiedRecords,
  type CopyTarget,
  dropCopied,
  eraseStore,
  finishCopy,
  hasInstallation,
  type Installation,
  knownPlace,
  type Left,
  leftFor,
  lookAtTarget,
  mainJournal,
  openInstallation,
  openKeyRings,
  openLog,
  placeOf,
  readCopied,
  saveCopied,
  type SealedRecords,
  sealedRecords,
  settleRecords,
  type Stored,
} from '@konfig/journal'
import { collections } from '../backup/collect.ts'
import { everyRecord, openSource, type Place } from '../backup/source.ts'
import { loadLog } from '../logs/load.ts'
import { runningNodes, signCountsMillis } from '../nodes/sign.ts'
import type { Ports } from '../ports.ts'
import { type Compared, compareLogs, type Copying, endLogs, isHere, refuseServed } from './copy-logs.ts'
import { forgetVacated, sayVacated } from '../places/vacated.ts'
import { logsOf, type Owner, ownersIn, type PlatformOwner, refuseHalfMoved } from './owners.ts'
import { ringOf } from './prove-log.ts'

export interface CopyInstallation {
  readonly source: Place
  /** undefined where there is nothing yet, and nothing shall be made. */
  readonly target: Stored | undefined
  /** The target as people know it; the source says so once it is erased. */
  readonly where: string
  readonly ports: Pick<Ports, 'now' | 'newId'>
  readonly dryRun: boolean
  /** Whoever asks knows that nodes whose sign of life still counts are stopped. */
  readonly nodesStopped?: boolean
  /** Take everything out of the source, once all of it was proven to be in the target. */
  readonly erase?: boolean
  readonly told?: (text: string) => void
}

export interface CopiedInstallation {
  readonly tenants: number
  readonly logs: number
  readonly commits: number
  readonly records: number
  /** Compared one by one; null where none were: for a dry run, and where all was done before. */
  readonly values: number | null
  readonly dryRun: boolean
  /** It had moved there before, and nothing of that was left to do. */
  readonly before: boolean
  /** The source holds nothing any more. */
  readonly erased: boolean
  /** Nodes that give signs of life on the source. */
  readonly running: readonly string[]
}

const every: readonly string[] = [...collections.directory, ...collections.rest, ...collections.left]
/** All that there is, but what each store has of its own. */
const copied: readonly string[] = every.filter((each) => !['installation', 'nodes', 'copied'].includes(each))

const moved = (where: string): KonfigError => new KonfigError(failure('installation_moved', { where }))
const elsewhere = 'another journal'

const refuseRunning = async (running: readonly string[], { nodesStopped = false }: CopyInstallation): Promise<void> => {
  if (running.length > 0 && !nodesStopped)
    throw new KonfigError(
      failure('nodes_running', { nodes: running.join('; '), seconds: Math.ceil(signCountsMillis / 1000) }),
    )
}

const copyRecords = async ({ route, told }: Copying): Promise<CopiedRecords> => {
  const all = new Map<string, Awaited<ReturnType<typeof copyCollection>>>()
  for (const collection of copied) {
    told(`records: ${collection}`)
    all.set(collection, await copyCollection(route.source.records, route.target.records, collection))
  }
  return all
}

/** Who forgot a node running has written records until a moment ago: looked at until there is nothing to bring. */
const settle = async ({ route, told }: Copying, first: CopiedRecords): Promise<void> => {
  for (;;) {
    let brought = 0
    for (const collection of copied) {
      told(`records, once more: ${collection}`)
      const before = first.get(collection) ?? new Map()
      brought += await settleRecords(route.source.records, route.target.records, collection, before)
    }
    if (brought === 0) break
  }
  await dropCopied(route.target.records)
}

/** Tenants that a node made which nobody stopped, since the owners of logs were looked for. */
const bringLate = async (
  { copying, owners, records }: Trip,
  place: { readonly from: PlaceId; readonly to: PlaceId },
  ports: CopyInstallation['ports'],
): Promise<void> => {
  const known = new Set(owners.map(({ access }) => access))
  const late = (await ownersIn(records, copying.rings)).filter(({ access }) => !known.has(access))
  if (late.length === 0) return
  await compareLogs(copying, [owners[0], ...late], false)
  await endLogs(copying, late, place, ports)
}

/** Undefined while the platform's log has not ended. */
const whereMoved = async ({ rings, route }: Copying, { config }: PlatformOwner): Promise<PlaceId | undefined> =>
  (await loadLog(openLog(route.source.journal, rings, await ringOf(rings, config)))).state.movedTo

const sizes = async ({ ends }: Copying, owners: readonly Owner[]): Promise<{ logs: number; commits: number }> => {
  let [logs, commits] = [0, 0]
  for (const owner of owners)
    for (const log of logsOf(owner)) {
      const head = await ends.source.head(log)
      if (head === 'erased' || head === 0) continue
      logs += 1
      commits += head
    }
  return { logs, commits }
}

const eraseSource = ({ source, told = () => undefined }: CopyInstallation, left: Left): Promise<number> =>
  eraseStore(source, left, every, (logs) => told(`${logs} logs erased`))

interface Done extends Compared {
  readonly records: number
  readonly to: PlaceId
}

/** Of a source that says only where it went, or of one that was on the way to that. */
const afterErasing = async (given: CopyInstallation, left: Left): Promise<CopiedInstallation> => {
  const { source, target, dryRun, erase = false } = given
  if (target === undefined || !(await hasInstallation(target.records))) throw moved(left.where)
  const installation = await openInstallation(target.records, source.master, source.previous)
  if ((await knownPlace(target.records, installation, 'of the target')) !== left.to) throw moved(left.where)
  if (erase && !dryRun) {
    await eraseSource(given, left)
    const from = await knownPlace(source.records, installation, 'of the source')
    if (from !== undefined) await sayVacated(sealedRecords(target.records, installation), from)
  }
  const erased = (await source.records.get({ collection: 'installation', id: 'key' })) === undefined
  return { tenants: 0, logs: 0, commits: 0, records: 0, values: null, dryRun, before: true, erased, running: [] }
}

/** What is known of a copy before anything of it is done. */
interface Trip {
  readonly copying: Copying
  readonly installation: Installation
  /** Of the source. */
  readonly records: SealedRecords
  readonly owners: readonly [PlatformOwner, ...Owner[]]
  readonly from: PlaceId
  readonly found: CopyTarget
  /** The source has ended: what remains is to finish that copy, or to hold it against the source. */
  readonly ended: boolean
  /** Records that the first pass of that copy brought, where their second pass is still owed. */
  readonly owed: CopiedRecords | undefined
  readonly running: readonly string[]
}

/** All that may refuse it. */
const lookAt = async ({ source, target }: CopyInstallation, told: (text: string) => void): Promise<Trip> => {
  const { installation, records } = await openSource(source)
  const stored: Stored = { journal: source.journal, records: source.records }
  const to: Stored = target ?? stored
  const copying: Copying = {
    ends: { source: source.journal, target: to.journal },
    route: { source: stored, target: to },
    rings: openKeyRings(records, installation, source.clock),
    ringsThere: openKeyRings(sealedRecords(to.records, installation), installation, source.clock),
    told,
  }
  const owners = await ownersIn(records, copying.rings)
  const from = await placeOf(source.records, installation, mainJournal)
  const movedTo = await whereMoved(copying, owners[0])
  const ended = movedTo !== undefined && movedTo !== from
  if (ended && (target === undefined || (await knownPlace(to.records, installation, 'of the target')) !== movedTo))
    throw moved(elsewhere)
  const found = target === undefined ? 'empty' : await lookAtTarget(source.records, target.records, installation)
  if (ended && found !== 'whole') throw moved(elsewhere)
  // Its records would be made as they are in the source before anybody compared a log.
  if (found === 'whole' && !ended)
    await refuseServed(copying, await ownersIn(sealedRecords(to.records, installation), copying.ringsThere))
  const owed = ended ? await readCopied(to.records) : undefined
  return { copying, installation, records, owners, from, found, ended, owed, running: await runningNodes(records) }
}

const countOf = (copies: CopiedRecords | undefined): number => {
  let count = 0
  for (const all of copies?.values() ?? []) count += all.size
  return count
}

/** All of a source that has not ended: copied and proven, and only then ended. */
const copyAll = async (given: CopyInstallation, trip: Trip): Promise<Done> => {
  const { source, ports, erase = false } = given
  const { copying, installation, records, owners, from } = trip
  const to = copying.route.target.records
  const place = { from, to: await beginCopy(trip.found, to, installation) }
  const first = await copyRecords(copying)
  const compared = await compareLogs(copying, owners, false)
  await refuseRunning(await runningNodes(records), given)
  await saveCopied(to, first)
  await finishCopy(source.records, to)
  await endLogs(copying, owners, place, ports)
  await bringLate(trip, place, ports)
  await settle(copying, first)
  // What landed between the comparison and the end is there too, or nothing is erased.
  if (erase) await compareLogs(copying, await ownersIn(records, copying.rings), true)
  await forgetVacated(sealedRecords(to, installation), place.to)
  return { ...compared, records: countOf(first), to: place.to }
}

/** A source that ended before was proven then; the target may have been served since, and is held against the source as far as that goes. */
const finishCopied = async ({ ports }: CopyInstallation, trip: Trip): Promise<Done> => {
  const { copying, installation, owners, from, owed } = trip
  const to = await beginCopy(trip.found, copying.route.target.records, installation)
  await endLogs(copying, owners, { from, to }, ports)
  const compared = await compareLogs(copying, owners, true)
  if (owed !== undefined) await settle(copying, owed)
  return { ...compared, records: countOf(owed), to }
}

/**
 * May be repeated after any failure. Refusals: `installation_missing`, `installation_moved` where it went elsewhere before, `installation_present`,
 * `nodes_running`, `journal_foreign`, `copy_diverges`, `copy_differs`, `key_wrong`, `unavailable`. A dry run refuses the same, but for nodes that run.
 */
export const copyInstallation = async (given: CopyInstallation): Promise<CopiedInstallation> => {
  const { source, where, dryRun, erase = false, told = () => undefined } = given
  const left = await leftFor(source.records)
  if (left !== undefined) return afterErasing(given, left)
  const trip = await lookAt(given, told)
  const { copying, installation, records, owners, from, ended, owed, running } = trip
  const before = ended && owed === undefined
  if (!before || erase) await refuseHalfMoved(records, (log) => isHere(copying, log, from))
  const tenants = owners.filter(({ config }) => config !== undefined).length - 1
  const answer = { tenants, dryRun, before, erased: false, running }

  if (dryRun) {
    let count = 0
    for (const collection of copied) for await (const _ of everyRecord(records, collection)) count += 1
    return { ...answer, ...(await sizes(copying, owners)), records: count, values: null }
  }
  if (before) await dropCopied(copying.route.target.records)
  if (before && !erase) return { ...answer, logs: owners.flatMap(logsOf).length, commits: 0, records: 0, values: null }
  await refuseRunning(running, given)

  const { to, ...done } = await (ended ? finishCopied : copyAll)(given, trip)
  if (erase) {
    await eraseSource(given, { to, where })
    await sayVacated(sealedRecords(copying.route.target.records, installation), from)
  }
  return { ...answer, ...done, erased: erase }
}

// The logs of an installation that is copied: each copied and proven, then ended in the source; or, where they had ended before, proven again as far
// as the source goes. Owns what is done with one log and what was counted; the order of the whole is not its.
import { failure, KonfigError, type LogId, type PlaceId } from '@konfig/core'
import {
  chainOfLog,
  copyLog,
  copySnapshot,
  type Ends,
  type KeyRings,
  mainJournal,
  openLog,
  type Stored,
} from '@konfig/journal'
import { loadLog } from '../logs/load.ts'
import type { Ports } from '../ports.ts'
import { compareValues, type Pair } from './compare-values.ts'
import { endLog } from './end-log.ts'
import { logsOf, type Owner } from './owners.ts'
import { type Proven, proveLog } from './prove-log.ts'

export interface Copying {
  readonly ends: Ends
  readonly route: { readonly source: Stored; readonly target: Stored }
  /** Of the source, and of the target. */
  readonly rings: KeyRings
  readonly ringsThere: KeyRings
  readonly told: (text: string) => void
}

export interface Compared {
  readonly logs: number
  readonly commits: number
  readonly values: number
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

/** The same, of a log that ended here: it may have gone on there, with keys of its own, or have been erased since. */
const proveOne = async (
  { ends, rings, ringsThere, route, told }: Copying,
  name: string,
  log: LogId,
): Promise<Proven | undefined> => {
  const [ring, there] = [await rings.load(log), await ringsThere.load(log)]
  const heads = [await ends.source.head(log), await ends.target.head(log)]
  if (ring === undefined || ring === 'destroyed' || there === 'destroyed' || heads.includes('erased')) return undefined
  if (there === undefined && heads[0] === 0) return undefined
  // A node that nobody stopped made it here since, and here alone.
  if (there === undefined)
    throw new KonfigError(failure('copy_differs', { what: `log ${log} of ${name} is not there` }))
  told(`${name}: comparing`)
  return proveLog(route, rings, ring, await chainOfLog(ends.source, log), there)
}

const states = ({ source, target }: Proven): Pair => ({ source: source.state, target: target.state })

/** Copies each log and proves it, or, where all have `ended`, proves them only; then compares every resolved value. Rejects with `copy_differs`. */
export const compareLogs = async (copying: Copying, owners: readonly Owner[], ended: boolean): Promise<Compared> => {
  const one = ended ? proveOne : copyOne
  let [logs, commits, values] = [0, 0, 0]
  let above: Pair | undefined
  for (const { name, config, access } of owners) {
    const notes = await one(copying, name, access)
    const proven = config === undefined ? undefined : await one(copying, name, config)
    for (const each of [notes, proven])
      if (each !== undefined) {
        logs += 1
        commits += each.source.head.revision
      }
    if (proven === undefined) continue
    above ??= states(proven)
    values += await compareValues(name, above, name === 'platform' ? undefined : states(proven))
  }
  return { logs, commits, values }
}

/** `owners`: those of the target. Rejects with `journal_foreign` where one of its logs is ahead of the source, which did not end: somebody served both. */
export const refuseServed = async ({ ends }: Copying, owners: readonly Owner[]): Promise<void> => {
  for (const owner of owners)
    for (const log of logsOf(owner)) {
      const [here, there] = [await ends.source.head(log), await ends.target.head(log)]
      if (here === 'erased' || there === 'erased' || there <= here) continue
      const reason = 'was served since it was copied, though the source never ended; go on with one of the two'
      throw new KonfigError(failure('journal_foreign', { name: 'of the target', reason }))
    }
}

/** Whether a log goes on in the source, or did until this copy: its rows are there, and no end that says it went to yet another place. */
export const isHere = async ({ ends, rings, route }: Copying, log: LogId, from: PlaceId): Promise<boolean> => {
  const ring = await rings.load(log)
  const head = await ends.source.head(log)
  if (ring === undefined || ring === 'destroyed' || head === 'erased' || head === 0) return false
  const { movedTo } = (await loadLog(openLog(route.source.journal, rings, ring))).state
  return movedTo === undefined || movedTo === from
}

/** Ends a log in the source and brings over what it says last. One that left the source before is no concern of this copy. */
const endOne = async (
  { ends, rings, route }: Copying,
  log: LogId,
  place: { readonly from: PlaceId; readonly to: PlaceId },
  ports: Pick<Ports, 'now' | 'newId'>,
): Promise<void> => {
  const ring = await rings.load(log)
  if (ring === undefined || ring === 'destroyed' || (await ends.source.head(log)) === 'erased') return
  const sealed = openLog(route.source.journal, rings, ring)
  const loaded = await loadLog(sealed)
  const { movedTo } = loaded.state
  if (movedTo !== undefined && movedTo !== place.from && movedTo !== place.to) return
  const called = (id: PlaceId) => ({ id, journal: mainJournal })
  await endLog(sealed, loaded, { from: called(place.from), to: called(place.to) }, ports)
  const [here, there] = [await ends.source.head(log), await ends.target.head(log)]
  // A copy that was served since is ahead, and its own end is none of ours.
  if (here !== 'erased' && there !== 'erased' && there < here) await copyLog(ends, log)
}

/** The platform's first: from then on no node can be started on the source. */
export const endLogs = async (
  copying: Copying,
  owners: readonly Owner[],
  place: { readonly from: PlaceId; readonly to: PlaceId },
  ports: Pick<Ports, 'now' | 'newId'>,
): Promise<void> => {
  for (const owner of owners) for (const log of logsOf(owner)) await endOne(copying, log, place, ports)
}

// Moves a tenant to another journal of its installation while nodes serve it: copy, prove, then one commit that ends each log where it was.
// Promise: until that commit the tenant is served from where it was, from then on from where it went; whoever finds it finishes what is left.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { chainOfLog, copyLog, copyRecord, copySnapshot, type Stored } from '@konfig/journal'
import type { App } from '../app.ts'
import { type DirectoryEntry, inJournal, livingIn } from '../directory.ts'
import { sayVacated } from '../places/vacated.ts'
import { compareValues } from './compare-values.ts'
import { endLog } from './end-log.ts'
import { type Proven, proveLog, ringOf } from './prove-log.ts'

export interface MoveTenant {
  readonly name: string
  /** Names of journals. `from` is what the caller believes, and is refused where it is not so. */
  readonly from: string
  readonly to: string
  readonly dryRun: boolean
  /** Take what is left of it in `from`, once all of that was proven to be in `to`; also of a move that was made before. */
  readonly erase?: boolean
  readonly told?: (text: string) => void
}

export interface MovedTenant {
  readonly tenant: string
  readonly from: string
  readonly to: string
  readonly logs: number
  readonly commits: number
  /** Compared one by one; null where none were: for a dry run, and where all was done before. */
  readonly values: number | null
  readonly dryRun: boolean
  /** It was there before. */
  readonly before: boolean
  /** `from` still holds rows of it. */
  readonly left: boolean
}

const storeNamed = ({ places }: App, pointer: string, name: string): Stored => {
  const store = places.stores.get(name)
  if (store !== undefined) return store
  const known = [...places.stores.keys()].join(', ')
  throw new KonfigError(failure('journal_unknown', { pointer, name, known }))
}

/**
 * Behind its rows: a key that was rotated meanwhile has sealed some of them. Looked at again, since whoever destroys a key looks for it where it is:
 * what was destroyed while it was on its way is destroyed there too.
 */
const copyKeys = async (source: Stored, target: Stored, log: LogId): Promise<void> => {
  for (;;) {
    const stored = await source.records.get({ collection: 'key-rings', id: log })
    if (stored === undefined || !(await copyRecord(target.records, stored))) return
  }
}

const copyOne = async (app: App, log: LogId, target: Stored, told: (text: string) => void): Promise<Proven> => {
  const source = storeNamed(app, 'FROM', app.places.of(log))
  const ends = { source: source.journal, target: target.journal }
  const head = await copyLog(ends, log, (revision) => told(`${revision} commits copied`))
  await copySnapshot(ends, log)
  await copyKeys(source, target, log)
  told('comparing')
  return proveLog({ source, target }, app.rings, await ringOf(app.rings, log), head)
}

/** One that was closed meanwhile goes nowhere any more. */
const activeOf = (found: DirectoryEntry, id: string): DirectoryEntry => {
  if (found.standing === 'active' && found.id === id) return found
  throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name: found.name }))
}

const entryOf = async (app: App, name: string): Promise<DirectoryEntry> => {
  const found = (await app.directory.entry(name))?.value
  if (found?.standing !== 'active') throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name }))
  await app.directory.find(name)
  return found
}

/** The logs that are not there yet, the access log first: a tenant whose configuration moved has moved whole. */
const leftToMove = async (app: App, { config, access }: DirectoryEntry, to: string): Promise<readonly LogId[]> => {
  const left: LogId[] = []
  for (const log of [access, config]) {
    // Loading one follows it to where it went, should an earlier move have been cut short.
    await app.logs.hold(log)
    if (app.places.of(log) !== to) left.push(log)
  }
  return left
}

/** Whether a journal holds rows of a log. */
const holds = async ({ journal }: Stored, log: LogId): Promise<boolean> => {
  const head = await journal.head(log)
  return head !== 'erased' && head > 0
}

const refuseGone = async ({ journal }: Stored, log: LogId, name: string, to: string): Promise<void> => {
  if ((await journal.head(log)) === 'erased')
    throw new KonfigError(
      failure('journal_foreign', {
        name: to,
        reason: `held tenant ${name} before, and erased it for good when it moved away; name another`,
      }),
    )
}

/** Proves that all that a journal still holds of a tenant is where the tenant is, and takes it. Answers how many values were compared. */
const eraseLeft = async (
  app: App,
  { name, config, access }: DirectoryEntry,
  from: string,
  told: (text: string) => void,
): Promise<number | null> => {
  const { places, rings } = app
  const source = storeNamed(app, 'FROM', from)
  let values: number | null = null
  const left: LogId[] = []
  for (const log of [access, config]) {
    if ((await source.journal.head(log)) === 'erased') continue
    left.push(log)
    if (!(await holds(source, log))) continue
    told('comparing what is to be erased')
    const route = { source, target: storeNamed(app, 'TO', places.of(log)) }
    const proven = await proveLog(route, rings, await ringOf(rings, log), await chainOfLog(source.journal, log))
    if (log !== config) continue
    const platform = { source: app.platform.state(), target: app.platform.state() }
    values = await compareValues(name, platform, { source: proven.source.state, target: proven.target.state })
  }
  for (const log of left) await places.vacate(log, from)
  const place = places.idOf(from)
  if (place !== undefined) await sayVacated(app.records, place, config)
  return values
}

/**
 * May be repeated after any failure, and finishes what was left. Refusals: `journal_unknown`, `resource_not_found`, `journal_foreign`,
 * `copy_diverges`, `copy_differs`, `unavailable`.
 */
export const moveTenant = async (
  app: App,
  { name, from, to, dryRun, erase = false, told = () => undefined }: MoveTenant,
): Promise<MovedTenant> => {
  const { places, ports } = app
  const source = storeNamed(app, 'FROM', from)
  const target = storeNamed(app, 'TO', to)
  await places.opened()
  const entry = await entryOf(app, name)
  const left = await leftToMove(app, entry, to)
  const there = places.of(entry.config)
  if (there !== from && there !== to)
    throw new KonfigError(
      failure('journal_foreign', { name: from, reason: `does not hold tenant ${name}; ${there} does` }),
    )
  const heads = await Promise.all([entry.access, entry.config].map((log) => app.journal.head(log)))
  const commits = heads.reduce<number>((sum, head) => sum + (head === 'erased' ? 0 : head), 0)
  for (const log of left) await refuseGone(target, log, name, to)
  const before = left.length === 0
  const answer = { tenant: name, from, to, logs: 2, commits, dryRun, before }
  const isLeft = async (): Promise<boolean> =>
    from !== to && ((await holds(source, entry.access)) || (await holds(source, entry.config)))
  if (dryRun) return { ...answer, values: null, left: !before || (await isLeft()) }

  const ids = { from: places.idOf(from), to: places.idOf(to) }
  if (ids.from === undefined || ids.to === undefined) throw new KonfigError(failure('moved_away', { seconds: 2 }))
  // Before a key is there: should this move come to nothing, erasing the tenant finds the copy.
  const lived = [
    { id: ids.from, journal: from, log: entry.config },
    { id: ids.to, journal: to, log: entry.config },
  ]
  await app.directory.update(name, (found) => livingIn(activeOf(found, entry.id), lived))

  const proven = new Map<LogId, Proven>()
  for (const log of left) proven.set(log, await copyOne(app, log, target, (text) => told(`${name}: ${text}`)))
  const platform = { source: app.platform.state(), target: app.platform.state() }
  const config = proven.get(entry.config)
  const tenant = config === undefined ? undefined : { source: config.source.state, target: config.target.state }
  const values = tenant === undefined ? null : await compareValues(name, platform, tenant)

  for (const [log, { sealed, source }] of proven) {
    await endLog(sealed, source, { from: { id: ids.from, journal: from }, to: { id: ids.to, journal: to } }, ports)
    await places.follow(log, ids.to)
  }
  await app.directory.update(name, (found) => (found.id === entry.id ? inJournal(found, to) : found))
  if (!erase) return { ...answer, values, left: await isLeft() }
  const compared = await eraseLeft(app, entry, from, (text) => told(`${name}: ${text}`))
  return { ...answer, values: compared ?? values, left: false }
}

// Brings an installation under another master key: first its record says that the new one takes over, then every ring is wrapped anew, and
// when a whole pass finds nothing left, the old one is dropped from the record. No log is touched and nothing is sealed again.
// Promise: killed between any two steps, who holds both keys opens everything, and the same again goes on where it was.
import { failure, KonfigError, type LogId } from '@konfig/core'
import type { Records } from '../records.ts'
import type { Installation, KeyRings } from './face.ts'
import { readInstallation, type StoredInstallation, wrapFor, writeInstallation } from './installation.ts'

export interface Rewrap {
  /** Only says what there is to do. */
  readonly dryRun: boolean
  /** Wraps everything once more, also what is under this master key: after its store rotated it. */
  readonly again: boolean
  /** Hears how far it is. */
  readonly told?: (done: { readonly logs: number; readonly rewrapped: number }) => void
}

export interface Rewrapped {
  /** Ids of master keys; `from` is undefined where nothing was under another. */
  readonly from: string | undefined
  readonly to: string
  /** Logs that have keys. */
  readonly logs: number
  /** Those whose keys were wrapped anew, or would be. */
  readonly rewrapped: number
}

interface Place {
  readonly stored: Records
  readonly installation: Installation
  readonly rings: KeyRings
}

/** Rings at work at a time: a key store far away takes its time over each. */
const atOnce = 8

const missing = (): KonfigError => new KonfigError(failure('installation_missing'))

/** Where the record stands once the new master key takes over; undefined where it says so already. */
const begun = async (
  before: StoredInstallation,
  { masters, key }: Installation,
): Promise<StoredInstallation | undefined> => {
  const { current } = masters
  const { next, ...first } = before
  if (next?.master === current.id || (next === undefined && first.master === current.id)) return undefined
  if (next === undefined) return { ...first, next: await wrapFor(current, key) }
  // Turning back to where it came from.
  if (first.master === current.id) return { format: 1, ...next, next: { master: first.master, wrapped: first.wrapped } }
  throw new KonfigError(failure('rewrap_under_way', { from: first.master, to: next.master }))
}

const begin = async (place: Place): Promise<{ readonly stored: StoredInstallation; readonly version: string }> => {
  for (;;) {
    const found = await readInstallation(place.stored)
    if (found === undefined) throw missing()
    const wanted = await begun(found.stored, place.installation)
    if (wanted === undefined) return found
    await writeInstallation(place.stored, found.version, wanted)
  }
}

/** The logs whose keys are not all under this master key. */
const passOver = async (
  { rings, installation }: Place,
  { dryRun, again, told }: Rewrap,
): Promise<{ readonly logs: number; readonly rewrapped: number }> => {
  const { current } = installation.masters
  let logs = 0
  let rewrapped = 0
  let group: LogId[] = []
  const settle = async (): Promise<void> => {
    const wrapped = await Promise.all(group.map((log) => rings.rewrap(log, current, again)))
    rewrapped += wrapped.filter((count) => count > 0).length
    group = []
    told?.({ logs, rewrapped })
  }
  for await (const { log, keys } of rings.every()) {
    logs += 1
    if (!again && keys.every(({ master }) => master === current.id)) continue
    if (dryRun) rewrapped += 1
    else group.push(log)
    if (group.length >= atOnce) await settle()
  }
  if (group.length > 0) await settle()
  return { logs, rewrapped }
}

/**
 * Rejects with `rewrap_under_way` where another one, to a third master key, was begun and not finished; with `master_key_missing` where keys are
 * wrapped under one that is not given; `unavailable`, `key_store_refuses`.
 */
export const rewrapInstallation = async (place: Place, options: Rewrap): Promise<Rewrapped> => {
  const { current } = place.installation.masters
  const before = (await readInstallation(place.stored))?.stored
  if (before === undefined) throw missing()
  const other = [before.master, before.next?.master].find((id) => id !== undefined && id !== current.id)
  if (options.dryRun) {
    await begun(before, place.installation)
    return { from: other, to: current.id, ...(await passOver(place, options)) }
  }
  const { stored, version } = await begin(place)
  const first = await passOver(place, options)
  // Others make and rotate keys meanwhile; they have wrapped under the new one since it took over, so this ends.
  const rest = { ...options, again: false }
  for (let left = first.rewrapped; left > 0; ) left = (await passOver(place, rest)).rewrapped
  const { next } = stored
  const last: StoredInstallation | undefined =
    next !== undefined
      ? { format: 1, ...next }
      : options.again
        ? { format: 1, ...(await wrapFor(current, place.installation.key)) }
        : undefined
  if (last !== undefined && !(await writeInstallation(place.stored, version, last)))
    throw new KonfigError(failure('rewrap_under_way', { from: stored.master, to: next?.master ?? stored.master }))
  return { from: other, to: current.id, ...first }
}

/** The logs that are not all under a master key that is given, and whose it is. Nothing is opened; answers quickly where no rewrap is under way. */
export const logsLacking = async ({
  stored,
  installation: { masters },
  rings,
}: Place): Promise<{ readonly id: string; readonly logs: readonly LogId[] } | undefined> => {
  const found = (await readInstallation(stored))?.stored
  if (found?.next === undefined) return undefined
  const absent: string[] = []
  for (const { master } of [found, found.next]) if ((await masters.find(master)) === undefined) absent.push(master)
  const [id] = absent
  if (id === undefined) return undefined
  const logs: LogId[] = []
  for await (const { log, keys } of rings.every())
    if (keys.some(({ master }) => (master ?? found.master) === id)) logs.push(log)
  return logs.length === 0 ? undefined : { id, logs }
}

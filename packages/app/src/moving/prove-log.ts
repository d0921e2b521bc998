// Proves that a log in its new place is the one that was copied: every row opens and continues the one before it, to the same hash, and what
// they add up to is loaded from both places. Owns the proof of one log; values are compared by whoever has the platform too.
import { failure, KonfigError, type LogId } from '@konfig/core'
import {
  type KeyRing,
  type KeyRings,
  type LogHead,
  openLog,
  type SealedLog,
  type Stored,
  verifyLog,
} from '@konfig/journal'
import { type Loaded, loadLog } from '../logs/load.ts'

export interface Route {
  readonly source: Stored
  readonly target: Stored
}

export interface Proven {
  /** In its old place. */
  readonly sealed: SealedLog
  readonly source: Loaded
  readonly target: Loaded
}

/**
 * Throws `copy_differs`. `head` is where the copy ends; others may go on writing to the source meanwhile, and to the target once the source ended.
 * `there`: the ring in the target, where that may have got versions of its own.
 */
export const proveLog = async (
  { source, target }: Route,
  rings: Pick<KeyRings, 'load'>,
  ring: KeyRing,
  head: LogHead,
  there: KeyRing = ring,
): Promise<Proven> => {
  const { log } = ring
  const differs = (what: string): KonfigError => new KonfigError(failure('copy_differs', { what }))
  const found = await verifyLog(target.journal, log, there, { heads: [head] })
  if (!found.ok) throw differs(`log ${log} at revision ${found.revision}: ${found.reason}`)
  const sealed = openLog(source.journal, rings, ring)
  // Others may have written behind it meanwhile: what is loaded is what was copied, and where that ends is known.
  const was = await loadLog(sealed, head.revision)
  const is = await loadLog(openLog(target.journal, rings, there), head.revision)
  return { sealed, source: { ...was, head }, target: is }
}

/** The keys of a log that is there. Throws `log_erased`. */
export const ringOf = async (rings: Pick<KeyRings, 'load'>, log: LogId): Promise<KeyRing> => {
  const ring = await rings.load(log)
  if (ring === undefined || ring === 'destroyed') throw new KonfigError(failure('log_erased'))
  return ring
}

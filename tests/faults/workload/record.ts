// What the clients of a run saw, in the order that it came. Owns the lists; judges nothing.
import type { Look, Read, Write, Wrong } from '../history/history.ts'

export interface Record {
  readonly now: () => number
  readonly write: (write: Write) => void
  readonly read: (read: Read) => void
  readonly look: (look: Look) => void
  readonly wrong: (wrong: Wrong) => void
  /** Somebody was told of this revision. */
  readonly told: (revision: number) => void
  /** The greatest revision that anybody was told of. */
  readonly most: () => number
  /** A version that a key was said to have. */
  readonly versions: Map<string, number>
  readonly writes: readonly Write[]
  readonly reads: readonly Read[]
  readonly looks: readonly Look[]
  readonly wrongs: readonly Wrong[]
  /** Since when nobody has been acknowledged anything. */
  readonly acknowledgedAt: () => number
}

export const openRecord = (): Record => {
  const writes: Write[] = []
  const reads: Read[] = []
  const looks: Look[] = []
  const wrongs: Wrong[] = []
  let most = 0
  let acknowledgedAt = performance.now()
  return {
    now: () => performance.now(),
    write: (write) => void writes.push(write),
    read: (read) => void reads.push(read),
    look: (look) => void looks.push(look),
    wrong: (wrong) => void wrongs.push(wrong),
    told: (revision) => {
      most = Math.max(most, revision)
      acknowledgedAt = performance.now()
    },
    most: () => most,
    acknowledgedAt: () => acknowledgedAt,
    versions: new Map(),
    writes,
    reads,
    looks,
    wrongs,
  }
}

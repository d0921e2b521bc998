// Where logs ended when something last landed in them from here. A hint for what to ask the database first; nothing is decided by it.
import type { LogId, Revision } from '@konfig/core'
import type { Batch } from '../journal.ts'

export interface KnownEnds {
  /** The first revision of the batch that this one would follow, where it is known. */
  readonly before: (batch: Pick<Batch, 'log' | 'first'>) => Revision | undefined
  /** This one landed. */
  readonly note: (batch: Pick<Batch, 'log' | 'first' | 'last'>) => void
}

/** Those that were written to last; some 200 bytes each. */
const most = 4096

export const rememberEnds = (): KnownEnds => {
  const ends = new Map<LogId, { readonly first: Revision; readonly last: Revision }>()
  return {
    before: ({ log, first }) => {
      const end = ends.get(log)
      return end?.last === first - 1 ? end.first : undefined
    },
    note: ({ log, first, last }) => {
      ends.delete(log)
      ends.set(log, { first, last })
      if (ends.size > most) for (const oldest of ends.keys()) return void ends.delete(oldest)
    },
  }
}

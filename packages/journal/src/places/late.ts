// A store that may be away: until it is open every call is refused as unavailable, so that nobody waits for it who does not need it.
// Owns the waiting; knows no backend.
import { failure, KonfigError } from '@konfig/core'
import type { Journal } from '../journal.ts'
import type { Records } from '../records.ts'

export interface Stored {
  readonly journal: Journal
  readonly records: Records
}

export interface LateStore extends Stored {
  /** It was opened, and answered when it was last asked. */
  readonly isOpen: () => boolean
}

/** `what` names it to people: `Journal eu`. What `opening` rejects with is its opener's to tell. */
export const lateStore = (what: string, opening: Promise<Stored>): LateStore => {
  let open: Stored | undefined
  let closed = false
  let answers = true
  const watching = new Map<Parameters<Journal['watch']>[0], (() => void) | undefined>()
  const opened = opening.then((stored) => {
    open = stored
    answers = true
    for (const listener of watching.keys()) watching.set(listener, stored.journal.watch(listener))
    for (const listener of watching.keys()) listener()
  })
  opened.catch(() => undefined)

  const there = (): Stored => {
    if (open === undefined || closed) throw new KonfigError(failure('unavailable', { what, seconds: 3 }))
    return open
  }
  const named = async <T>(act: (stored: Stored) => Promise<T>): Promise<T> => {
    try {
      const answer = await act(there())
      answers = true
      return answer
    } catch (reason) {
      if (!(reason instanceof KonfigError) || reason.failure.code !== 'unavailable') throw reason
      answers = false
      throw new KonfigError(failure('unavailable', { what, seconds: 3 }), { cause: reason })
    }
  }
  /** Both ports of a store are closed, in either order; what opens later is closed at once. */
  const close = async (part: (stored: Stored) => Promise<void>): Promise<void> => {
    closed = true
    if (open !== undefined) await part(open)
    else opening.then(part).catch(() => undefined)
  }

  return {
    isOpen: () => open !== undefined && !closed && answers,
    journal: {
      append: (batches) => named(({ journal }) => journal.append(batches)),
      read: (log, after, limit) => named(({ journal }) => journal.read(log, after, limit)),
      head: (log) => named(({ journal }) => journal.head(log)),
      changedSince: (cursor) => named(({ journal }) => journal.changedSince(cursor)),
      saveSnapshot: (snapshot) => named(({ journal }) => journal.saveSnapshot(snapshot)),
      loadSnapshot: (log, notAfter) => named(({ journal }) => journal.loadSnapshot(log, notAfter)),
      trim: (log, before, checkpoint) => named(({ journal }) => journal.trim(log, before, checkpoint)),
      erase: (log) => named(({ journal }) => journal.erase(log)),
      health: () => named(({ journal }) => journal.health()),
      watch: (listener) => {
        watching.set(listener, open?.journal.watch(listener))
        return () => {
          watching.get(listener)?.()
          watching.delete(listener)
        }
      },
      close: () => close(({ journal }) => journal.close()),
    },
    records: {
      get: (key) => named(({ records }) => records.get(key)),
      put: (write) => named(({ records }) => records.put(write)),
      delete: (key, expected) => named(({ records }) => records.delete(key, expected)),
      list: (collection, options) => named(({ records }) => records.list(collection, options)),
      sweep: () => named(({ records }) => records.sweep()),
      close: () => close(({ records }) => records.close()),
    },
  }
}

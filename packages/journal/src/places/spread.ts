// Several stores as one journal and one set of key rings: each log where `where` says. Owns the routing; which log is where is the caller's to know.
import { failure, isObject, type Json, KonfigError, type LogId } from '@konfig/core'
import type { Batch, ChangedLog, Journal, Landing } from '../journal.ts'
import type { KeyRings } from '../sealing/face.ts'

/** The name of the store that an installation cannot be without. */
export const mainJournal = 'main'

export interface Spread {
  /** By name; `main` is among them. */
  readonly journals: ReadonlyMap<string, Journal>
  readonly where: (log: LogId) => string
}

const isAway = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'unavailable'

const cursorsOf = (cursor: string | undefined): { readonly [name: string]: Json } => {
  try {
    const read = JSON.parse(cursor ?? '{}') as Json
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}

/** One that is not there is away: to look for a log in another store would be to find nothing, and to begin it anew. */
const named = <T>(all: ReadonlyMap<string, T>, name: string): T => {
  const found = all.get(name)
  if (found === undefined) throw new KonfigError(failure('unavailable', { what: `Journal ${name}`, seconds: 3 }))
  return found
}

/**
 * One journal of several. A store that is away refuses what concerns its own logs and nothing else: `changedSince` leaves it out and keeps its
 * cursor, unless it is `main`. `health` is that of `main`.
 */
export const spreadJournal = ({ journals, where }: Spread): Journal => {
  const main = named(journals, mainJournal)
  const at = (log: LogId): Journal => named(journals, where(log))

  const append = async (batches: readonly Batch[]): Promise<readonly Landing[]> => {
    if (batches.length === 1 && batches[0] !== undefined) return at(batches[0].log).append(batches)
    const groups = new Map<Journal, number[]>()
    for (const [index, { log }] of batches.entries()) {
      const group = groups.get(at(log))
      if (group === undefined) groups.set(at(log), [index])
      else group.push(index)
    }
    const landings: Landing[] = []
    for (const [journal, indexes] of groups) {
      const landed = await journal.append(indexes.map((index) => batches[index] as Batch)).catch((reason: unknown) => {
        // Some may be durable already: that none was stored cannot be said of the whole call any more.
        if (landings.length === 0) throw reason
        return indexes.map((): Landing => 'unknown')
      })
      for (const [turn, index] of indexes.entries()) landings[index] = landed[turn] ?? 'unknown'
    }
    return landings
  }

  const changedSince: Journal['changedSince'] = async (cursor) => {
    const before = cursorsOf(cursor)
    const cursors: { [name: string]: Json } = {}
    const changed: ChangedLog[] = []
    for (const [name, journal] of journals) {
      const own = before[name]
      try {
        const answer = await journal.changedSince(typeof own === 'string' ? own : undefined)
        cursors[name] = answer.cursor
        changed.push(...answer.changed)
      } catch (reason) {
        if (name === mainJournal || !isAway(reason)) throw reason
        if (own !== undefined) cursors[name] = own
      }
    }
    return { changed, cursor: JSON.stringify(cursors) }
  }

  return {
    append,
    changedSince,
    read: async (log, after, limit) => at(log).read(log, after, limit),
    head: async (log) => at(log).head(log),
    saveSnapshot: async (snapshot) => at(snapshot.log).saveSnapshot(snapshot),
    loadSnapshot: async (log, notAfter) => at(log).loadSnapshot(log, notAfter),
    trim: async (log, before, checkpoint) => at(log).trim(log, before, checkpoint),
    erase: async (log) => at(log).erase(log),
    watch: (listener) => {
      const stops = [...journals.values()].map((journal) => journal.watch(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    health: () => main.health(),
    close: async () => {
      for (const journal of journals.values()) await journal.close()
    },
  }
}

/** A log's keys lie beside it. */
export const spreadRings = (rings: ReadonlyMap<string, KeyRings>, where: (log: LogId) => string): KeyRings => {
  const at = (log: LogId): KeyRings => named(rings, where(log))
  return {
    create: async (log) => at(log).create(log),
    load: async (log) => at(log).load(log),
    versions: async (log) => at(log).versions(log),
    rotate: async (log) => at(log).rotate(log),
    async *every() {
      for (const each of rings.values()) yield* each.every()
    },
    // A log that moved left its keys where it was: what lies there can be opened as long as it lies there.
    rewrap: async (log, master, again) => {
      let count = 0
      for (const each of rings.values()) {
        const there = await each.versions(log)
        if (there !== undefined && there !== 'destroyed') count += await each.rewrap(log, master, again)
      }
      return count
    },
    destroy: async (log) => at(log).destroy(log),
  }
}

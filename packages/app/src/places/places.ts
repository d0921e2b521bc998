// Where each log is: in the main journal, or in another that its tenant was given or moved to. Owns what this node knows of that, and following a
// log that moved; the directory of tenants is the truth about where one is, and the log's own end about where it went.
import { failure, KonfigError, type LogId, type PlaceId } from '@konfig/core'
import {
  copyTail,
  type Clock,
  hasInstallation,
  type Installation,
  type Journal,
  type KeyRings,
  type LateStore,
  lateStore,
  mainJournal,
  openKeyRings,
  placeOf,
  replaceRecord,
  type SealedRecord,
  type SealedRecords,
  sealedRecords,
  spreadJournal,
  spreadRings,
  type Stored,
} from '@konfig/journal'
import { turningJournal, turningRings } from './turning.ts'

/** Opens a store; tries until it is there. Rejects only where nothing but a person can help. */
export type OpenStore = () => Promise<Stored>

export interface Standing {
  readonly name: string
  readonly open: boolean
}

export interface Places {
  /** All stores as one, each log where it is; the keys likewise. */
  readonly journal: Journal
  readonly rings: KeyRings
  readonly stores: ReadonlyMap<string, Stored>
  /** The name of the journal that a log is in, as far as this node knows. */
  readonly of: (log: LogId) => string
  /** The place that a log is in; undefined while that store was not reached yet. */
  readonly here: (log: LogId) => PlaceId | undefined
  /** What the directory says of a log; what the log itself said of its moves counts more. */
  readonly suppose: (log: LogId, journal: string | undefined) => void
  /**
   * Turns to where a log went: finishes the move, should its last step be missing, and tells who asked to know. Rejects with `moved_away` where no
   * store of this node is that place, `unavailable`.
   */
  readonly follow: (log: LogId, to: PlaceId) => Promise<void>
  /**
   * Takes the keys and the rows that a log left in a journal that it moved away from; a note stays there of where it is, for nodes that do not know yet.
   * For good: it cannot come back there. May be repeated after any failure.
   */
  readonly vacate: (log: LogId, journal: string) => Promise<void>
  readonly onFollow: (listener: (log: LogId, journal: string) => void) => void
  readonly idOf: (journal: string) => PlaceId | undefined
  /** The journals beside the main one. */
  readonly standing: () => readonly Standing[]
  /** Resolves when all are open; rejects with what keeps one from it. */
  readonly opened: () => Promise<void>
  /** The places that answer this node now, what each is called, and whether it has keys of the log, or had. */
  readonly look: (log: LogId) => Promise<ReadonlyMap<PlaceId, { readonly journal: string; readonly keys: boolean }>>
  /**
   * Destroys the keys of a log in these places, and in all others of this node that have them. Its rows stay where it is, for their chain, and go where
   * it was before. Rejects with `unavailable` where this node does not reach one of these.
   */
  readonly end: (log: LogId, places?: readonly PlaceId[]) => Promise<void>
  /** Destroys the keys and the content of a log in these places, and wherever else this node finds keys of it. Rejects as `end` does. */
  readonly erase: (log: LogId, places?: readonly PlaceId[]) => Promise<void>
}

export interface PlacesOptions {
  readonly main: Stored
  readonly elsewhere: ReadonlyMap<string, OpenStore>
  readonly installation: Installation
  readonly clock: Clock
  readonly onError: (reason: unknown) => void
}

const keyRings = 'key-rings'
/** In a store: its logs that moved away and were erased there, and to which place. */
const movedLogs = 'moved-logs'

const isAway = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'unavailable'

const foreign = (name: string, reason: string): KonfigError =>
  new KonfigError(failure('journal_foreign', { name, reason }))

export const openPlaces = async (options: PlacesOptions): Promise<Places> => {
  const { main, elsewhere, installation, clock, onError } = options
  const ids = new Map<string, PlaceId>([[mainJournal, await placeOf(main.records, installation, mainJournal)]])
  /** Only logs that are elsewhere, or were followed: all others are in the main journal. */
  const where = new Map<LogId, string>()
  const listeners: ((log: LogId, journal: string) => void)[] = []

  const identify = async (name: string, open: OpenStore): Promise<Stored> => {
    const stored = await open()
    if (await hasInstallation(stored.records)) throw foreign(name, 'holds an installation of its own')
    const id = await placeOf(stored.records, installation, name)
    for (const [other, known] of ids) if (known === id) throw foreign(name, `is the same database as journal ${other}`)
    ids.set(name, id)
    return stored
  }

  const openings: Promise<Stored>[] = []
  const late = new Map<string, LateStore>()
  for (const [name, open] of elsewhere) {
    const opening = identify(name, open)
    opening.catch(onError)
    openings.push(opening)
    late.set(name, lateStore(`Journal ${name}`, opening))
  }
  const stores: ReadonlyMap<string, Stored> = new Map<string, Stored>([[mainJournal, main], ...late])
  const of = (log: LogId): string => where.get(log) ?? mainJournal

  const ringsOf = ({ records }: Stored): KeyRings =>
    openKeyRings(sealedRecords(records, installation), installation, clock)
  const journals = new Map([...stores].map(([name, { journal }]) => [name, journal]))
  const rings = new Map([...stores].map(([name, stored]) => [name, ringsOf(stored)]))

  /**
   * What was rotated between the copy and the end of a log is in its old place alone, and its tail is sealed with it. A ring in the new place that went
   * on by itself stays as it is.
   */
  const bringKeys = async (log: LogId, from: string, to: string): Promise<void> => {
    const [source, target] = [stores.get(from), stores.get(to)]
    for (;;) {
      const ring = await source?.records.get({ collection: keyRings, id: log })
      const there = await target?.records.get({ collection: keyRings, id: log })
      if (target === undefined || ring === undefined || ring.version === there?.version) return
      const [old, own] = [await rings.get(from)?.load(log), await rings.get(to)?.load(log)]
      if (old === undefined || own === 'destroyed') return
      const goesOn =
        old === 'destroyed' ||
        own === undefined ||
        (own.keys.length < old.keys.length &&
          own.keys.every(({ key }, at) => Buffer.compare(key, old.keys[at]?.key ?? new Uint8Array()) === 0))
      if (!goesOn) return
      // Then looked at again: it may have been destroyed where it was.
      await replaceRecord(target.records, ring, there?.version)
    }
  }

  const notesOf = ({ records }: Stored): SealedRecords => sealedRecords(records, installation)
  const noteAt = (log: LogId, journal: string): Promise<SealedRecord<{ readonly to: PlaceId }> | undefined> => {
    const stored = stores.get(journal)
    return stored === undefined ? Promise.resolve(undefined) : notesOf(stored).get(movedLogs, log)
  }
  const tell = (log: LogId, name: string): void => {
    for (const listener of listeners) listener(log, name)
  }

  const forgetNote = async (log: LogId, name: string, stored: Stored): Promise<void> => {
    const note = await noteAt(log, name)
    if (note !== undefined) await notesOf(stored).delete(movedLogs, log, note.version)
  }

  /** Turns to where a log went that is erased where this node looked for it; false where it went nowhere. */
  const turnTo = async (log: LogId): Promise<boolean> => {
    const from = of(log)
    const to = (await noteAt(log, from))?.value.to
    if (to === undefined) return false
    const name = [...ids].find(([, id]) => id === to)?.[0]
    if (name === undefined) throw new KonfigError(failure('moved_away', { seconds: 2 }))
    // Others may have turned to it meanwhile, or beyond.
    if (of(log) !== from) return true
    where.set(log, name)
    tell(log, name)
    return name !== from
  }

  const look: Places['look'] = async (log) => {
    const found = new Map<PlaceId, { readonly journal: string; readonly keys: boolean }>()
    for (const [name, ring] of rings) {
      const id = ids.get(name)
      if (id === undefined) continue
      try {
        found.set(id, { journal: name, keys: (await ring.versions(log)) !== undefined })
      } catch (reason) {
        if (!isAway(reason)) throw reason
      }
    }
    return found
  }

  const destroy = async (
    log: LogId,
    places: readonly PlaceId[],
    behind: (name: string, journal: Journal) => Promise<void>,
  ): Promise<void> => {
    const there = await look(log)
    if ([ids.get(of(log)) ?? '', ...places].some((id) => !there.has(id)))
      throw new KonfigError(failure('unavailable', { what: 'A journal that the log is or was in', seconds: 3 }))
    for (const [id, { journal: name, keys }] of there) {
      const [journal, stored] = [journals.get(name), stores.get(name)]
      // Of a log that is no more nothing is said either.
      if (stored !== undefined) await forgetNote(log, name, stored)
      if (journal === undefined || (name !== of(log) && !keys && !places.includes(id))) continue
      await rings.get(name)?.destroy(log)
      await behind(name, journal)
    }
  }

  return {
    journal: turningJournal(spreadJournal({ journals, where: of }), turnTo),
    rings: turningRings(spreadRings(rings, of), turnTo),
    stores,
    of,
    here: (log) => ids.get(of(log)),
    idOf: (journal) => ids.get(journal),
    suppose: (log, journal) => {
      if (journal === undefined || journal === mainJournal || where.has(log)) return
      where.set(log, journal)
    },
    follow: async (log, to) => {
      const name = [...ids].find(([, id]) => id === to)?.[0]
      if (name === undefined) throw new KonfigError(failure('moved_away', { seconds: 2 }))
      const from = of(log)
      if (name !== from) {
        const [source, target] = [stores.get(from), stores.get(name)]
        if (source === undefined || target === undefined) throw new KonfigError(failure('moved_away', { seconds: 2 }))
        // Once it is erased there, all of it was seen to be here.
        if ((await noteAt(log, from)) === undefined) {
          await bringKeys(log, from, name)
          await copyTail({ source: source.journal, target: target.journal }, log).catch(async (reason: unknown) => {
            if ((await noteAt(log, from)) === undefined) throw reason
          })
        }
        where.set(log, name)
      }
      tell(log, name)
    },
    vacate: async (log, journal) => {
      const [stored, to] = [stores.get(journal), ids.get(of(log))]
      if (stored === undefined || to === undefined || journal === of(log))
        throw new KonfigError(failure('moved_away', { seconds: 2 }))
      const [notes, found] = [notesOf(stored), await noteAt(log, journal)]
      if (found?.value.to !== to) await notes.put(movedLogs, log, found?.version, { to })
      for (;;) {
        const ring = await notes.get(keyRings, log)
        if (ring === undefined || (await notes.delete(keyRings, log, ring.version))) break
      }
      await stored.journal.erase(log)
    },
    onFollow: (listener) => {
      listeners.push(listener)
    },
    standing: () => [...late].map(([name, store]) => ({ name, open: store.isOpen() })),
    opened: async () => {
      await Promise.all(openings)
    },
    look,
    end: (log, places = []) =>
      destroy(log, places, async (name, journal) => {
        if (name !== of(log)) await journal.erase(log)
      }),
    erase: (log, places = []) => destroy(log, places, (_, journal) => journal.erase(log)),
  }
}

// An installation opened to be read whole, without a node: its logs commit by commit and its records. Writes nothing.
import { type Commit, failure, KonfigError, type LogId, movedIn, type PlaceId } from '@konfig/core'
import {
  type Checkpoint,
  hasInstallation,
  type Installation,
  type Journal,
  type MasterKey,
  openInstallation,
  openLog,
  type PreviousMaster,
  type Records,
  type SealedRecord,
  type SealedRecords,
  sealedRecords,
  type Clock,
  emptyHead,
} from '@konfig/journal'
import { isErased } from '../logs/erased.ts'
import { openPlaces, type OpenStore } from '../places/places.ts'

export interface Source {
  readonly installation: Installation
  readonly records: SealedRecords
  /** What the directory says of where a log is. */
  readonly suppose: (log: LogId, journal: string | undefined) => void
  /** What a trimmed log begins with. */
  readonly begins: (log: LogId) => Promise<Checkpoint | undefined>
  /** Rejects with `installation_moved` where the log of the platform ended here and goes on elsewhere. */
  readonly refuseMoved: () => Promise<void>
  /** All commits of a log, in order, in pages; proves that they are whole. Nothing for a log that was erased. */
  readonly commits: (log: LogId) => AsyncIterable<readonly Commit[]>
}

export interface Place {
  readonly journal: Journal
  readonly records: Records
  /** Journals beside it, by name. */
  readonly elsewhere?: ReadonlyMap<string, OpenStore> | undefined
  readonly master: MasterKey
  readonly previous?: PreviousMaster | undefined
  readonly clock: Clock
}

const pageOfRecords = 500

/** Every record of a collection, in order of id. */
export async function* everyRecord<T>(records: SealedRecords, collection: string): AsyncGenerator<SealedRecord<T>> {
  let after: string | undefined
  for (;;) {
    const found = await records.list<T>(collection, {
      limit: pageOfRecords,
      ...(after === undefined ? {} : { after }),
    })
    yield* found
    after = found.at(-1)?.id
    // What a page leaves out is the adapter's: only an empty one is the end.
    if (after === undefined) return
  }
}

/** Rejects with `installation_missing`, `key_wrong`, `restore_unfinished`. */
export const openSource = async (place: Place): Promise<Source> => {
  const { journal, records: stored, elsewhere = new Map(), master, previous, clock } = place
  if (!(await hasInstallation(stored))) throw new KonfigError(failure('installation_missing'))
  const installation = await openInstallation(stored, master, previous)
  const records = sealedRecords(stored, installation)
  const places = await openPlaces({
    main: { journal, records: stored },
    elsewhere,
    installation,
    clock,
    onError: () => undefined,
  })
  await places.opened()

  const begins = async (log: LogId): Promise<Checkpoint | undefined> => {
    const ring = await places.rings.load(log)
    if (ring === undefined || ring === 'destroyed') return undefined
    return openLog(places.journal, places.rings, ring)
      .begins()
      .catch((reason: unknown) => {
        if (!isErased(reason)) throw reason
        return undefined
      })
  }

  const refuseMoved = async (): Promise<void> => {
    const log = (await records.get<{ readonly config: LogId }>('platform', 'logs'))?.value.config
    const ring = log === undefined ? undefined : await places.rings.load(log)
    if (log === undefined || ring === undefined || ring === 'destroyed') return
    const head = await places.journal.head(log)
    if (head === 'erased' || head === 0) return
    const [last] = (await openLog(places.journal, places.rings, ring).history(head - 1, 1)).toReversed()
    const movedTo = last === undefined ? undefined : movedIn(last, log)
    if (movedTo !== undefined && movedTo !== places.here(log))
      throw new KonfigError(failure('installation_moved', { where: 'another journal' }))
  }

  async function* commits(log: LogId): AsyncGenerator<readonly Commit[]> {
    const ring = await places.rings.load(log)
    if (ring === undefined || ring === 'destroyed') return
    const opened = openLog(places.journal, places.rings, ring)
    let head = emptyHead
    let movedTo: PlaceId | undefined
    try {
      for (;;) {
        const page = await opened.read(head, 50)
        if (page.head.revision === head.revision) {
          if (movedTo === undefined || movedTo === places.here(log)) return
          // The directory had not heard of the move when it was read.
          await places.follow(log, movedTo)
          continue
        }
        head = page.head
        const last = page.commits.at(-1)
        movedTo = last === undefined ? undefined : movedIn(last, log)
        if (page.commits.length > 0) yield page.commits
      }
    } catch (reason) {
      if (!isErased(reason)) throw reason
    }
  }

  return { installation, records, begins, refuseMoved, commits, suppose: places.suppose }
}

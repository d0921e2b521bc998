// An installation opened to be read whole, without a node: its logs commit by commit and its records. Writes nothing.
import { type Commit, failure, KonfigError, type LogId } from '@konfig/core'
import {
  hasInstallation,
  type Installation,
  type Journal,
  type MasterKey,
  openInstallation,
  openKeyRings,
  openLog,
  type PreviousMaster,
  type Records,
  type SealedRecord,
  type SealedRecords,
  sealedRecords,
  type Clock,
  emptyHead,
} from '@konfig/journal'

export interface Source {
  readonly installation: Installation
  readonly records: SealedRecords
  /** All commits of a log, in order, in pages; proves that they are whole. Nothing for a log that was erased. */
  readonly commits: (log: LogId) => AsyncIterable<readonly Commit[]>
}

export interface Place {
  readonly journal: Journal
  readonly records: Records
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
    if (after === undefined || found.length < pageOfRecords) return
  }
}

const isErased = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'log_erased'

/** Rejects with `installation_missing`, `key_wrong`, `restore_unfinished`. */
export const openSource = async ({ journal, records: stored, master, previous, clock }: Place): Promise<Source> => {
  if (!(await hasInstallation(stored))) throw new KonfigError(failure('installation_missing'))
  const installation = await openInstallation(stored, master, previous)
  const records = sealedRecords(stored, installation)
  const rings = openKeyRings(records, installation, clock)

  async function* commits(log: LogId): AsyncGenerator<readonly Commit[]> {
    const ring = await rings.load(log)
    if (ring === undefined || ring === 'destroyed') return
    const opened = openLog(journal, rings, ring)
    let head = emptyHead
    try {
      for (;;) {
        const page = await opened.read(head, 50)
        if (page.head.revision === head.revision) return
        head = page.head
        if (page.commits.length > 0) yield page.commits
      }
    } catch (reason) {
      if (!isErased(reason)) throw reason
    }
  }

  return { installation, records, commits }
}

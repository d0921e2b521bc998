// One sealed log as the application uses it: reads, appends and snapshots with the chain checked. Holds keys, never a state.
import { setImmediate as giveWay } from 'node:timers/promises'
import { type Commit, failure, KonfigError } from '@konfig/core'
import type { Batch, Journal, StoredBatch } from '../journal.ts'
import { chain, keyVersionOf, openBatch, sealBatch } from './batch.ts'
import { openCheckpoint } from './checkpoint.ts'
import { corrupt, erased } from './corrupt.ts'
import type { ChainHash, Checkpoint, KeyRing, KeyRings, LogHead, SealedLog } from './face.ts'
import { readHeader } from './header.ts'
import { settle } from './settle.ts'
import { findSnapshot, saveSnapshot } from './snapshot.ts'

const pageSize = 1000
/** Batches opened in one go, before others get their turn. */
const batchesPerTurn = 100

/** Opens a log with its keys; `rings` is asked again when a batch was sealed with a version that another node added. */
export const openLog = (journal: Journal, rings: Pick<KeyRings, 'load'>, opened: KeyRing): SealedLog => {
  const { log } = opened
  let ring = opened

  /**
   * A ring only grows: one that lacks what this node has seen in it was put back to an older one, or is not this log's. In another place of the log it
   * may lack what was added to it where the log was before.
   */
  const renew: SealedLog['renew'] = async (where) => {
    const loaded = await rings.load(log)
    if (loaded === 'destroyed') throw erased()
    if (loaded === undefined) throw corrupt(log, 0, 'its key ring is missing')
    const seen = where === 'elsewhere' ? ring.keys.slice(0, 1) : ring.keys
    const kept = seen.every(({ key }, at) => {
      const there = loaded.keys[at]
      return there !== undefined && Buffer.compare(there.key, key) === 0
    })
    if (!kept) throw corrupt(log, 0, 'its key ring was put back to an older one')
    ring = loaded
  }

  const ringWith = async (version: number | undefined): Promise<KeyRing> => {
    if (version !== undefined && !ring.keys.some((key) => key.version === version)) await renew()
    return ring
  }

  const stored = async (after: number, limit: number): Promise<readonly StoredBatch[]> => {
    const batches = await journal.read(log, after, limit)
    if (batches === 'erased') throw erased()
    return batches
  }

  const open = async (batch: Batch, previous: ChainHash | undefined) =>
    openBatch(await ringWith(keyVersionOf(batch)), batch, previous)

  const trimmed = (batch: Batch): Checkpoint => {
    const found = openCheckpoint(batch, ring.signedBy)
    if ('refused' in found) throw corrupt(log, batch.first, found.refused)
    return found
  }

  /** Whether the log has a batch that ends exactly there with exactly that hash. */
  const continues = async ({ revision, hash }: LogHead): Promise<boolean> => {
    if (revision === 0) return false
    const [batch] = await stored(revision - 1, 1)
    const header = batch === undefined || batch.last !== revision ? undefined : readHeader(batch.payload)?.header
    return (
      batch !== undefined && header !== undefined && Buffer.compare(chain(header.previous, batch.payload), hash) === 0
    )
  }

  const readOn: SealedLog['read'] = async (from, limit = pageSize) => {
    const commits: Commit[] = []
    let head = from
    let begins: Checkpoint | undefined
    for (const [index, batch] of (await stored(from.revision, limit)).entries()) {
      if (index % batchesPerTurn === batchesPerTurn - 1) await giveWay()
      if (batch.checkpoint && batch.last > head.revision) {
        begins = trimmed(batch)
        head = { revision: begins.revision, hash: begins.hash }
        continue
      }
      if (batch.first !== head.revision + 1) throw corrupt(log, head.revision + 1, 'no batch begins there')
      const next = await open(batch, head.hash)
      for (const commit of next.commits) commits.push(commit)
      head = next.head
    }
    if (begins === undefined) return { commits, head }
    // No commits are the end of a log, and a checkpoint is never that.
    return commits.length > 0 ? { commits, head, begins } : { ...(await readOn(head, limit)), begins }
  }

  return {
    log,
    read: readOn,

    begins: async () => {
      const [first] = await stored(0, 1)
      return first?.checkpoint === true ? trimmed(first) : undefined
    },

    history: async (after, limit) => {
      const commits: Commit[] = []
      let head: LogHead | undefined
      for (const batch of await stored(after, limit)) {
        if (batch.checkpoint) continue
        if (head !== undefined && batch.first !== head.revision + 1)
          throw corrupt(log, head.revision + 1, 'no batch begins there')
        const next = await open(batch, head?.hash)
        for (const commit of next.commits) if (commit.revision > after) commits.push(commit)
        head = next.head
      }
      return commits
    },

    append: async (from, commits) => {
      if (commits.length === 0 || commits.some(({ revision }, index) => revision !== from.revision + 1 + index))
        throw new KonfigError(failure('bug'), { cause: new Error('commits must follow the head one by one') })
      const batch = await sealBatch(ring, from, commits)
      const landing = await settle(async () => (await journal.append([batch]))[0] ?? 'unknown', 'the commit')
      return landing === 'landed'
        ? { landing, head: { revision: batch.last, hash: chain(from.hash, batch.payload) } }
        : { landing }
    },

    renew,

    durableHead: () => journal.head(log),

    saveSnapshot: (head, rows) => saveSnapshot(journal, ring, head, rows),

    loadSnapshot: async (notAfter = Number.MAX_SAFE_INTEGER) => {
      for (let limit = notAfter; limit > 0; ) {
        const found = await findSnapshot(journal, log, limit)
        if (found === undefined) return undefined
        if ('unreadable' in found) {
          limit = found.unreadable - 1
          continue
        }
        if (await continues(found.head))
          return { head: found.head, slices: found.open(await ringWith(found.keyVersion)) }
        await found.drop()
        limit = found.head.revision - 1
      }
      return undefined
    },
  }
}

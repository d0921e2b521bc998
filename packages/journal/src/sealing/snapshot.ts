// Saves and loads the rows of a snapshot in slices, so that other requests are served in between. Knows nothing of what the rows mean.
import { setImmediate as giveWay } from 'node:timers/promises'
import type { LogId } from '@konfig/core'
import type { Journal } from '../journal.ts'
import { readFront, snapshotOpener, snapshotSealer } from './chunk.ts'
import { corrupt } from './corrupt.ts'
import type { KeyRing, LogHead, SnapshotRow } from './face.ts'
import { cutIntoParts, joinParts } from './parts.ts'

/** Small enough that opening one stalls nobody, large enough that zstd is worth while. */
const rowsPerChunk = 250

async function* sealRows(
  ring: KeyRing,
  head: LogHead,
  rows: Iterable<SnapshotRow> | AsyncIterable<SnapshotRow>,
): AsyncGenerator<Uint8Array> {
  const { front, seal } = snapshotSealer(ring, head)
  yield front
  let chunk: SnapshotRow[] = []
  for await (const row of eachRow(rows)) {
    chunk.push(row)
    if (chunk.length < rowsPerChunk) continue
    yield seal(chunk, false)
    chunk = []
    await giveWay()
  }
  yield seal(chunk, true)
}

const eachRow = (rows: Iterable<SnapshotRow> | AsyncIterable<SnapshotRow>) => rows

export const saveSnapshot = (
  journal: Journal,
  ring: KeyRing,
  head: LogHead,
  rows: Iterable<SnapshotRow> | AsyncIterable<SnapshotRow>,
): Promise<void> =>
  journal.saveSnapshot({ log: ring.log, revision: head.revision, parts: cutIntoParts(sealRows(ring, head, rows)) })

export interface FoundSnapshot {
  readonly head: LogHead
  readonly keyVersion: number
  readonly open: (ring: KeyRing) => AsyncIterable<Uint8Array>
  /** Lets go of one that is not wanted. */
  readonly drop: () => Promise<void>
}

async function* slices(
  log: LogId,
  head: LogHead,
  front: Uint8Array,
  frames: AsyncGenerator<Uint8Array>,
  ring: KeyRing,
): AsyncGenerator<Uint8Array> {
  const open = snapshotOpener(ring, front)
  for await (const frame of frames) {
    const { rows, last } = open(frame)
    yield rows
    if (last) return
    await giveWay()
  }
  throw corrupt(log, head.revision, 'its snapshot ends before its last chunk')
}

/** The newest snapshot not after, with what it claims to be; undefined where there is none, `unreadable` where it is none of ours. */
export const findSnapshot = async (
  journal: Journal,
  log: LogId,
  notAfter: number,
): Promise<FoundSnapshot | { readonly unreadable: number } | undefined> => {
  const stored = await journal.loadSnapshot(log, notAfter)
  if (stored === undefined) return undefined
  const frames = joinParts(stored.parts)
  const { value: front } = await frames.next()
  const claim = front === undefined ? undefined : readFront(log, front)
  const drop = async (): Promise<void> => {
    await frames.return(undefined)
  }
  if (front === undefined || claim === undefined || claim.head.revision !== stored.revision) {
    await drop()
    return { unreadable: stored.revision }
  }
  return { ...claim, drop, open: (ring) => slices(log, claim.head, front, frames, ring) }
}

// Appends a batch: one conditional put of its item, which decides. Where this node has seen the batch before, nothing else is asked.
import { hash } from 'node:crypto'
import type { Millis } from '@konfig/core'
import type { Batch, Landing } from '@konfig/journal'
import { type Database, unlessThere, type Written } from '../database.ts'
import { asChange, batchKey, firstOf, type Item, logPart, markKey, place } from '../schema/items.ts'
import type { Ends } from './ends.ts'
import { dropPieces, piecesOf, writePieces } from './pieces.ts'

const told = ['last', 'digest', 'checkpoint', 'gone'] as const

export const digestOf = (payload: Uint8Array): Uint8Array => hash('sha256', payload, 'buffer')

/** What became of a batch whose place is taken: its own bytes there are its own doing, now or in an attempt before. */
const settled = (there: Item | undefined, batch: Batch, digest: Uint8Array): Landing => {
  if (there?.gone === 'erased') return 'erased'
  if (there?.gone !== undefined || there?.checkpoint === true || there?.digest === undefined) return 'conflict'
  return there.last === batch.last && Buffer.compare(there.digest, digest) === 0 ? 'landed' : 'conflict'
}

/**
 * Whether a batch may stand where it wants to: one must end right before it. What has been there keeps its place for a day after it was
 * trimmed or erased, so that looking first and writing then cannot race. Answers its landing where that is decided already.
 */
const refused = async (database: Database, batch: Batch, digest: Uint8Array): Promise<Landing | undefined> => {
  const { log, first } = batch
  const { items } = await database.query({
    keys: { text: '#p = :p AND #s <= :s', values: { p: logPart(log), s: place(first) } },
    backwards: true,
    limit: 1,
    only: told,
  })
  const [before] = items
  if (before === undefined) return first === 1 ? undefined : 'conflict'
  if (firstOf(before) === first || before.gone !== undefined) return settled(before, batch, digest)
  return before.last === first - 1 ? undefined : 'conflict'
}

export const appendBatch = async (database: Database, ends: Ends, batch: Batch, now: Millis): Promise<Landing> => {
  const { log, first, last, payload } = batch
  const digest = digestOf(payload)
  const parts = piecesOf(payload.byteLength)
  // For a large one even what is certain is asked: its bytes are not to be sent in vain.
  const certain = parts === 0 && (first === 1 || ends.has(log, first - 1))
  const decided = certain ? undefined : await refused(database, batch, digest)
  if (decided !== undefined) return learned(ends, batch, decided)

  const mark = markKey(log, first, digest)
  if (parts > 0) await writePieces(database, mark, payload, now)
  const item: Item = {
    ...batchKey(log, first),
    last,
    digest,
    bytes: payload.byteLength,
    ...(parts > 0 ? { parts } : { payload }),
    ...asChange(now),
  }
  const written: Written = await database.put(item, unlessThere)
  const landing = written.stored ? 'landed' : settled(written.old, batch, digest)
  if (parts > 0) {
    const clean = landing === 'landed' ? database.remove(mark) : dropPieces(database, log, { mark })
    // What stays is found by the sweep.
    await clean.catch(() => undefined)
  }
  return learned(ends, batch, landing)
}

const learned = (ends: Ends, { log, last }: Batch, landing: Landing): Landing => {
  if (landing === 'landed') ends.learn(log, last)
  else ends.forget(log)
  return landing
}

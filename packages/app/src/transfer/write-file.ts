// Writes stored values apart from everything else: a few here, many in a thread of its own, handed over in pieces.
// Formats are written by @konfig/files.
import { type Failure, failure, KonfigError } from '@konfig/core'
import { type Layout, type StoredFormat, type StoredGroup, writeStored } from '@konfig/files'
import { inThread } from './thread.ts'

export interface WriteOptions {
  readonly format: StoredFormat
  readonly layout: Layout
}

/** A piece of what is to be written: values of one group, the first of it or more of the last one. */
export interface ToWrite extends StoredGroup {
  readonly isNew: boolean
}

/** What the thread says. */
export type Written =
  | { readonly is: 'next' }
  | { readonly is: 'written'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'refused'; readonly failure: Failure }

/** Written here: so many small values take no longer than others may be kept waiting. */
const fewValues = 200
const smallLength = 16_384
/** Handing over so many takes a few milliseconds. */
const pieceSize = 1000
/** Long texts are handed over by themselves. */
const pieceLength = 262_144

const lengthOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : typeof value === 'object' ? JSON.stringify(value).length : 8

function* piecesOf(groups: readonly StoredGroup[]): Generator<ToWrite> {
  for (const { values, ...group } of groups) {
    let isNew = true
    let piece: StoredGroup['values'][number][] = []
    let length = 0
    for (const row of values) {
      piece.push(row)
      length += lengthOf(row[1])
      if (piece.length < pieceSize && length < pieceLength) continue
      yield { ...group, isNew, values: piece }
      isNew = false
      piece = []
      length = 0
    }
    if (isNew || piece.length > 0) yield { ...group, isNew, values: piece }
  }
}

/** Stops counting where it is known to be much. */
const isSmall = (groups: readonly StoredGroup[]): boolean => {
  let count = 0
  let length = 0
  for (const { values } of groups)
    for (const [key, value] of values) {
      count++
      length += key.length + lengthOf(value)
      if (count > fewValues || length > smallLength) return false
    }
  return true
}

/** The keys of each group in order: the same state always gives the same text. */
export const inOrder = (groups: readonly StoredGroup[]): readonly StoredGroup[] =>
  groups.map((group) => ({ ...group, values: group.values.toSorted(([a], [b]) => (a < b ? -1 : 1)) }))

/** Keys in any order. Throws what the format refuses (`value_unwritable`, `names_collide`, …), `too_large`, and `overloaded` where several are being written already. */
export const writeApart = async (groups: readonly StoredGroup[], { format, layout }: WriteOptions): Promise<string> => {
  if (isSmall(groups)) {
    const written = writeStored(inOrder(groups), format, layout)
    if (!written.ok) throw new KonfigError(written.failure)
    return written.value
  }
  const pieces = piecesOf(groups)
  return inThread<Written, string>({
    script: new URL('./write-worker.ts', import.meta.url),
    data: { format, layout } satisfies WriteOptions,
    // What waits is held by the state anyway.
    length: 0,
    refusal: (excess) =>
      failure('too_large', { what: 'The export', limit: `what one answer may take of ${excess}; name a namespace` }),
    onMessage: (said, post) => {
      if (said.is === 'refused') throw new KonfigError(said.failure)
      if (said.is === 'written') return Buffer.from(said.bytes.buffer).toString('utf8')
      const { value, done } = pieces.next()
      setImmediate(() => post(done === true ? 'end' : value))
      return undefined
    },
  })
}

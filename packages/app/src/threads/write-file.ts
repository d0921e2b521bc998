// Writes values as a file apart from everything else: some here, many in a thread of its own, handed over in pieces.
// Formats are written by @konfig/files.
import { type Failure, failure, type Json, KonfigError, type Result } from '@konfig/core'
import {
  type Layout,
  type StoredFormat,
  type StoredGroup,
  type ValuesFormat,
  writeStored,
  writeValues,
} from '@konfig/files'
import { inThread } from './thread.ts'

type Row = readonly [key: string, value: Json]

/** Values that belong together: of a namespace, or of one of its environments. */
interface Group {
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
  readonly values: readonly Row[]
}

export type Writing =
  | { readonly of: 'stored'; readonly format: StoredFormat; readonly layout: Layout }
  | { readonly of: 'resolved'; readonly format: ValuesFormat; readonly layout: Layout }

/** A piece of what is to be written: values of one group, the first of it or more of the last one. */
export interface ToWrite extends Group {
  readonly isNew: boolean
}

/** What the thread says. */
export type Written =
  | { readonly is: 'next' }
  | { readonly is: 'written'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'refused'; readonly failure: Failure }

/** Written here: so many values, which are so long, take some tens of milliseconds; to start a thread takes longer. */
const fewValues = 1500
const smallLength = 131_072
/** Handing over so many takes a few milliseconds. */
const pieceSize = 1000
/** Long texts are handed over by themselves. */
const pieceLength = 262_144

const lengthOf = ([key, value]: Row): number =>
  key.length + (typeof value === 'string' ? value.length : typeof value === 'object' ? JSON.stringify(value).length : 8)

function* piecesOf(groups: readonly Group[]): Generator<ToWrite> {
  for (const { values, ...group } of groups) {
    let isNew = true
    let piece: Row[] = []
    let length = 0
    for (const row of values) {
      piece.push(row)
      length += lengthOf(row)
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
const isSmall = (groups: readonly Group[]): boolean => {
  let count = 0
  let length = 0
  for (const { values } of groups)
    for (const row of values) {
      count++
      length += lengthOf(row)
      if (count > fewValues || length > smallLength) return false
    }
  return true
}

/** Stored values come with their keys in any order, and the same state always gives the same text. */
const inOrder = (groups: readonly Group[]): readonly StoredGroup[] =>
  groups.map(({ namespace = '', values, ...group }) => ({
    ...group,
    namespace,
    values: values.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  }))

export const writeHere = (groups: readonly Group[], { of, format, layout }: Writing): Result<string> =>
  of === 'stored'
    ? writeStored(inOrder(groups), format, layout)
    : writeValues({
        groups: groups.map(({ namespace, values }) => (namespace === undefined ? { values } : { namespace, values })),
        format,
        layout,
      })

const writeApart = async (groups: readonly Group[], writing: Writing): Promise<string> => {
  if (isSmall(groups)) {
    const written = writeHere(groups, writing)
    if (!written.ok) throw new KonfigError(written.failure)
    return written.value
  }
  const pieces = piecesOf(groups)
  return inThread<Written, string>({
    script: new URL('./write-worker.ts', import.meta.url),
    data: writing,
    // What waits is held by the state anyway.
    length: 0,
    refusal: (excess) =>
      failure('too_large', { what: 'The answer', limit: `what one may take of ${excess}; ask for less at once` }),
    onMessage: (said, post) => {
      if (said.is === 'refused') throw new KonfigError(said.failure)
      if (said.is === 'written') return Buffer.from(said.bytes.buffer).toString('utf8')
      const { value, done } = pieces.next()
      setImmediate(() => post(done === true ? 'end' : value))
      return undefined
    },
  })
}

/** Keys in any order. Throws what the format refuses (`value_unwritable`, `names_collide`), `too_large`, and `overloaded` where many are being written. */
export const writeStoredApart = (
  groups: readonly StoredGroup[],
  format: StoredFormat,
  layout: Layout,
): Promise<string> => writeApart(groups, { of: 'stored', format, layout })

/** Keys in their order. Throws as `writeStoredApart` does. */
export const writeResolvedApart = (groups: readonly Group[], format: ValuesFormat, layout: Layout): Promise<string> =>
  writeApart(groups, { of: 'resolved', format, layout })

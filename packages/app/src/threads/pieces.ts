// What was read in another thread comes over in pieces: a file of a million keys in one would hold everybody up while it is
// unpacked. Owns how a content is taken apart and put together; knows neither threads nor formats.
import type { Failure } from '@konfig/core'
import type { FileContent, Plain } from '@konfig/files'

type Manifests = Extract<FileContent, { readonly kind: 'manifests' }>
type PlainContent = Extract<FileContent, { readonly kind: 'plain' }>

export type Piece =
  | { readonly is: 'refused'; readonly failure: Failure }
  | { readonly is: 'manifests'; readonly items: Manifests['manifests'] }
  | { readonly is: 'plain'; readonly plain: Omit<Plain, 'configs' | 'overrides'> }
  | { readonly is: 'configs'; readonly items: Plain['configs'] }
  | { readonly is: 'overrides'; readonly items: Plain['overrides'] }
  | { readonly is: 'end'; readonly rest: Omit<PlainContent, 'plains'> | Pick<Manifests, 'kind' | 'lines'> }

/** Unpacking so many takes a few milliseconds. */
const pieceSize = 1_000

function* sliced<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += pieceSize) yield items.slice(at, at + pieceSize)
}

export function* piecesOf(content: FileContent): Generator<Piece> {
  if (content.kind === 'manifests') {
    for (const items of sliced(content.manifests)) yield { is: 'manifests', items }
    yield { is: 'end', rest: { kind: 'manifests', lines: content.lines } }
    return
  }
  const { plains, ...rest } = content
  for (const { configs, overrides, ...plain } of plains) {
    yield { is: 'plain', plain }
    for (const items of sliced(configs)) yield { is: 'configs', items }
    for (const items of sliced(overrides)) yield { is: 'overrides', items }
  }
  yield { is: 'end', rest }
}

/** Takes pieces in their order; the last one gives the whole. */
export const assembly = (): ((piece: Piece) => FileContent | undefined) => {
  const manifests: Manifests['manifests'][number][] = []
  const plains: (Omit<Plain, 'configs' | 'overrides'> & {
    readonly configs: Plain['configs'][number][]
    readonly overrides: Plain['overrides'][number][]
  })[] = []
  return (piece) => {
    if (piece.is === 'manifests') manifests.push(...piece.items)
    else if (piece.is === 'plain') plains.push({ ...piece.plain, configs: [], overrides: [] })
    else if (piece.is === 'configs') plains.at(-1)?.configs.push(...piece.items)
    else if (piece.is === 'overrides') plains.at(-1)?.overrides.push(...piece.items)
    else if (piece.is === 'end')
      return piece.rest.kind === 'manifests' ? { ...piece.rest, manifests } : { ...piece.rest, plains }
    return undefined
  }
}

// One way to list: pages of a stable order, filters, search, sort, and a cursor that goes on exactly where the last page ended.
// Owns cursors; knows nothing of what is listed or how it is sent.
import { failure, type Json, KonfigError, stateAfter, type State } from '@konfig/core'
import { openSlices } from '@konfig/journal'
import type { Context } from './context.ts'
import type { HeldLog } from './logs/held-log.ts'
import { fitting } from './page-bytes.ts'

export interface PageQuery {
  /** 1 to 1000; 100 if it is left out. */
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  /** Part of a name or text, whatever its case. */
  readonly q?: string | undefined
  /** A field's name, with `-` before it from high to low; by name if it is left out. */
  readonly sort?: string | undefined
  /** Field -> the text that it must have; undefined asks for nothing. */
  readonly filters?: { readonly [field: string]: string | number | boolean | undefined }
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Where the next page begins; null on the last one. */
  readonly next: string | null
}

type Scalar = string | number | boolean | undefined

/** What is listed, in the order of unique positions. */
export interface Listing<T> {
  /** Items whose position comes after the given one (before it, from high to low), in that order, read only as far as a page needs. */
  readonly from: (after: string | undefined, descending: boolean) => Iterable<readonly [position: string, item: T]>
  /** Texts that `q` looks through; the position if it is left out. */
  readonly text?: (item: T) => readonly (string | undefined)[]
  /** Fields to filter and to sort by. */
  readonly fields?: { readonly [field: string]: (item: T) => Scalar }
  /** What the next pages shall be read from; see `pinnedStates`. */
  readonly pin?: Pin
  /** Where `from` stopped before the end because it had done enough for one request: the page ends there, short but with a cursor. */
  readonly stoppedAt?: () => string | undefined
}

/** Revisions that a list is read at: later pages are of the same moment, as long as this node still knows it. */
export interface Pin {
  readonly revision: number
  readonly platform: number
}

interface Cursor {
  readonly sort: string
  readonly at: string
  readonly value?: string | number | boolean
  readonly pin?: Pin
}

export const defaultLimit = 100
export const maximumLimit = 1000

/** Opaque to whoever holds it; `decodeCursor` reads it. Other lists with an order of their own (commits, audit) use the two alone. */
export const encodeCursor = (cursor: Json): string => Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url')

const malformed = (reason: string): KonfigError => new KonfigError(failure('malformed_request', { reason }))
const wrongCursor = (): KonfigError => malformed('the cursor is not one that this list gave out; ask again without it')

/** Throws `malformed_request` for what `encodeCursor` did not make; `accepts` says whether the content has the right shape. */
export const decodeCursor = <T extends Json>(text: string, accepts: (value: Json) => boolean): T => {
  let value: Json
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Json
  } catch {
    throw wrongCursor()
  }
  if (!accepts(value)) throw wrongCursor()
  return value as T
}

const isCursor = (value: unknown): value is Cursor => {
  if (typeof value !== 'object' || value === null) return false
  const { sort, at, pin } = value as Partial<Cursor>
  const pinned =
    pin === undefined ||
    (typeof pin === 'object' && Number.isSafeInteger(pin.revision) && Number.isSafeInteger(pin.platform))
  return typeof sort === 'string' && typeof at === 'string' && pinned
}

const readCursor = (text: string): Cursor => decodeCursor(text, isCursor) as unknown as Cursor

/** The states that a list is read from: the cursor's while this node still knows them, else the newest. */
export const pinnedStates = (
  context: Pick<Context, 'app' | 'log' | 'side'>,
  cursor: string | undefined,
): { readonly state: State; readonly platform: State; readonly tenant: State | undefined; readonly pin: Pin } => {
  const asked = cursor === undefined ? undefined : readCursor(cursor).pin
  const state = stateOf(context.log, asked?.revision)
  const platform = context.side === 'platform' ? state : stateOf(context.app.platform, asked?.platform)
  return {
    state,
    platform,
    tenant: context.side === 'tenant' ? state : undefined,
    pin: { revision: state.revision, platform: platform.revision },
  }
}

const stateOf = (held: HeldLog, revision: number | undefined): State => {
  const newest = held.state()
  if (revision === undefined || revision >= newest.revision || revision < newest.table.floor) return newest
  return stateAfter(newest, { revision, time: newest.time, platform: newest.platform })
}

/** Names in code unit order, each read as an item or skipped: the usual `from`. `names` must be sorted. */
export const fromNames = <T>(names: readonly string[], read: (name: string) => T | undefined): Listing<T>['from'] =>
  function* (after, descending) {
    const step = descending ? -1 : 1
    for (let at = startOf(names, after, descending); at >= 0 && at < names.length; at += step) {
      const name = names[at] as string
      const item = read(name)
      if (item !== undefined) yield [name, item]
    }
  }

const startOf = (names: readonly string[], after: string | undefined, descending: boolean): number => {
  if (after === undefined) return descending ? names.length - 1 : 0
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((names[middle] as string) < after) low = middle + 1
    else high = middle
  }
  if (descending) return low - 1
  return names[low] === after ? low + 1 : low
}

/** Two sorted lists as one, each name once. */
export const mergeNames = (a: readonly string[], b: readonly string[]): readonly string[] => {
  if (a.length === 0) return b
  if (b.length === 0) return a
  return [...new Set([...a, ...b])].sort()
}

const matcherOf = <T>(listing: Listing<T>, query: PageQuery): ((position: string, item: T) => boolean) => {
  const wanted = Object.entries(query.filters ?? {}).filter(([, value]) => value !== undefined)
  for (const [field] of wanted)
    if (listing.fields?.[field] === undefined) throw malformed('the list cannot be filtered by that field')
  const part = query.q?.toLowerCase()
  const { text = () => [] } = listing
  return (position, item) =>
    (part === undefined ||
      part === '' ||
      [position, ...text(item)].some((found) => found?.toLowerCase().includes(part) === true)) &&
    wanted.every(([field, value]) => String(listing.fields?.[field]?.(item) ?? '') === String(value))
}

const compare = (a: Scalar, b: Scalar): number => {
  if (a === b) return 0
  if (a === undefined) return -1
  if (b === undefined) return 1
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1
}

/**
 * One page, short where it would hold too many bytes. By name it reads no more than it shows (and what filters leave out); sorted by a field
 * it reads the whole list. Others have their turn meanwhile, however long the list is.
 * Throws `malformed_request` for a strange cursor, sort or filter.
 */
export const page = async <T>(listing: Listing<T>, query: PageQuery): Promise<Page<T>> => {
  const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maximumLimit)
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const sort = query.sort ?? cursor?.sort ?? 'name'
  if (cursor !== undefined && cursor.sort !== sort) throw wrongCursor()
  const descending = sort.startsWith('-')
  const field = descending ? sort.slice(1) : sort
  const matches = matcherOf(listing, query)
  const byName = field === 'name' || field === 'key'
  const fieldOf = byName ? undefined : listing.fields?.[field]
  if (!byName && fieldOf === undefined)
    throw malformed(
      `the list is sorted by ${['name', ...Object.keys(listing.fields ?? {})].join(', ')}, with - before it from high to low`,
    )
  const found =
    fieldOf === undefined
      ? await inOrder(listing, matches, cursor, descending, limit)
      : await sorted(listing, matches, cursor, descending, fieldOf, limit)
  const asked = found.slice(0, limit).map(({ item }) => item)
  const items = asked.slice(0, fitting(asked))
  const last = found.length > items.length ? found[items.length - 1] : undefined
  const at = last?.position ?? listing.stoppedAt?.()
  if (at === undefined) return { items, next: null }
  const next: Cursor = {
    sort,
    at,
    ...(last?.value === undefined ? {} : { value: last.value }),
    ...(listing.pin === undefined ? {} : { pin: listing.pin }),
  }
  return { items, next: encodeCursor(next as unknown as Json) }
}

interface Found<T> {
  readonly position: string
  readonly item: T
  readonly value: Scalar
}

/** One more than the page holds, so that it is known whether there is a next one. */
const inOrder = async <T>(
  listing: Listing<T>,
  matches: (position: string, item: T) => boolean,
  cursor: Cursor | undefined,
  descending: boolean,
  limit: number,
): Promise<readonly Found<T>[]> => {
  const found: Found<T>[] = []
  const pause = openSlices()
  for (const [position, item] of listing.from(cursor?.at, descending)) {
    const paused = pause()
    if (paused !== undefined) await paused
    if (!matches(position, item)) continue
    found.push({ position, item, value: undefined })
    if (found.length > limit) break
  }
  return found
}

/** So many more than the page holds are kept before they are thinned out to what it can still show. */
const thinnedAt = 1000

const sorted = async <T>(
  listing: Listing<T>,
  matches: (position: string, item: T) => boolean,
  cursor: Cursor | undefined,
  descending: boolean,
  fieldOf: (item: T) => Scalar,
  limit: number,
): Promise<readonly Found<T>[]> => {
  const order = (a: Omit<Found<T>, 'item'>, b: Omit<Found<T>, 'item'>): number =>
    (descending ? -1 : 1) * (compare(a.value, b.value) || compare(a.position, b.position))
  let found: Found<T>[] = []
  const pause = openSlices()
  for (const [position, item] of listing.from(undefined, false)) {
    const paused = pause()
    if (paused !== undefined) await paused
    if (!matches(position, item)) continue
    const here = { position, item, value: fieldOf(item) }
    if (cursor === undefined || order(here, { position: cursor.at, value: cursor.value }) > 0) found.push(here)
    if (found.length > limit + thinnedAt) found = found.sort(order).slice(0, limit + 1)
  }
  return found.sort(order).slice(0, limit + 1)
}

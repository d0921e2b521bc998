// Compares what is stored at two moments: configuration only, as far as the caller may read it. Resolved values are compared elsewhere.
import {
  addressOf,
  equalJson,
  groupOf,
  type Handle,
  type Identity,
  identityOf,
  isKindName,
  type Json,
  kinds,
  type Resource,
} from '@konfig/core'
import { openSlices } from '@konfig/journal'
import type { Context } from '../context.ts'
import { decodeCursor, defaultLimit, encodeCursor, maximumLimit } from '../page.ts'
import { fitting } from '../page-bytes.ts'
import { momentOf } from './moment.ts'
import type { Difference } from './read.ts'
import { mayRead } from './readable.ts'

export interface AskedPage {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface AskedDiff extends AskedPage {
  /** Moments: revisions, points or times. */
  readonly from: string
  readonly to: string
}

export interface DiffPage<T> {
  readonly from: string
  readonly to: string
  readonly items: readonly T[]
  readonly next: string | null
}

interface Cursor {
  readonly from: string
  readonly to: string
  readonly at: string
}

const isCursor = (value: Json): boolean => {
  const { from, to, at } = (value ?? {}) as Partial<Record<keyof Cursor, unknown>>
  return typeof from === 'string' && typeof to === 'string' && typeof at === 'string'
}

/** A page of items sorted by where they stand; the cursor keeps the moments that the first page was of. */
export const pageOf = <T>(
  moments: { readonly from: string; readonly to: string },
  places: readonly string[],
  render: (place: string) => T,
  { limit = defaultLimit, cursor }: AskedPage,
): DiffPage<T> => {
  const after = cursor === undefined ? undefined : readCursor(cursor).at
  const rest = after === undefined ? places : places.filter((place) => place > after)
  const rendered = rest.slice(0, Math.min(Math.max(limit, 1), maximumLimit)).map(render)
  const items = rendered.slice(0, fitting(rendered))
  const last = rest[items.length - 1]
  const next = last === undefined || items.length === rest.length ? null : encodeCursor({ ...moments, at: last })
  return { ...moments, items, next }
}

export const readCursor = (cursor: string): Cursor => decodeCursor<Json>(cursor, isCursor) as unknown as Cursor

/** Whether anything may differ in a space between a revision and the newer state. */
const maybeDiffers = (space: string, newer: Handle, since: number): boolean => {
  const [kind = '', namespace, layer] = space.split('/')
  if (!isKindName(kind) || kinds[kind].group !== 'configuration') return false
  return newer.touched(groupOf({ kind, name: '', namespace, layer })) > since
}

async function* touchedBetween(older: Handle, newer: Handle): AsyncGenerator<readonly [string, Resource]> {
  const pause = openSlices()
  for (const space of [...newer.spaces('')].filter((found) => maybeDiffers(found, newer, older.revision)))
    for (const resource of newer.records(space)) {
      const paused = pause()
      if (paused !== undefined) await paused
      if (resource.revision > older.revision) yield [space, resource]
    }
}

const same = (a: Resource | undefined, b: Resource | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalJson(a.body, b.body) && equalJson(a.labels, b.labels)

const differenceOf = (identity: Identity, was: Resource | undefined, is: Resource | undefined): Difference => ({
  ...identityOf(identity),
  op: was === undefined ? 'create' : is === undefined ? 'delete' : 'update',
  before: was?.body ?? null,
  after: is?.body ?? null,
})

/** Refuses `revision_not_found`, `malformed_request`. */
export const compareStored = async (context: Context, asked: AskedDiff): Promise<DiffPage<Difference>> => {
  const { past } = context.app
  const pinned = asked.cursor === undefined ? asked : readCursor(asked.cursor)
  const from = await past.at(context.log, (await momentOf(context, pinned.from)).revision)
  const to = await past.at(context.log, (await momentOf(context, pinned.to)).revision)
  const [older, newer] = from.revision <= to.revision ? [from, to] : [to, from]
  const found = new Map<string, Difference>()
  for await (const [space, resource] of touchedBetween(older, newer)) {
    const was = from.get(space, resource.name)
    const is = to.get(space, resource.name)
    if (same(was, is) || !mayRead(context, resource, was?.body, is?.body)) continue
    found.set(addressOf(resource), differenceOf(resource, was, is))
  }
  const moments = { from: String(from.revision), to: String(to.revision) }
  return pageOf(moments, [...found.keys()].sort(), (place) => found.get(place) as Difference, asked)
}

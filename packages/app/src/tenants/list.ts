// Pages of tenants, off the directory alone: no tenant's log is loaded for them.
import { isObject, slugRule } from '@konfig/core'
import { check, type Context } from '../context.ts'
import type { DirectoryEntry } from '../directory.ts'
import { decodeCursor, defaultLimit, encodeCursor, type Page } from '../page.ts'
import { type TenantView, viewEntry } from './view.ts'

export interface ListTenants {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  /** The beginning of a name. */
  readonly q?: string | undefined
  readonly plan?: string | undefined
  readonly brand?: string | undefined
  readonly region?: string | undefined
  readonly status?: string | undefined
  /** `tier=gold,region=eu`: all of them. A label alone asks that it is there. */
  readonly labels?: string | undefined
}

/** A page looks at this many entries at the most; then it ends, shorter than asked, with a cursor to go on. */
const looksAtMost = 10_000
const perRead = 500

const cursorOf = (name: string): string => encodeCursor({ tenant: name })

const nameOf = (cursor: string): string => {
  const { tenant } = decodeCursor<{ readonly tenant: string }>(
    cursor,
    (value) => isObject(value) && typeof value['tenant'] === 'string' && slugRule(value['tenant']) === undefined,
  )
  return tenant
}

const wantedLabels = (labels: string | undefined): readonly (readonly [string, string | undefined])[] =>
  (labels ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [part, undefined] : [part.slice(0, at), part.slice(at + 1)]
    })

const matcher = ({ plan, brand, region, status, labels }: ListTenants): ((entry: DirectoryEntry) => boolean) => {
  const wanted = wantedLabels(labels)
  return (entry) =>
    entry.standing === 'active' &&
    (plan === undefined || entry.plan === plan) &&
    (brand === undefined || entry.brand === brand) &&
    (region === undefined || entry.region === region) &&
    (status === undefined || entry.status === status) &&
    wanted.every(([label, value]) => {
      const found = Object.hasOwn(entry.labels ?? {}, label) ? entry.labels?.[label] : undefined
      return found !== undefined && (value === undefined || found === value)
    })
}

/** By name, in byte order. Tenants that come and go meanwhile are seen or not; none that stays is left out or doubled. */
export const listTenants = async (context: Context, query: ListTenants): Promise<Page<TenantView>> => {
  check(context, 'platform:read')
  const limit = query.limit ?? defaultLimit
  const prefix = query.q?.toLowerCase() ?? ''
  // What no name begins with, nobody has.
  if (!/^[a-z0-9_-]*$/.test(prefix)) return { items: [], next: null }
  const fits = matcher(query)
  const items: TenantView[] = []
  let after = query.cursor === undefined ? undefined : nameOf(query.cursor)
  for (let looked = 0; looked < looksAtMost; ) {
    const entries = await context.app.directory.list({
      limit: perRead,
      ...(after === undefined ? {} : { after }),
      prefix,
    })
    for (const entry of entries) {
      if (!fits(entry)) continue
      if (items.length === limit) return { items, next: cursorOf(items.at(-1)?.name ?? '') }
      items.push(viewEntry(entry))
    }
    if (entries.length < perRead) return { items, next: null }
    looked += entries.length
    after = entries.at(-1)?.name
  }
  return { items, next: after === undefined ? null : cursorOf(after) }
}

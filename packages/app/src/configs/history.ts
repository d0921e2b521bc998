// A key's history: the versions of its base value and of its overrides in one's own log, as one list, newest first.
// Follows the links that each change carries, so it costs what it shows, however long the log is.
import {
  addressOf,
  type Commit,
  configSpace,
  failure,
  type Identity,
  identityOf,
  isArray,
  isObject,
  type Json,
  KonfigError,
  type Resource,
  type Revision,
  type State,
} from '@konfig/core'
import { timeText } from '../changes/moment.ts'
import { changeIn, commitAt } from '../changes/versions.ts'
import { type Context, may, notFound, statesOf } from '../context.ts'
import { decodeCursor, defaultLimit, encodeCursor, maximumLimit, type Page } from '../page.ts'
import { openPageRoom } from '../page-bytes.ts'
import { allowedNamespace, type Where } from './target.ts'

export interface HistoryItem {
  readonly version: number
  readonly changeType: 'create' | 'update' | 'delete'
  /** Absent after a delete, and where a definition had no value. */
  readonly value?: Json
  readonly environment?: string
  /** On the platform's side, where a key has several. */
  readonly layer?: string
  readonly changedAt: string
  readonly changedBy: string
  readonly revision: number
  readonly message?: string
}

/** Where one resource's list of versions goes on. */
interface Thread {
  readonly identity: Identity
  readonly revision: Revision
  readonly version: number
}

const keepsHistory = (where: Where, { environment, layer }: Resource): boolean =>
  (where.environment === undefined || where.environment === environment) &&
  (where.layer === undefined || (layer ?? 'platform') === where.layer)

/** Tombstones too: what was deleted has a history. */
const recordsOf = (state: State, namespace: string, where: Where): readonly Resource[] => {
  const found: Resource[] = []
  const add = (resource: Resource | undefined): void => {
    if (resource !== undefined && keepsHistory(where, resource)) found.push(resource)
  }
  add(state.record(configSpace(namespace), where.key))
  for (const space of state.spaces(`override/${namespace}/`)) add(state.record(space, where.key))
  return found
}

const isCursor = (value: Json): boolean =>
  isArray(value) &&
  value.every(
    (part) =>
      isArray(part) &&
      part.length === 3 &&
      typeof part[0] === 'string' &&
      Number.isSafeInteger(part[1]) &&
      Number.isSafeInteger(part[2]),
  )

const threadsOf = (records: readonly Resource[], cursor: string | undefined): readonly Thread[] => {
  const newest = records.map(
    (resource): Thread => ({ identity: identityOf(resource), revision: resource.revision, version: resource.version }),
  )
  if (cursor === undefined) return newest
  const left = new Map(
    decodeCursor<readonly (readonly [string, number, number])[]>(cursor, isCursor).map(
      ([address, revision, version]) => [address, { revision, version }],
    ),
  )
  return newest.flatMap(({ identity, revision, version }) => {
    const found = left.get(addressOf(identity))
    // A cursor can only go on within what is there: it comes from outside.
    return found === undefined || found.revision > revision || found.version > version || found.revision < 1
      ? []
      : [{ identity, ...found }]
  })
}

export interface HistoryQuery {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Throws `denied`, `resource_not_found` for a key that never was in one's own log. */
export const readHistory = async (context: Context, where: Where, query: HistoryQuery): Promise<Page<HistoryItem>> => {
  const { state, platform, tenant } = statesOf(context)
  const namespace = allowedNamespace(context, { platform, tenant }, 'config:read', where)
  const records = recordsOf(state, namespace, where).filter(
    ({ environment }) =>
      environment === undefined || may(context, 'config:read', { namespace, environments: [environment] }),
  )
  if (records.length === 0 && platform.get(configSpace(namespace), where.key) === undefined)
    throw notFound('config', `${namespace}/${where.key}`)

  const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maximumLimit)
  const commits = new Map<Revision, Commit>()
  const read = async (revision: Revision): Promise<Commit> => {
    const known = commits.get(revision) ?? (await commitAt(context.log, revision))
    commits.set(revision, known)
    return known
  }
  let threads = [...threadsOf(records, query.cursor)]
  const items: HistoryItem[] = []
  const fits = openPageRoom()
  while (items.length < limit && threads.length > 0) {
    const at = threads.reduce((a, b) => (b.revision > a.revision ? b : a))
    const commit = await read(at.revision)
    const change = changeIn(commit, at.identity)
    if (change === undefined)
      throw new KonfigError(
        failure('malformed_request', { reason: 'the cursor is not one that this list gave out; ask again without it' }),
      )
    const before = change.previous === 0 ? undefined : changeIn(await read(change.previous), at.identity)
    const value = change.op === 'put' && isObject(change.body) ? change.body['value'] : undefined
    const { environment, layer } = at.identity
    const item: HistoryItem = {
      version: at.version,
      changeType: change.op === 'delete' ? 'delete' : before?.op === 'put' ? 'update' : 'create',
      ...(value === undefined ? {} : { value }),
      ...(environment === undefined ? {} : { environment }),
      ...(context.side === 'platform' ? { layer: layer ?? 'platform' } : {}),
      changedAt: timeText(commit.time),
      changedBy: commit.actor,
      revision: commit.revision,
      ...(commit.message === undefined ? {} : { message: commit.message }),
    }
    if (!fits(item)) break
    items.push(item)
    threads = threads.flatMap((thread) =>
      thread !== at
        ? [thread]
        : change.previous === 0
          ? []
          : [{ identity: at.identity, revision: change.previous, version: at.version - 1 }],
    )
  }
  const next =
    threads.length === 0
      ? null
      : encodeCursor(threads.map(({ identity, revision, version }) => [addressOf(identity), revision, version]))
  return { items, next }
}

// Says what a list of changes would do before it is made: each resource before and after and who touched it last, and every
// resolved value that would be another, in every environment. Stores nothing; owns no rule of deciding or resolving.
import {
  addressOf,
  environmentNames,
  equalJson,
  type Identity,
  identityOf,
  type Json,
  resolveKey,
  spaceOf,
  type State,
  type World,
  worldOf,
} from '@konfig/core'
import { inSlices } from '@konfig/journal'
import { type AskedChanges, intentionsOf, listedRefusal } from '../changes/apply.ts'
import type { ValueDifference } from '../changes/compare-values.ts'
import { timeText } from '../changes/moment.ts'
import { mayRead } from '../changes/readable.ts'
import { commit } from '../commit.ts'
import { type Context, may } from '../context.ts'
import { KonfigError } from '@konfig/core'
import { actorNames } from '../identity/names.ts'
import { resolveSliced } from '../values/resolve.ts'

export interface PreviewedChange extends Identity {
  readonly op: 'create' | 'update' | 'delete' | 'none'
  /** null: nothing was there, or it may not be read. */
  readonly before: Json
  readonly after: Json
  /** Of what is there now, or of what was deleted there. */
  readonly labels: Readonly<Record<string, string>> | null
  /** Of what is there now, or of what was deleted there. */
  readonly last: {
    readonly version: number
    readonly revision: number
    readonly at: string
    readonly by: string
    readonly deleted: boolean
  } | null
}

export interface PreviewedValue extends ValueDifference {
  readonly environment: string
}

export interface Preview {
  /** The revision that all of this was judged on: for `ifRevision`. */
  readonly revision: number
  /** In the order asked. */
  readonly changes: readonly PreviewedChange[]
  readonly values: readonly PreviewedValue[]
  /** More values change than are listed. */
  readonly more: boolean
  /** Values that change where the caller may not read. */
  readonly hidden: number
}

const mostValues = 1_000

interface Key {
  readonly namespace: string
  readonly key: string
}
interface Affected {
  /** Whole environments, where what they inherit from changes. */
  readonly isWhole: boolean
  readonly keys: readonly Key[]
}

const keyAt = (address: string): Key | undefined => {
  const [kind, namespace = '', ...rest] = address.split('/')
  const key = rest.at(-1)
  return (kind === 'config' || kind === 'override') && key !== undefined ? { namespace, key } : undefined
}

const referrersOf = ({ namespace, key }: Key, states: readonly State[]): readonly string[] =>
  states.flatMap((state) => [...state.referrers(`config/${namespace}/${key}`)])

/** Keys that are written, and all that refer to them over however many steps. */
const affectedBy = async (identities: readonly Identity[], states: readonly State[]): Promise<Affected> => {
  const isWhole = identities.some(({ kind }) => kind === 'environment')
  const found = new Map<string, Key>()
  const open: Key[] = []
  const add = (key: Key | undefined): void => {
    if (key === undefined || found.has(`${key.namespace}/${key.key}`)) return
    found.set(`${key.namespace}/${key.key}`, key)
    open.push(key)
  }
  for (const identity of identities) add(keyAt(addressOf(identity)))
  function* steps(): Generator<Key> {
    for (let key = open.pop(); key !== undefined; key = open.pop()) yield key
  }
  await inSlices(steps(), (key) => {
    for (const address of referrersOf(key, states)) add(keyAt(address))
  })
  return { isWhole, keys: [...found.values()] }
}

const namespacesIn = (states: readonly State[]): readonly string[] => [
  ...new Set(states.flatMap((state) => [...state.entries('namespace')].map(({ name }) => name))),
]

interface Sides {
  readonly before: World | undefined
  readonly after: World | undefined
  readonly environment: string
}

const differenceAt = ({ before, after, environment }: Sides, { namespace, key }: Key): PreviewedValue | undefined => {
  const was = before === undefined ? undefined : resolveKey(before, namespace, key)?.value
  const is = after === undefined ? undefined : resolveKey(after, namespace, key)?.value
  if (equalJson(was, is)) return undefined
  const op = was === undefined ? 'create' : is === undefined ? 'delete' : 'update'
  return { environment, namespace, key, op, before: was ?? null, after: is ?? null }
}

/** A namespace at a time, each resolved in slices: an environment may hold a million keys. */
async function* keysOf(
  { isWhole, keys }: Affected,
  { before, after }: Sides,
  namespaces: readonly string[],
): AsyncGenerator<Iterable<Key>> {
  if (!isWhole) return yield keys
  for (const namespace of namespaces) {
    const names = new Set<string>()
    for (const world of [before, after])
      if (world !== undefined)
        for (const { definition } of await resolveSliced(world, namespace)) names.add(definition.name)
    yield [...names].map((key) => ({ namespace, key }))
  }
}

const byPlace = (a: PreviewedValue, b: PreviewedValue): number => {
  const [left, right] = [a, b].map(({ namespace, key, environment }) => `${namespace}\0${key}\0${environment}`) as [
    string,
    string,
  ]
  return left < right ? -1 : 1
}

const valuesBetween = async (
  context: Context,
  identities: readonly Identity[],
  before: State,
  after: State,
): Promise<Pick<Preview, 'values' | 'more' | 'hidden'>> => {
  const platform = context.app.platform.state()
  const affected = await affectedBy(identities, [before, after, platform])
  const namespaces = affected.isWhole ? namespacesIn([platform, before, after]) : []
  const had = new Set(environmentNames(platform, before))
  const has = new Set(environmentNames(platform, after))
  const values: PreviewedValue[] = []
  let hidden = 0
  for (const environment of had.union(has)) {
    const sides: Sides = {
      environment,
      before: had.has(environment) ? worldOf(platform, before, environment) : undefined,
      after: has.has(environment) ? worldOf(platform, after, environment) : undefined,
    }
    for await (const keys of keysOf(affected, sides, namespaces))
      await inSlices(keys, (key) => {
        if (values.length > mostValues) return
        const difference = differenceAt(sides, key)
        if (difference === undefined) return
        const { namespace } = key
        if (
          may(context, 'config:read', { namespace }) &&
          may(context, 'value:read', { namespace, environments: [environment] })
        )
          values.push(difference)
        else hidden++
      })
    if (values.length > mostValues) break
  }
  values.sort(byPlace)
  return { values: values.slice(0, mostValues), more: values.length > mostValues, hidden }
}

/** Refuses what making the changes would refuse. */
export const previewChanges = async (context: Context, asked: AskedChanges): Promise<Preview> => {
  const { app, log, side } = context
  const read = intentionsOf(asked, side)
  if (!read.ok) throw new KonfigError(read.failure)
  const intentions = read.value
  const before = log.state()
  const tried = await commit({ ...context, write: { dryRun: true } }, ({ state }) => ({
    ok: true,
    value: { intentions, ifRevision: asked.ifRevision ?? state.revision },
  })).catch((reason: unknown) => {
    throw listedRefusal(reason)
  })
  const written = new Set(tried.changes.map(addressOf))
  const nameActor = actorNames(app, side, before)
  const changes: PreviewedChange[] = []
  for (const intention of intentions) {
    const record = before.record(spaceOf(intention), intention.name)
    const was = record?.deleted === false ? record : undefined
    const after = intention.op === 'put' ? intention.body : undefined
    const readable = mayRead(context, intention, was?.body, after)
    const actor = record === undefined ? undefined : await nameActor(record.updatedBy)
    const op = !written.has(addressOf(intention))
      ? 'none'
      : intention.op === 'delete'
        ? 'delete'
        : was === undefined
          ? 'create'
          : 'update'
    changes.push({
      ...identityOf(intention),
      op,
      before: readable ? (was?.body ?? null) : null,
      after: readable ? (after ?? null) : null,
      labels: readable ? (record?.labels ?? null) : null,
      last:
        record === undefined || actor === undefined
          ? null
          : {
              version: record.version,
              revision: record.revision,
              at: timeText(record.updatedAt),
              by: actor.name ?? actor.id,
              deleted: record.deleted,
            },
    })
  }
  return { revision: before.revision, changes, ...(await valuesBetween(context, tried.changes, before, tried.state)) }
}

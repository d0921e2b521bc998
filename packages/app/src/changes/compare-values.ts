// Compares resolved values: of one environment at two moments, or of two environments at one. Owns no rule of resolving.
// Only namespaces where the caller may read definitions and values are compared.
import {
  environmentNames,
  equalJson,
  type Json,
  KonfigError,
  failure,
  resolveNamespace,
  type State,
  type World,
  worldOf,
} from '@konfig/core'
import { inSlices } from '@konfig/journal'
import { type Context, may } from '../context.ts'
import { type AskedPage, type DiffPage, pageOf, readCursor } from './compare.ts'
import { momentOf } from './moment.ts'

export interface ValueDifference {
  readonly namespace: string
  readonly key: string
  readonly op: 'create' | 'update' | 'delete'
  /** null is also a value of type json: `op` says whether there was one. */
  readonly before: Json
  readonly after: Json
}

interface Side {
  readonly world: World
  readonly label: string
  readonly environment: string
}

const namespacesIn = ({ world }: Side): readonly string[] =>
  [...world.platform.entries('namespace'), ...(world.tenant?.entries('namespace') ?? [])].map(({ name }) => name)

const differencesIn = (namespace: string, from: Side, to: Side): readonly ValueDifference[] => {
  const was = resolveNamespace(from.world, namespace)
  const is = resolveNamespace(to.world, namespace)
  const found: ValueDifference[] = []
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const before = was.get(key)?.value
    const after = is.get(key)?.value
    if (equalJson(before, after)) continue
    const op = before === undefined ? 'create' : after === undefined ? 'delete' : 'update'
    found.push({ namespace, key, op, before: before ?? null, after: after ?? null })
  }
  return found
}

const compareWorlds = async (
  context: Context,
  from: Side,
  to: Side,
  asked: AskedPage,
): Promise<DiffPage<ValueDifference>> => {
  const found = new Map<string, ValueDifference>()
  const environments = [from.environment, to.environment]
  await inSlices(new Set([...namespacesIn(from), ...namespacesIn(to)]), (namespace) => {
    if (!may(context, 'config:read', { namespace }) || !may(context, 'value:read', { namespace, environments })) return
    for (const difference of differencesIn(namespace, from, to)) found.set(`${namespace}/${difference.key}`, difference)
  })
  const places = [...found.keys()].sort()
  return pageOf({ from: from.label, to: to.label }, places, (place) => found.get(place) as ValueDifference, asked)
}

const checkEnvironment = (name: string, platform: State, tenant: State | undefined): void => {
  if (!environmentNames(platform, tenant).includes(name))
    throw new KonfigError(failure('resource_not_found', { kind: 'environment', name: name.slice(0, 63) }))
}

const sideAt = async (context: Context, text: string, environment: string): Promise<Side> => {
  const { app, log, side } = context
  const moment = await momentOf(context, text)
  const platform = await app.past.at(app.platform, moment.platform)
  const tenant = side === 'tenant' ? await app.past.at(log, moment.revision) : undefined
  const label = side === 'tenant' ? `${moment.platform}-${moment.revision}` : String(moment.revision)
  return { world: worldOf(platform, tenant, environment), label, environment }
}

export interface AskedValuesDiff extends AskedPage {
  readonly from: string
  readonly to: string
  readonly environment: string
}

/** One environment at two moments; each is resolved with the platform's state of its moment. Refuses `revision_not_found`, `resource_not_found`. */
export const compareValues = async (context: Context, asked: AskedValuesDiff): Promise<DiffPage<ValueDifference>> => {
  const pinned = asked.cursor === undefined ? asked : readCursor(asked.cursor)
  const from = await sideAt(context, pinned.from, asked.environment)
  const to = await sideAt(context, pinned.to, asked.environment)
  checkEnvironment(asked.environment, to.world.platform, to.world.tenant)
  return compareWorlds(context, from, to, asked)
}

export interface AskedEnvironmentsDiff extends AskedPage {
  readonly fromEnvironment: string
  readonly toEnvironment: string
}

/** Two environments as they are now. Refuses `resource_not_found`. */
export const compareEnvironments = async (
  context: Context,
  asked: AskedEnvironmentsDiff,
): Promise<DiffPage<ValueDifference>> => {
  const platform = context.app.platform.state()
  const tenant = context.side === 'tenant' ? context.log.state() : undefined
  const sideOf = (environment: string): Side => {
    checkEnvironment(environment, platform, tenant)
    return { world: worldOf(platform, tenant, environment), label: environment, environment }
  }
  return compareWorlds(context, sideOf(asked.fromEnvironment), sideOf(asked.toEnvironment), asked)
}

// Lists what one's own layers say, and which of it a rule now forbids: where, and why. Judges by resolving, as readers would.
import {
  configSpace,
  environmentNames,
  environmentOf,
  inertIn,
  type Json,
  type Resource,
  type State,
  withDescendants,
  type World,
  worldOf,
} from '@konfig/core'
import { timeText } from '../changes/moment.ts'
import { acrossNamespaces, visibleNamespaces } from '../configs/list.ts'
import { allowedNamespace } from '../configs/target.ts'
import { type Context, may } from '../context.ts'
import { type Listing, type Page, page, type PageQuery, pinnedStates } from '../page.ts'

export interface OverrideView {
  readonly id: string
  readonly namespace: string
  readonly key: string
  readonly layer: string
  readonly environment?: string
  readonly value: Json
  readonly version: number
  readonly revision: number
  readonly updatedAt: string
  readonly updatedBy: string
  /** Where it is skipped, and the rule that forbids it; empty while it is alive everywhere. `environment` is left out for the base. */
  readonly inert: readonly { readonly environment?: string; readonly reason: string; readonly rule: string }[]
}

export interface OverridesQuery extends PageQuery {
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
  readonly inert?: boolean | undefined
}

/** A page ends, shorter than asked but with a cursor, once it has judged this many values, each in every environment that it shows in. */
const judgedAtMost = 5000

/** Own values of a namespace by key: overrides, and the base values of own definitions, which may be inert as well. */
const valuesIn = (
  state: State,
  namespace: string,
  environment: string | undefined,
): ReadonlyMap<string, readonly Resource[]> => {
  const byKey = new Map<string, Resource[]>()
  const add = (resource: Resource): void => {
    if (resource.body['value'] === undefined || (environment !== undefined && resource.environment !== environment))
      return
    const found = byKey.get(resource.name)
    if (found === undefined) byKey.set(resource.name, [resource])
    else found.push(resource)
  }
  for (const space of state.spaces(`override/${namespace}/`)) for (const resource of state.entries(space)) add(resource)
  for (const resource of state.entries(configSpace(namespace))) add(resource)
  return byKey
}

const spotOf = (resource: Resource): string => `${resource.layer ?? ''} ${resource.environment ?? ''}`

export const listOverrides = async (context: Context, query: OverridesQuery): Promise<Page<OverrideView>> => {
  const states = pinnedStates(context, query.cursor)
  const { state, platform, tenant } = states
  const { side } = context
  const only =
    query.namespace === undefined
      ? undefined
      : allowedNamespace(context, states, 'config:read', { namespace: query.namespace })
  const worlds = new Map<string, World>()
  const worldIn = (environment: string | undefined): World => {
    const known = worlds.get(environment ?? '')
    if (known !== undefined) return known
    const made = worldOf(platform, tenant, environment)
    worlds.set(environment ?? '', made)
    return made
  }
  const all = environmentNames(platform, tenant)
  let judged = 0

  /** On the platform's side a brand's or plan's values are judged in worlds of their own. */
  const worldFor = (resource: Resource, environment: string | undefined): World => {
    const [layer, name] = (resource.layer ?? '').split(':')
    const world = worldIn(environment)
    if (side === 'tenant' || name === undefined) return world
    return {
      ...world,
      brand: layer === 'brand' ? name : undefined,
      plan: layer === 'plan' ? name : undefined,
      rooms: new Map(),
    }
  }

  const inertOf = (resource: Resource): OverrideView['inert'] => {
    const { namespace = '', name, environment } = resource
    const shown = environment === undefined ? [undefined, ...all] : withDescendants(environment, platform, tenant)
    // Each is judged once in every environment that it may show in: of those there may be thousands.
    judged += shown.length
    if (environment !== undefined && environmentOf(environment, platform, tenant) === undefined)
      return [{ environment, reason: 'invalid', rule: 'belongs to an environment that is not defined' }]
    const found: OverrideView['inert'][number][] = []
    for (const where of shown)
      for (const { resource: other, verdict } of inertIn(worldFor(resource, where), namespace, name))
        if (verdict !== 'live' && other.id === resource.id)
          found.push({
            ...(where === undefined ? {} : { environment: where }),
            reason: verdict.inert,
            rule: verdict.rule,
          })
    return found
  }

  const viewOf = (resource: Resource): OverrideView => ({
    id: resource.id,
    namespace: resource.namespace ?? '',
    key: resource.name,
    layer: resource.layer ?? side,
    ...(resource.environment === undefined ? {} : { environment: resource.environment }),
    value: resource.body['value'] as Json,
    version: resource.version,
    revision: resource.revision,
    updatedAt: timeText(resource.updatedAt),
    updatedBy: resource.updatedBy,
    inert: inertOf(resource),
  })

  /** A base value of an own definition is no override: it is listed where it is inert, or counts as one. */
  const belongs = (resource: Resource, { inert }: OverrideView): boolean =>
    (resource.kind === 'override' ||
      inert.length > 0 ||
      (side === 'tenant' && platform.get(configSpace(resource.namespace ?? ''), resource.name) !== undefined)) &&
    (query.inert === undefined || query.inert === inert.length > 0)

  /** What is skipped in an environment may be set for another one, or for all. */
  const isAsked = ({ environment, inert }: OverrideView): boolean =>
    query.environment === undefined ||
    environment === query.environment ||
    (query.inert === true && inert.some((found) => found.environment === query.environment))

  let stopped: string | undefined
  const itemsIn = (namespace: string): Listing<OverrideView>['from'] =>
    function* (after, descending) {
      if (stopped !== undefined) return
      const turn = descending ? -1 : 1
      const order = (a: string, b: string): number => (a < b ? -turn : turn)
      const byKey = valuesIn(state, namespace, query.inert === true ? undefined : query.environment)
      for (const key of [...byKey.keys()].sort(order))
        for (const resource of (byKey.get(key) ?? []).toSorted((a, b) => order(spotOf(a), spotOf(b)))) {
          const position = `${key}\u0000${spotOf(resource)}`
          if (after !== undefined && (descending ? position >= after : position <= after)) continue
          if (
            resource.environment !== undefined &&
            !may(context, 'config:read', { namespace, environments: [resource.environment] })
          )
            continue
          const view = viewOf(resource)
          if (belongs(resource, view) && isAsked(view)) yield [position, view]
          if (judged < judgedAtMost) continue
          stopped = `${namespace}/${position}`
          return
        }
    }

  const namespaces = visibleNamespaces(context, states).filter((name) => only === undefined || name === only)
  return page({ pin: states.pin, from: acrossNamespaces(namespaces, itemsIn), stoppedAt: () => stopped }, query)
}

// Lists configs as their managers see them: of one namespace, or across all that the caller may see. The platform's are among them.
import { configSpace, KonfigError, type Side, type State } from '@konfig/core'
import { type Context, may } from '../context.ts'
import {
  fromNames,
  type Listing,
  mergeNames,
  type Page,
  page,
  type PageQuery,
  type Pin,
  pinnedStates,
} from '../page.ts'
import { allowedNamespace, missing, targetOf } from './target.ts'
import { type ConfigView, configView } from './view.ts'

interface States {
  readonly state: State
  readonly platform: State
  readonly tenant: State | undefined
  readonly pin: Pin
}

/** The definitions in one namespace, each as `as` makes of it; what it makes nothing of is left out. */
export const configsIn = <T>(
  side: Side,
  { state, platform, tenant }: Omit<States, 'pin'>,
  namespace: string,
  as: (config: ConfigView) => T | undefined,
): Listing<T>['from'] => {
  const space = configSpace(namespace)
  const names = mergeNames(platform.names(space), tenant?.names(space) ?? [])
  return fromNames(names, (key) => {
    const target = targetOf(side, state, platform, namespace, { namespace, key })
    return target.definition === undefined ? undefined : as(configView(target, side))
  })
}

const itself = (config: ConfigView): ConfigView => config

export const describedConfigs: Omit<Listing<ConfigView>, 'from'> = {
  text: ({ key, description }) => [key, typeof description === 'string' ? description : undefined],
  fields: {
    type: ({ type }) => type,
    definedBy: ({ definedBy }) => definedBy,
    combine: ({ combine }) => (typeof combine === 'string' ? combine : 'replace'),
    version: ({ version }) => version,
    revision: ({ revision }) => revision,
    createdAt: ({ createdAt }) => createdAt,
    updatedAt: ({ updatedAt }) => updatedAt,
    updatedBy: ({ updatedBy }) => updatedBy,
  },
}

export const listConfigs = async (context: Context, namespace: string, query: PageQuery): Promise<Page<ConfigView>> => {
  const states = pinnedStates(context, query.cursor)
  const name = allowedNamespace(context, states, 'config:read', { namespace })
  const wrong = missing(states, name, { namespace, key: '' })
  if (wrong !== undefined) throw new KonfigError(wrong)
  return page({ ...describedConfigs, pin: states.pin, from: configsIn(context.side, states, name, itself) }, query)
}

/** Namespaces that hold something of a tenant's own. */
const heldIn = (tenant: State): ReadonlySet<string> => {
  const held = new Set<string>()
  for (const prefix of ['config/', 'override/'])
    for (const space of tenant.spaces(prefix)) held.add(space.split('/')[1] ?? '')
  return held
}

/** Those that the platform took away are among them while something of one's own is left there: else nobody would find it. */
export const visibleNamespaces = (
  context: Context,
  { platform, tenant }: Pick<States, 'platform' | 'tenant'>,
): readonly string[] => {
  const held = tenant === undefined ? new Set<string>() : heldIn(tenant)
  return mergeNames(mergeNames(platform.names('namespace'), tenant?.names('namespace') ?? []), [...held].sort()).filter(
    (name) =>
      (held.has(name) || (platform.get('namespace', name) ?? tenant?.get('namespace', name)) !== undefined) &&
      may(context, 'config:read', { namespace: name }),
  )
}

/** Items of several namespaces as one list, by namespace, then in each one's own order. Positions are `namespace/rest`. */
export const acrossNamespaces = <T>(
  namespaces: readonly string[],
  itemsIn: (namespace: string) => Listing<T>['from'],
): Listing<T>['from'] =>
  function* (after, descending) {
    const slash = after?.indexOf('/') ?? -1
    const begun = after === undefined ? undefined : after.slice(0, slash)
    const within = after?.slice(slash + 1)
    for (const namespace of descending ? namespaces.toReversed() : namespaces) {
      if (begun !== undefined && (descending ? namespace > begun : namespace < begun)) continue
      for (const [position, item] of itemsIn(namespace)(namespace === begun ? within : undefined, descending))
        yield [`${namespace}/${position}`, item]
    }
  }

export interface AllConfigsQuery extends PageQuery {
  /** Name or id. */
  readonly namespace?: string | undefined
}

export const listAllConfigs = async (context: Context, query: AllConfigsQuery): Promise<Page<ConfigView>> => {
  const states = pinnedStates(context, query.cursor)
  const only =
    query.namespace === undefined
      ? undefined
      : allowedNamespace(context, states, 'config:read', { namespace: query.namespace })
  const namespaces = visibleNamespaces(context, states).filter((name) => only === undefined || name === only)
  const from = acrossNamespaces(namespaces, (namespace) => configsIn(context.side, states, namespace, itself))
  return page(
    {
      ...describedConfigs,
      fields: { ...describedConfigs.fields, namespace: ({ namespace }) => namespace },
      pin: states.pin,
      from,
    },
    query,
  )
}

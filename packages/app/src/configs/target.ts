// What a key means to whoever writes it: which resource of their own log a value of it lies in. Reads states, judges no value.
import {
  configSpace,
  definitionOf,
  environmentOf,
  failure,
  type Failure,
  type Identity,
  type JsonObject,
  overrideSpace,
  type Resource,
  type Side,
  spaceOf,
  type State,
} from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
import { type Around, findNamespace, namespaceName } from '../namespaces/find.ts'

/** A key as routes name it. */
export interface Where {
  /** Name or id. */
  readonly namespace: string
  readonly key: string
  readonly environment?: string | undefined
  /** On the platform's side: `platform` (if left out), `brand:<name>`, `plan:<name>`. A tenant has its own only. */
  readonly layer?: string | undefined
}

export interface Target {
  readonly namespace: string
  readonly key: string
  /** The resource that a PUT of a value writes. */
  readonly identity: Identity
  /** What is there of it now. */
  readonly resource: Resource | undefined
  /** The definition in force; undefined: nobody defines the key. */
  readonly definition: Resource | undefined
  readonly definedBy: Side
  /** The target is a tenant's own definition that lies dormant under the platform's. */
  readonly dormant: boolean
}

/** A key, or the one value of it that was asked for, as sentences name it. */
export const namedIn = (namespace: string, { key, layer, environment }: Where): string =>
  [
    `${namespace}/${key}`,
    ...(layer?.includes(':') === true ? [`of ${layer}`] : []),
    ...(environment === undefined ? [] : [`in ${environment}`]),
  ].join(' ')

const layerOf = (side: Side, where: Where): string => (side === 'tenant' ? 'tenant' : (where.layer ?? 'platform'))

/** Whether the definition itself is meant, and not a value at some other layer or environment. */
export const isBase = (side: Side, where: Where): boolean =>
  where.environment === undefined && layerOf(side, where) === side

const identityFor = (side: Side, state: State, platform: State, namespace: string, where: Where): Identity => {
  const { key, environment } = where
  const layer = layerOf(side, where)
  const override: Identity = {
    kind: 'override',
    namespace,
    name: key,
    layer,
    ...(environment === undefined ? {} : { environment }),
  }
  if (!isBase(side, where)) return override
  const config: Identity = { kind: 'config', namespace, name: key }
  if (side === 'platform' || state.get(configSpace(namespace), key) !== undefined) return config
  return platform.get(configSpace(namespace), key) === undefined ? config : override
}

export const targetOf = (side: Side, state: State, platform: State, namespace: string, where: Where): Target => {
  const identity = identityFor(side, state, platform, namespace, where)
  const found = definitionOf({ platform, tenant: side === 'tenant' ? state : undefined }, namespace, where.key)
  return {
    namespace,
    key: where.key,
    identity,
    resource: state.get(spaceOf(identity), identity.name),
    definition: found?.definition,
    definedBy: found?.definedBy ?? side,
    dormant: side === 'tenant' && identity.kind === 'config' && found?.definedBy === 'platform',
  }
}

/** The body of the target with another value, or with none: what else it holds stays. */
export const bodyWith = (target: Target, value: JsonObject['value'] | undefined): JsonObject => {
  const { value: _, ...rest } = target.identity.kind === 'config' ? (target.resource?.body ?? {}) : {}
  return value === undefined ? rest : { ...rest, value }
}

/** A base override that was left from when the platform defined the key: one value never has two places. */
export const orphanBase = (state: State, namespace: string, key: string): Identity | undefined =>
  state.get(overrideSpace(namespace, 'tenant'), key) === undefined
    ? undefined
    : { kind: 'override', namespace, name: key, layer: 'tenant' }

/** Why a path leads nowhere: no such namespace, no such environment. */
export const missing = (around: Around, namespace: string, where: Where): Failure | undefined => {
  if (findNamespace(around, namespace) === undefined)
    return failure('resource_not_found', { kind: 'namespace', name: namespace })
  if (where.environment !== undefined && environmentOf(where.environment, around.platform, around.tenant) === undefined)
    return failure('resource_not_found', { kind: 'environment', name: where.environment })
  return undefined
}

/** The namespace's name, once the caller may do this there; throws `denied`, and `resource_not_found` for an id of nothing. */
export const allowedNamespace = (
  context: Context,
  around: Around,
  permission: 'config:read' | 'config:write',
  where: Pick<Where, 'namespace' | 'environment'>,
): string => {
  const name = namespaceName(around, where.namespace)
  const { environment } = where
  const environments =
    environment === undefined ? (permission === 'config:write' ? ('*' as const) : undefined) : [environment]
  check(context, permission, { namespace: name ?? '*', ...(environments === undefined ? {} : { environments }) })
  if (name === undefined) throw notFound('namespace', where.namespace)
  return name
}

// The places that a value can come from, weakest first. Owns their order and who defines a key; judges no value.
import type { Side } from '../kinds/kind.ts'
import { configSpace, overrideSpace } from '../log/address.ts'
import type { Resource } from '../log/commit.ts'
import type { State } from '../state/state.ts'

/** One layer in one environment (undefined: the layer's base) of one namespace. */
export interface Slot {
  readonly layer: string
  readonly environment: string | undefined
  readonly side: Side
  /** What is written here for a key, or undefined; a definition without a value is returned too. */
  readonly written: (key: string) => Resource | undefined
}

export interface Layout {
  readonly namespace: string
  readonly slots: readonly Slot[]
}

/** What decides the order: platform, brand, plan, tenant; in each the base first, then the chain of environments. */
export interface Standing {
  readonly platform: State
  readonly tenant: State | undefined
  readonly chain: readonly string[]
  readonly plan: string | undefined
  readonly brand: string | undefined
}

/** Whether nothing was ever written there: most slots of most namespaces, left out without looking at a row. */
const isEmpty = (state: State, space: string): boolean => state.size(space) === 0

/** The base of a definition's own layer is the definition's value. */
const definitionSlot = (state: State, namespace: string): Slot => {
  const space = configSpace(namespace)
  return { layer: 'platform', environment: undefined, side: 'platform', written: (key) => state.get(space, key) }
}

/** The tenant's base: its definition's value (own or dormant), else its override of a platform's key. Never both. */
const tenantBase = (state: State, namespace: string): readonly Slot[] => {
  const definitions = configSpace(namespace)
  const overrides = overrideSpace(namespace, 'tenant')
  if (isEmpty(state, definitions) && isEmpty(state, overrides)) return []
  const written = (key: string): Resource | undefined => {
    const definition = state.get(definitions, key)
    return definition?.body['value'] === undefined ? (state.get(overrides, key) ?? definition) : definition
  }
  return [{ layer: 'tenant', environment: undefined, side: 'tenant', written }]
}

const overrideSlot = (
  state: State,
  side: Side,
  namespace: string,
  layer: string,
  environment: string | undefined,
): readonly Slot[] => {
  const space = overrideSpace(namespace, layer, environment)
  return isEmpty(state, space) ? [] : [{ layer, environment, side, written: (key) => state.get(space, key) }]
}

/** All slots of a namespace that hold anything, weakest first. */
export const layoutOf = ({ platform, tenant, chain, plan, brand }: Standing, namespace: string): Layout => {
  const inChain = (state: State, side: Side, layer: string): readonly Slot[] =>
    chain.flatMap((environment) => overrideSlot(state, side, namespace, layer, environment))
  const above = (layer: string): readonly Slot[] => [
    ...overrideSlot(platform, 'platform', namespace, layer, undefined),
    ...inChain(platform, 'platform', layer),
  ]
  return {
    namespace,
    slots: [
      definitionSlot(platform, namespace),
      ...inChain(platform, 'platform', 'platform'),
      ...(brand === undefined ? [] : above(`brand:${brand}`)),
      ...(plan === undefined ? [] : above(`plan:${plan}`)),
      ...(tenant === undefined ? [] : [...tenantBase(tenant, namespace), ...inChain(tenant, 'tenant', 'tenant')]),
    ],
  }
}

/** A key has one definition, in the weakest log that has it. */
export const definitionOf = (
  { platform, tenant }: Pick<Standing, 'platform' | 'tenant'>,
  namespace: string,
  key: string,
): { readonly definition: Resource; readonly definedBy: Side } | undefined => {
  const space = configSpace(namespace)
  const above = platform.get(space, key)
  if (above !== undefined) return { definition: above, definedBy: 'platform' }
  const own = tenant?.get(space, key)
  return own === undefined ? undefined : { definition: own, definedBy: 'tenant' }
}

/** Every key that the world defines in a namespace, the platform's first, each side in the order it was written. */
export function* definitionsIn(
  { platform, tenant }: Pick<Standing, 'platform' | 'tenant'>,
  namespace: string,
): Iterable<{ readonly definition: Resource; readonly definedBy: Side }> {
  const space = configSpace(namespace)
  for (const definition of platform.entries(space)) yield { definition, definedBy: 'platform' }
  if (tenant !== undefined)
    for (const definition of tenant.entries(space))
      if (platform.get(space, definition.name) === undefined) yield { definition, definedBy: 'tenant' }
}

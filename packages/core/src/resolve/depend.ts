// What an answer was made from, so that a cache can ask whether it still holds. Names groups of log/address.ts; resolves nothing new.
import type { Side } from '../kinds/kind.ts'
import { resolveNamespace } from './resolve.ts'
import { roomOf, tenantResource, type World } from './world.ts'

export interface Dependency {
  readonly log: Side
  /** What `State.touched` takes. */
  readonly group: string
}

const ofNamespace = ({ plan, brand, tenant }: World, namespace: string): readonly Dependency[] => [
  ...[
    'definitions',
    'platform',
    ...(brand === undefined ? [] : [`brand:${brand}`]),
    ...(plan === undefined ? [] : [`plan:${plan}`]),
  ].map((part): Dependency => ({ log: 'platform', group: `${namespace}|${part}` })),
  ...(tenant === undefined
    ? []
    : ['definitions', 'tenant'].map((part): Dependency => ({ log: 'tenant', group: `${namespace}|${part}` }))),
]

/** What the world itself rests on: environments, the tenant's plan and brand, and whether the platform has those. */
const ofWorld = ({ tenant }: World): readonly Dependency[] => {
  const body = tenantResource(tenant)?.body
  return [
    { log: 'platform', group: 'environment' },
    ...(['plan', 'brand'] as const).flatMap((kind): readonly Dependency[] =>
      body?.[kind] === undefined ? [] : [{ log: 'platform', group: kind }],
    ),
    ...(tenant === undefined
      ? []
      : (['environment', 'tenant'] as const).map((group): Dependency => ({ log: 'tenant', group }))),
  ]
}

/**
 * Every group that the answers of these namespaces depend on, those reached by references among them. While
 * `touched` of each is what it was, the same question has the same answer.
 */
export const dependenciesOf = (world: World, namespaces: readonly string[]): readonly Dependency[] => {
  for (const namespace of namespaces) resolveNamespace(world, namespace)
  const reached = new Set(namespaces)
  for (const namespace of reached) for (const target of roomOf(world, namespace).reaches) reached.add(target)
  return [...ofWorld(world), ...[...reached].flatMap((namespace) => ofNamespace(world, namespace))]
}

/**
 * Every group that a world has looked at so far. Of a world that was made for one question, what the answer to it depends on:
 * one key does not need its whole namespace for that.
 */
export const dependenciesSoFar = (world: World): readonly Dependency[] => [
  ...ofWorld(world),
  ...[...world.rooms.keys()].flatMap((namespace) => ofNamespace(world, namespace)),
]

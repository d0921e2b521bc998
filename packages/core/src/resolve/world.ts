// What resolving starts from: two states and an environment, and what is remembered while they are asked.
// Owns the memory only; rules live beside it. A world is as old as its states and is thrown away with them.
import type { Side } from '../kinds/kind.ts'
import type { Resource } from '../log/commit.ts'
import { chainOf } from '../state/environments.ts'
import type { State } from '../state/state.ts'
import type { Json } from '../values/json-value.ts'
import type { Meter } from '../values/meter.ts'
import { type Layout, layoutOf } from './layers.ts'

/** A key as it stands in one world. */
export interface Resolved {
  readonly definition: Resource
  readonly definedBy: Side
  /** undefined: no live value. */
  readonly value: Json | undefined
}

/** One namespace within a world, with what has been worked out of it so far. */
export interface Room extends Layout {
  readonly resolved: Map<string, Resolved | undefined>
  readonly heights: Map<string, number>
  /** Namespaces that its values refer to. */
  readonly reaches: Set<string>
}

export interface World {
  readonly platform: State
  /** undefined: the platform's own values, before any tenant. */
  readonly tenant: State | undefined
  /** undefined: base values only. */
  readonly environment: string | undefined
  /** The environment's ancestors, root first, and itself. */
  readonly chain: readonly string[]
  /** The tenant's plan and brand, where the platform has them. */
  readonly plan: string | undefined
  readonly brand: string | undefined
  readonly rooms: Map<string, Room>
  /** Bytes that filling in references has made so far. */
  readonly spent: { bytes: number }
  /** What checking values has cost; a commit has one for all of its worlds. */
  readonly checked: Meter
}

/** The tenant's own resource: the only one of its kind in the tenant's log. */
export const tenantResource = (tenant: State | undefined): Resource | undefined => {
  if (tenant !== undefined) for (const resource of tenant.entries('tenant')) return resource
  return undefined
}

/** A plan or brand that the platform does not have, or no longer, is an empty layer. */
const namedBy = (resource: Resource | undefined, kind: 'plan' | 'brand', platform: State): string | undefined => {
  const name = resource?.body[kind]
  return typeof name === 'string' && platform.get(kind, name) !== undefined ? name : undefined
}

export const worldOf = (
  platform: State,
  tenant: State | undefined,
  environment: string | undefined,
  checked: Meter = { steps: 0 },
): World => {
  const resource = tenantResource(tenant)
  return {
    platform,
    tenant,
    environment,
    chain: environment === undefined ? [] : chainOf(environment, platform, tenant),
    plan: namedBy(resource, 'plan', platform),
    brand: namedBy(resource, 'brand', platform),
    rooms: new Map(),
    spent: { bytes: 0 },
    checked,
  }
}

/** The same world with other layers over the platform's, and nothing remembered. */
export const withLayers = (world: World, brand: string | undefined, plan: string | undefined): World => ({
  ...world,
  brand,
  plan,
  rooms: new Map(),
  spent: { bytes: 0 },
})

export const roomOf = (world: World, namespace: string): Room => {
  const known = world.rooms.get(namespace)
  if (known !== undefined) return known
  const room: Room = { ...layoutOf(world, namespace), resolved: new Map(), heights: new Map(), reaches: new Set() }
  world.rooms.set(namespace, room)
  return room
}

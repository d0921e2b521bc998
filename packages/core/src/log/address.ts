// Where a resource stands in state: a space (an ordered table) and a key in it. Pure naming, nothing else.
import type { Identity } from './commit.ts'

/** The space of an override's slot: one layer, one environment ('' is the layer's base), one namespace. */
export const overrideSpace = (namespace: string, layer: string, environment?: string): string =>
  `override/${namespace}/${layer}/${environment ?? ''}`
export const configSpace = (namespace: string): string => `config/${namespace}`

export const spaceOf = (identity: Identity): string =>
  identity.kind === 'config'
    ? configSpace(identity.namespace ?? '')
    : identity.kind === 'override'
      ? overrideSpace(identity.namespace ?? '', identity.layer ?? '', identity.environment)
      : identity.kind

/** One string for one resource of a log: its space and its name. */
export const addressOf = (identity: Identity): string => `${spaceOf(identity)}/${identity.name}`

/** What caches depend on: everything that one layer says in one namespace, else all resources of a kind. */
export const groupOf = (identity: Identity): string =>
  identity.kind === 'config'
    ? `${identity.namespace}|definitions`
    : identity.kind === 'override'
      ? `${identity.namespace}|${identity.layer}`
      : identity.kind

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

/** An address as people read it: `config billing/timeout`, `override billing/timeout in dev`, `application shop`. */
const wordsOf = (address: string): string => {
  const [kind = '', ...parts] = address.split('/')
  if (kind !== 'override') return `${kind} ${parts.join('/')}`
  const [namespace, , environment, name] = parts
  return `override ${namespace}/${name}${environment === '' ? '' : ` in ${environment}`}`
}

const usersAtMost = 10

/** Who stands in the way of a delete, as far as a sentence can name them. */
export const usersIn = (addresses: Iterable<string>): readonly string[] => {
  const users: string[] = []
  for (const address of addresses) {
    if (users.length >= usersAtMost) break
    users.push(wordsOf(address))
  }
  return users
}

/** What caches depend on: everything that one layer says in one namespace, else all resources of a kind. */
export const groupOf = (identity: Identity): string =>
  identity.kind === 'config'
    ? `${identity.namespace}|definitions`
    : identity.kind === 'override'
      ? `${identity.namespace}|${identity.layer}`
      : identity.kind

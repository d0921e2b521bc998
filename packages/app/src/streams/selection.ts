// What a stream follows: an environment and some namespaces, an application, or all that the caller may see. Owns which namespaces that
// means in a state, and whether a caller may read them; knows no values.
import { allows, environmentOf, type Failure, failure, type Grant, namespacesOf, type State } from '@konfig/core'
import { mergeNames } from '../page.ts'

export type Selection =
  | { readonly type: 'namespaces'; readonly environment: string; readonly namespaces: readonly string[] }
  | { readonly type: 'application'; readonly environment: string; readonly application: string }
  /** `sight` is what the caller may read there: those who see the same follow the same. */
  | { readonly type: 'all'; readonly environment: string; readonly sight: readonly Grant[] }

export interface States {
  readonly platform: State
  readonly tenant: State
}

/** Equal keys, equal answers. */
export const selectionKey = (selection: Selection): string => JSON.stringify(selection)

const order = (grant: Grant): string => JSON.stringify(grant)

/** What of these grants lets values be read in the environment, in a form that is equal for equal rights. */
export const sightOf = (grants: readonly Grant[], environment: string): readonly Grant[] => {
  const readable = grants
    .filter((grant) => allows([grant], { permission: 'value:read', place: { environments: [environment] } }))
    .map(
      ({ namespaces }): Grant => ({
        permissions: ['value:read'],
        namespaces: namespaces?.toSorted(),
        environments: undefined,
      }),
    )
  const everywhere = readable.find(({ namespaces }) => namespaces === undefined)
  return everywhere === undefined ? readable.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)) : [everywhere]
}

const isThere = ({ platform, tenant }: States, name: string): boolean =>
  (platform.get('namespace', name) ?? tenant.get('namespace', name)) !== undefined

/** The namespaces that are read, in the order in which they count; a failure where what is followed is gone. */
export const namespacesIn = (selection: Selection, states: States): readonly string[] | Failure => {
  const { platform, tenant } = states
  if (environmentOf(selection.environment, platform, tenant) === undefined)
    return failure('resource_not_found', { kind: 'environment', name: selection.environment })
  switch (selection.type) {
    case 'namespaces':
      return selection.namespaces.filter((name) => isThere(states, name))
    case 'application': {
      const found = tenant.get('application', selection.application)
      return found === undefined
        ? failure('resource_not_found', { kind: 'application', name: selection.application })
        : namespacesOf(found)
    }
    case 'all':
      return mergeNames(platform.names('namespace'), tenant.names('namespace')).filter(
        (name) =>
          isThere(states, name) && allows(selection.sight, { permission: 'value:read', place: { namespace: name } }),
      )
  }
}

export const mayFollow = (grants: readonly Grant[], environment: string, namespaces: readonly string[]): boolean =>
  allows(grants, { permission: 'value:read', place: { environments: [environment] } }) &&
  namespaces.every((namespace) =>
    allows(grants, { permission: 'value:read', place: { namespace, environments: [environment] } }),
  )

export const sameGrants = (a: readonly Grant[], b: readonly Grant[]): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

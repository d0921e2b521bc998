// Which namespace a name or an id means, on either side. Knows nothing of permission: whoever asks checks it.
import { isUuid, type Resource, type Side, type State } from '@konfig/core'

export interface Around {
  readonly platform: State
  /** undefined on the platform's side. */
  readonly tenant: State | undefined
}

export interface FoundNamespace {
  readonly resource: Resource
  readonly definedBy: Side
  /** The tenant's own resource of that name, which lies dormant where the platform defines it too. */
  readonly own: Resource | undefined
}

/** The name that an id stands for, or the name itself; undefined for an id of no namespace. */
export const namespaceName = ({ platform, tenant }: Around, nameOrId: string): string | undefined => {
  if (!isUuid(nameOrId)) return nameOrId
  const found = tenant?.byId(nameOrId) ?? platform.byId(nameOrId)
  return found?.kind === 'namespace' ? found.name : undefined
}

export const findNamespace = ({ platform, tenant }: Around, name: string): FoundNamespace | undefined => {
  const above = platform.get('namespace', name)
  const own = tenant?.get('namespace', name)
  if (above !== undefined) return { resource: above, definedBy: 'platform', own }
  return own === undefined ? undefined : { resource: own, definedBy: 'tenant', own }
}

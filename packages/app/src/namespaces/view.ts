// How a namespace looks to its managers.
import type { Resource, Side } from '@konfig/core'
import { etagOf, type ResourceFields, resourceFields, type Viewed } from '../resource-view.ts'

export interface NamespaceView extends ResourceFields {
  readonly name: string
  readonly displayName?: string
  readonly description?: string
  /** Tenants add no keys to it. */
  readonly closed?: boolean
}

export const namespaceView = (resource: Resource, definedBy: Side, seenFrom: Side): NamespaceView => {
  const { displayName, description, closed } = resource.body
  return {
    name: resource.name,
    ...(typeof displayName === 'string' ? { displayName } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof closed === 'boolean' ? { closed } : {}),
    ...resourceFields(resource, definedBy, seenFrom),
  }
}

export const viewedNamespace = (
  resource: Resource,
  definedBy: Side,
  seenFrom: Side,
  created = false,
): Viewed<NamespaceView> => ({
  view: namespaceView(resource, definedBy, seenFrom),
  etag: etagOf(resource),
  created,
})

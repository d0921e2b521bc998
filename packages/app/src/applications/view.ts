// How an application looks to its managers.
import { namespacesOf, type Resource } from '@konfig/core'
import { etagOf, type ResourceFields, resourceFields, type Viewed } from '../resource-view.ts'

export interface ApplicationView extends ResourceFields {
  readonly name: string
  readonly displayName?: string
  readonly description?: string
  readonly owner?: string
  readonly contactEmail?: string
  /** In the order in which they are read: later ones win. */
  readonly namespaces: readonly string[]
}

const texts = ['displayName', 'description', 'owner', 'contactEmail'] as const

export const applicationView = (resource: Resource): ApplicationView => ({
  name: resource.name,
  ...Object.fromEntries(
    texts.flatMap((field) => {
      const text = resource.body[field]
      return typeof text === 'string' ? [[field, text] as const] : []
    }),
  ),
  namespaces: namespacesOf(resource),
  ...resourceFields(resource, 'tenant', 'tenant'),
})

export const viewedApplication = (resource: Resource, created = false): Viewed<ApplicationView> => ({
  view: applicationView(resource),
  etag: etagOf(resource),
  created,
})

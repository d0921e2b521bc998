// How a config looks to those who manage it: the definition in force with what their own layer says, not resolved.
import type { Json, Resource, Side } from '@konfig/core'
import { etagOf, type ResourceFields, resourceFields, type Viewed } from '../resource-view.ts'
import type { Target } from './target.ts'

export interface ConfigView extends ResourceFields {
  readonly namespace: string
  readonly key: string
  readonly layer: string
  readonly environment?: string
  readonly type: string
  /** The own layer's value as it is written; absent where there is none. */
  readonly value?: Json
  readonly validation?: Json
  readonly combine?: Json
  readonly description?: Json
  readonly policy?: Json
  /** The own definition lies dormant: the platform has defined the key since. */
  readonly dormant?: true
}

/** What is shown of a value that is not there: version 0, which a writer may expect. */
const shownOf = ({ resource, definition }: Target): Pick<Resource, 'id' | 'version'> | undefined =>
  resource ?? (definition === undefined ? undefined : { id: definition.id, version: 0 })

export const configView = (target: Target, seenFrom: Side): ConfigView => {
  const { namespace, key, identity, resource, definition, definedBy, dormant } = target
  const shown = definition ?? (resource as Resource)
  const { type, validation, combine, description, policy } = shown.body
  const value = resource?.body['value']
  const own =
    resource === undefined
      ? { ...resourceFields(shown, definedBy, seenFrom), version: 0 }
      : { ...resourceFields(resource, seenFrom, seenFrom), definedBy }
  return {
    namespace,
    key,
    layer: identity.layer ?? seenFrom,
    ...(identity.environment === undefined ? {} : { environment: identity.environment }),
    type: typeof type === 'string' ? type : 'json',
    ...(value === undefined ? {} : { value }),
    ...(validation === undefined ? {} : { validation }),
    ...(combine === undefined ? {} : { combine }),
    ...(description === undefined ? {} : { description }),
    ...(policy === undefined ? {} : { policy }),
    ...(dormant ? { dormant } : {}),
    ...own,
  }
}

export const viewed = (target: Target, seenFrom: Side, created: boolean): Viewed<ConfigView> => ({
  view: configView(target, seenFrom),
  etag: etagOf(shownOf(target) ?? { id: '', version: 0 }),
  created,
})

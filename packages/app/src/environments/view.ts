// How an environment looks: as one tree of the platform's and the tenant's own, with what the tenant adds to the platform's.
import { type EnvironmentView as Standing, environmentOf, type Side, type State } from '@konfig/core'
import { etagOf, type ResourceFields, resourceFields, type Viewed } from '../resource-view.ts'

export interface EnvironmentDetail extends ResourceFields {
  readonly name: string
  readonly displayName?: string
  readonly description?: string
  readonly parent?: string
  readonly protected: boolean
  readonly order: number
}

/** The ETag is that of what a PUT writes: on a platform's environment the tenant's own part, version 0 while there is none. */
export const viewedEnvironment = (
  name: string,
  state: State,
  platform: State,
  side: Side,
  created = false,
): Viewed<EnvironmentDetail> | undefined => {
  const standing: Standing | undefined = environmentOf(name, platform, side === 'tenant' ? state : undefined)
  const own = state.get('environment', name)
  const above = platform.get('environment', name)
  const definer = above ?? own
  if (standing === undefined || definer === undefined) return undefined
  const { displayName, description } = definer.body
  const written = own ?? { id: definer.id, version: 0 }
  return {
    view: {
      name,
      ...(typeof displayName === 'string' ? { displayName } : {}),
      ...(typeof description === 'string' ? { description } : {}),
      ...(standing.parent === undefined ? {} : { parent: standing.parent }),
      protected: standing.protected,
      order: standing.order,
      ...(own === undefined ? resourceFields(definer, 'platform', side) : resourceFields(own, side, side)),
      version: written.version,
      definedBy: standing.definedBy,
    },
    etag: etagOf(written),
    created,
  }
}

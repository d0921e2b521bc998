// Which application a name or an id means. Knows nothing of permission: whoever asks checks it.
import { isUuid, type Resource, type State } from '@konfig/core'

export const findApplication = (tenant: State, nameOrId: string): Resource | undefined => {
  if (!isUuid(nameOrId)) return tenant.get('application', nameOrId)
  const found = tenant.byId(nameOrId.toLowerCase())
  return found?.kind === 'application' && !found.deleted ? found : undefined
}

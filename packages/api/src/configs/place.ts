// Where routes of namespaces and environments check their guard. An id says nothing of its name before it is looked up: then any grant
// will do here, and the use case checks at the name.
import { isUuid, type Place } from '@konfig/core'

export const placeOf = (namespace: string | undefined, environment: string | undefined): Place => ({
  ...(namespace === undefined || isUuid(namespace) ? {} : { namespace }),
  ...(environment === undefined ? {} : { environments: [environment] }),
})

// What of a log a caller may read: the one rule for commits, diff and export. Knows nothing of what is done with it.
import { everywhere, type Identity, isArray, type JsonObject, kinds, type Place } from '@konfig/core'
import { type Context, may } from '../context.ts'

const placesOf = (identity: Identity, body: JsonObject | undefined): readonly Place[] => {
  if (kinds[identity.kind].group === 'governance') return [everywhere]
  switch (identity.kind) {
    case 'config':
      return [{ namespace: identity.namespace }]
    case 'override':
      return [
        {
          namespace: identity.namespace,
          ...(identity.environment === undefined ? {} : { environments: [identity.environment] }),
        },
      ]
    case 'namespace':
      return [{ namespace: identity.name }]
    case 'environment':
      return [{ environments: [identity.name] }]
    default: {
      const namespaces = body?.['namespaces']
      const named = isArray(namespaces) ? namespaces.filter((name) => typeof name === 'string') : []
      return named.length > 0 ? named.map((namespace) => ({ namespace })) : [{}]
    }
  }
}

/** Whether the caller may read a resource as it stands in a log: its place, and those that any of its bodies names. */
export const mayRead = (
  context: Pick<Context, 'caller' | 'side'>,
  identity: Identity,
  ...bodies: readonly (JsonObject | undefined)[]
): boolean =>
  (bodies.length === 0 ? [undefined] : bodies)
    .flatMap((body) => placesOf(identity, body))
    .every((place) => may(context, 'config:read', place))

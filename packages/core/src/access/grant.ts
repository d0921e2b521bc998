// What a caller may do, and where. Pure: grants come in, yes or no goes out.
import type { Failure } from '../errors/failure.ts'
import { failure } from '../errors/failure.ts'
import { matchesAny } from './pattern.ts'
import type { Permission } from './permission.ts'

/** Permissions, narrowed to namespaces and environments: names and patterns of names (pattern.ts); undefined is all of them. */
export interface Grant {
  readonly permissions: readonly Permission[]
  readonly namespaces: readonly string[] | undefined
  readonly environments: readonly string[] | undefined
}

/** Where something is done. `'*'` is everywhere, for the namespace too; undefined is nowhere in particular: any grant that holds the permission will do. */
export interface Place {
  readonly namespace?: string | undefined
  readonly environments?: readonly string[] | '*' | undefined
}

export interface Requirement {
  readonly permission: Permission
  readonly place: Place
}

export const everywhere: Place = { namespace: '*', environments: '*' }

const covers = (grant: Grant, place: Place): boolean => {
  const { namespace, environments } = place
  if (
    namespace !== undefined &&
    grant.namespaces !== undefined &&
    (namespace === '*' || !matchesAny(grant.namespaces, namespace))
  )
    return false
  if (environments !== undefined && grant.environments !== undefined) {
    if (environments === '*') return false
    const allowed = grant.environments
    if (!environments.every((name) => matchesAny(allowed, name))) return false
  }
  return true
}

/** Whether one grant alone meets the requirement. */
export const grants = (grant: Grant, { permission, place }: Requirement): boolean =>
  grant.permissions.includes(permission) && covers(grant, place)

export const allows = (held: readonly Grant[], requirement: Requirement): boolean => {
  for (const grant of held) if (grants(grant, requirement)) return true
  return false
}

export const whereOf = ({ namespace, environments }: Place): string => {
  const parts = [
    namespace === undefined ? '' : namespace === '*' ? 'all namespaces' : `namespace ${namespace}`,
    environments === undefined
      ? ''
      : environments === '*'
        ? 'all environments'
        : `${environments.length === 1 ? 'environment' : 'environments'} ${environments.join(', ')}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` in ${parts.join(' and ')}`
}

export const denied = ({ permission, place }: Requirement): Failure =>
  failure('denied', { permission, where: whereOf(place) })

/**
 * Whether the first grants hold all that the second ones do: nobody grants more than they hold. Answers what is missing. A pattern is held
 * where one grant's pattern takes it in; what only several together would take in counts as missing.
 */
export const exceeding = (held: readonly Grant[], given: readonly Grant[]): Requirement | undefined => {
  for (const grant of given)
    for (const permission of grant.permissions)
      for (const namespace of grant.namespaces ?? ['*'])
        for (const environment of grant.environments ?? ['*']) {
          const place: Place = { namespace, environments: environment === '*' ? '*' : [environment] }
          if (!allows(held, { permission, place })) return { permission, place }
        }
  return undefined
}

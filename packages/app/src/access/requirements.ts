// What a question about access comes down to: the same requirements that the write or the read itself would have. Pure.
import {
  environmentOf,
  environmentsOf,
  type Permission,
  type Requirement,
  type State,
  withDescendants,
} from '@konfig/core'

export interface AccessQuestion {
  readonly permission: Permission
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
}

/** A value shows in its environment and all below it, a base value everywhere; where one of those is protected, more is needed. */
export const requirementsFor = (
  question: AccessQuestion,
  platform: State,
  tenant: State | undefined,
): readonly Requirement[] => {
  const { permission, namespace, environment } = question
  if (permission !== 'config:write')
    return [{ permission, place: { namespace, environments: environment === undefined ? undefined : [environment] } }]
  if (namespace === undefined && environment === undefined) return [{ permission, place: {} }]
  const environments = environment === undefined ? '*' : withDescendants(environment, platform, tenant)
  const place = { namespace, environments } as const
  const guarded =
    environments === '*'
      ? environmentsOf(platform, tenant).some((found) => found.protected)
      : environments.some((name) => environmentOf(name, platform, tenant)?.protected === true)
  return guarded
    ? [
        { permission, place },
        { permission: 'protected:write', place },
      ]
    : [{ permission, place }]
}

// What permissions a change needs, and where: the one answer for every route, so that no route can forget.
import { kinds } from '../kinds/registry.ts'
import type { Change } from '../log/commit.ts'
import { environmentOf, environmentsOf, withDescendants } from '../state/environments.ts'
import type { State } from '../state/state.ts'
import { referencesIn } from '../values/reference.ts'
import { textsOf } from '../values/json-value.ts'
import { everywhere, type Place, type Requirement } from './grant.ts'

/** The environments in which a change may show: an override's own and its descendants; for a base value or a definition all of them. */
export const environmentsTouched = (
  change: Change,
  platform: State,
  tenant: State | undefined,
): readonly string[] | '*' | undefined => {
  if (change.kind === 'config') return '*'
  if (change.kind === 'override')
    return change.environment === undefined ? '*' : withDescendants(change.environment, platform, tenant)
  if (change.kind === 'environment') return [change.name]
  return undefined
}

/** The protected environments among them, in order. */
export const protectedBy = (change: Change, platform: State, tenant: State | undefined): readonly string[] => {
  const touched = environmentsTouched(change, platform, tenant)
  if (touched === undefined) return []
  if (touched === '*')
    return environmentsOf(platform, tenant).flatMap((environment) => (environment.protected ? [environment.name] : []))
  return touched.filter((name) => environmentOf(name, platform, tenant)?.protected === true)
}

const placesOf = (change: Change, platform: State, tenant: State | undefined): readonly Place[] => {
  switch (change.kind) {
    case 'config':
    case 'override':
      return [{ namespace: change.namespace, environments: environmentsTouched(change, platform, tenant) ?? '*' }]
    case 'namespace':
      return [{ namespace: change.name, environments: '*' }]
    case 'application': {
      // What it reads today counts too: taking a namespace away from an application changes what others are served.
      const before = tenant?.get('application', change.name)?.body['namespaces']
      const after = change.op === 'put' ? change.body['namespaces'] : undefined
      const list = [...new Set([...textsOf(before), ...textsOf(after)])]
      return list.length > 0 ? list.map((namespace) => ({ namespace, environments: '*' as const })) : [everywhere]
    }
    default:
      return [everywhere]
  }
}

/** A value shows what it refers to wherever it shows itself, so its writer must be allowed to read that there. */
const readingsOf = (change: Change, platform: State, tenant: State | undefined): readonly Requirement[] => {
  if (change.op === 'delete' || (change.kind !== 'config' && change.kind !== 'override')) return []
  const value = change.body['value']
  const targets = value === undefined ? [] : referencesIn(value)
  if (targets.length === 0) return []
  const environments = environmentsTouched(change, platform, tenant) ?? '*'
  return targets.flatMap((target) =>
    target.kind === 'config'
      ? [{ permission: 'value:read' as const, place: { namespace: target.namespace, environments } }]
      : [],
  )
}

/** `tenant` is undefined where the platform's own log is written. */
export const requirementsOf = (change: Change, platform: State, tenant: State | undefined): readonly Requirement[] => {
  const places = placesOf(change, platform, tenant)
  const needed = [
    ...places.map((place) => ({ permission: kinds[change.kind].permission, place })),
    ...readingsOf(change, platform, tenant),
  ]
  if (protectedBy(change, platform, tenant).length === 0) return needed
  return [...needed, ...places.map((place) => ({ permission: 'protected:write' as const, place }))]
}

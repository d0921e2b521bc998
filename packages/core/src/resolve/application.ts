// What an application reads: its namespaces in order, later ones winning key by key. Owns that order and its one exception.
import type { Resource } from '../log/commit.ts'
import { isArray } from '../values/json-value.ts'
import { isGuarded } from './policy.ts'
import { resolveNamespace } from './resolve.ts'
import type { Resolved, World } from './world.ts'

export const namespacesOf = (application: Resource): readonly string[] => {
  const list = application.body['namespaces']
  return isArray(list) ? list.map(String) : []
}

export interface InNamespace extends Resolved {
  readonly namespace: string
}

/**
 * The keys of an application, each from the last of its namespaces that has a live value for it. A platform key that is
 * bounded or locked keeps its place, even without a value: else a tenant could say elsewhere what it may not say there.
 */
export const resolveApplication = (world: World, application: Resource): ReadonlyMap<string, InNamespace> => {
  const chosen = new Map<string, InNamespace>()
  const guarded = new Set<string>()
  for (const namespace of namespacesOf(application))
    for (const [key, resolved] of resolveNamespace(world, namespace)) {
      if (guarded.has(key)) continue
      const guards = isGuarded(resolved.definition, resolved.definedBy)
      if (guards) guarded.add(key)
      if (guards || resolved.value !== undefined || !chosen.has(key)) chosen.set(key, { ...resolved, namespace })
    }
  return chosen
}

// Deletes a value, or an own key with everything that is said of it in the same log.
import { type Identity, type Intention, identityOf, ok, refuse, type State } from '@konfig/core'
import type { Context } from '../context.ts'
import { isBase, namedIn, orphanBase, type Where } from './target.ts'
import { type PlanConfig, writeConfig } from './write.ts'

/** Every override of a key in one log, whatever its layer and environment. */
export const overridesOf = (state: State, namespace: string, key: string): readonly Identity[] => {
  const found: Identity[] = []
  for (const space of state.spaces(`override/${namespace}/`)) {
    const resource = state.get(space, key)
    if (resource !== undefined) found.push(identityOf(resource))
  }
  return found
}

const deleting = (identities: readonly Identity[]): readonly Intention[] =>
  identities.map((identity) => ({ op: 'delete', ...identity }))

/** Throws `resource_not_found` where there is nothing of one's own to delete, `in_use` where others refer to it. */
export const deleteConfig = async (context: Context, where: Where): Promise<{ readonly revision: number }> => {
  const plan: PlanConfig = ({ side, state, namespace, target }) => {
    const { identity, resource, key, dormant } = target
    if (resource === undefined) {
      // What counted as the base value of a key that the platform took away since.
      const orphan = identity.kind === 'config' ? orphanBase(state, namespace, key) : undefined
      return orphan === undefined
        ? refuse('resource_not_found', { kind: identity.kind, name: namedIn(namespace, where) })
        : ok(deleting([orphan]))
    }
    // A dormant definition goes alone: the overrides are of the platform's key.
    const all = identity.kind === 'config' && isBase(side, where) && !dormant ? overridesOf(state, namespace, key) : []
    return ok(deleting([identity, ...all]))
  }
  const { revision } = await writeConfig(context, where, plan, { leftBehind: true })
  return { revision }
}

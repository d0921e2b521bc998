// What brands and plans have in common: each is a layer of overrides in the platform's log, and does not go while any are left there.
// Tenants that name it are in other logs and have no say: for them it becomes an empty layer.
import { type Failure, failure } from '../errors/failure.ts'
import type { Change, Resource } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import type { Surroundings } from './kind.ts'

/** The overrides of a layer in one log, in no promised order. Looks at every place where overrides stand, not at every override. */
export function* overridesOf(layer: string, state: State): Iterable<Resource> {
  for (const space of state.spaces('override/')) if (space.split('/')[2] === layer) yield* state.entries(space)
}

const namesAtMost = 10

export const layerInUse = (change: Change, { after }: Surroundings): readonly Failure[] => {
  if (change.op !== 'delete') return []
  const users: string[] = []
  for (const { namespace, name, environment } of overridesOf(`${change.kind}:${change.name}`, after)) {
    if (users.length >= namesAtMost) break
    users.push(`override ${namespace}/${name}${environment === undefined ? '' : ` in ${environment}`}`)
  }
  return users.length === 0 ? [] : [failure('in_use', { kind: change.kind, name: change.name, users })]
}

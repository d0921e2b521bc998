// Deletes a namespace; with cascade, everything in it in the same commit.
import { configSpace, type Intention, identityOf, ok, refuse, type Resource, type State } from '@konfig/core'
import { commitOne } from '../commit-one.ts'
import type { Context } from '../context.ts'
import { writableNamespace } from './write.ts'

function* contentsOf(state: State, namespace: string): Iterable<Resource> {
  yield* state.entries(configSpace(namespace))
  for (const space of state.spaces(`override/${namespace}/`)) yield* state.entries(space)
}

/** Throws `namespace_in_use` without cascade, `in_use` where others refer to it, `defined_by_platform`, `too_large` above 10,000 changes. */
export const deleteNamespace = async (
  context: Context,
  nameOrId: string,
  cascade: boolean,
): Promise<{ readonly revision: number }> => {
  const name = writableNamespace(context, nameOrId)
  const { side, write } = context
  const { revision } = await commitOne(context, ({ state, platform }) => {
    if (state.get('namespace', name) === undefined)
      return side === 'tenant' && platform.get('namespace', name) !== undefined
        ? refuse('defined_by_platform', { kind: 'namespace', name })
        : refuse('resource_not_found', { kind: 'namespace', name })
    const intentions: Intention[] = [{ op: 'delete', kind: 'namespace', name, expect: write.expect }]
    if (cascade)
      for (const resource of contentsOf(state, name))
        intentions.push({
          op: 'delete',
          ...identityOf(resource),
          ...(write.expect === undefined ? {} : { expect: 'present' as const }),
        })
    return ok({ intentions })
  })
  return { revision }
}

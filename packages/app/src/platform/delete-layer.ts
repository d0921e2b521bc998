// Deleting a brand or a plan. Its own overrides, in the same log, must go first or with it; tenants that name it have no say: for them it
// becomes an empty layer, and what only it allowed becomes inert.
import { type Intention, overridesOf, refuse } from '@konfig/core'
import { commit } from '../commit.ts'
import { check, type Context } from '../context.ts'
import type { LayerKind } from './layer-view.ts'
import { findLayer } from './read-layers.ts'

/** Refusals: `resource_not_found`, `in_use` by its overrides unless they may go too, `precondition_failed`, `precondition_required`. */
export const deleteLayer = async (
  context: Context,
  kind: LayerKind,
  nameOrId: string,
  cascade: boolean,
): Promise<void> => {
  check(context, 'platform:write')
  const { expect } = context.write
  await commit(context, ({ state }) => {
    const found = findLayer(state, kind, nameOrId)
    if (found === undefined) return refuse('resource_not_found', { kind, name: nameOrId })
    const overrides: Intention[] = []
    if (cascade)
      // Whoever said which version of the layer goes has said it of what the layer holds; in protected environments nobody may leave it out.
      for (const { name, namespace, layer, environment, version } of overridesOf(`${kind}:${found.name}`, state))
        overrides.push({
          op: 'delete',
          kind: 'override',
          name,
          namespace,
          layer,
          environment,
          expect: expect === undefined ? undefined : [{ version }],
        })
    return { ok: true, value: { intentions: [...overrides, { op: 'delete', kind, name: found.name, expect }] } }
  })
}

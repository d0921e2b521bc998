// Second opinions after every script: the same answers worked out another way. Silent unless they differ.
import { explain } from '../src/resolve/explain.ts'
import { definitionsIn } from '../src/resolve/layers.ts'
import { replay } from '../src/resolve/replay.ts'
import { resolveKey, resolveNamespace, traceKey } from '../src/resolve/resolve.ts'
import { worldOf } from '../src/resolve/world.ts'
import { environmentNames } from '../src/state/environments.ts'
import { emptyState, evolve } from '../src/state/evolve.ts'
import type { Handle } from '../src/state/handle.ts'
import { restoring, rowsOf } from '../src/state/rows.ts'
import type { State } from '../src/state/state.ts'
import { equalJson, type Json } from '../src/values/json-value.ts'
import { platformOf, type Stage } from './stage.ts'

/** Everything that a state holds, as text; the order of writing does not matter. */
const contentOf = (state: State): string =>
  [...state.spaces('')]
    .flatMap((space) =>
      [...state.records(space)].map(({ kind, id, name, version, revision, deleted, body }) =>
        JSON.stringify([space, kind, id, name, version, revision, deleted, body]),
      ),
    )
    .sort()
    .join('\n')

const snapshotOf = (state: Handle): Handle => {
  const loading = restoring(state.log)
  loading.addBytes(new TextEncoder().encode(JSON.stringify([...rowsOf(state)])))
  return loading.finish()
}

const stateDifferences = (stage: Stage): readonly string[] =>
  [...stage.logs].flatMap(([name, { commits, state }]) => [
    ...(contentOf(commits.reduce(evolve, emptyState(name))) === contentOf(state)
      ? []
      : [`replaying ${name} from zero gives another state`]),
    ...(contentOf(snapshotOf(state)) === contentOf(state) ? [] : [`a snapshot of ${name} gives another state`]),
  ])

const namespacesIn = (platform: State, tenant: State | undefined): readonly string[] => {
  const names = new Set<string>()
  for (const state of [platform, ...(tenant === undefined ? [] : [tenant])])
    for (const space of state.spaces('config/')) names.add(space.slice('config/'.length))
  return [...names]
}

/** Each key asked first in a world of its own, in a world where all were asked, and as its explanation tells it. */
const worldDifferences = (
  platform: State,
  tenant: State | undefined,
  environment: string | undefined,
): readonly string[] => {
  const asked = worldOf(platform, tenant, environment)
  const same = (a: Json | undefined, b: Json | undefined): boolean =>
    a === undefined || b === undefined ? a === b : equalJson(a, b)
  return namespacesIn(platform, tenant).flatMap((namespace) => {
    const all = resolveNamespace(asked, namespace)
    return [...definitionsIn(asked, namespace)].flatMap(({ definition: { name } }) => {
      const where = `${namespace}/${name} in ${environment ?? 'no environment'} of ${tenant?.log ?? 'platform'}`
      const alone = worldOf(platform, tenant, environment)
      const value = all.get(name)?.value
      const traced = traceKey(alone, namespace, name)
      return [
        ...(same(value, resolveKey(alone, namespace, name)?.value)
          ? []
          : [`${where}: asked alone it has another value`]),
        ...(traced !== undefined &&
        same(value, traced.value) &&
        same(value, replay(explain(traced, { side: 'tenant' })))
          ? []
          : [`${where}: its explanation tells another value`]),
      ]
    })
  })
}

export const differences = (stage: Stage): readonly string[] => {
  const platform = platformOf(stage)
  const tenants = [undefined, ...[...stage.logs].flatMap(([name, { state }]) => (name === 'platform' ? [] : [state]))]
  return [
    ...stateDifferences(stage),
    ...tenants.flatMap((tenant) =>
      [undefined, ...environmentNames(platform, tenant)].flatMap((environment) =>
        worldDifferences(platform, tenant, environment),
      ),
    ),
  ]
}

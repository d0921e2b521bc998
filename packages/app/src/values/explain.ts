// Explanations as they are sent, and what of them a caller may see. Owns visibility; why a value won, core knows.
import { type Contribution, explain, type Json, referencesIn, traceKey, type Traced, type World } from '@konfig/core'
import { type Context, may } from '../context.ts'

/**
 * A base value may show in every environment, so whoever reads one may see it; a value of an environment wants that environment, and
 * what was filled in wants its namespaces too.
 */
export const mayReadIn =
  (context: Pick<Context, 'caller' | 'side'>, world: World, namespace: string) =>
  ({ environment = world.environment, written }: Pick<Contribution, 'environment' | 'written'>): boolean => {
    const here = environment === undefined ? {} : { environments: [environment] }
    const at = world.environment === undefined ? {} : { environments: [world.environment] }
    if (!may(context, 'value:read', { namespace, ...here })) return false
    return referencesIn(written).every(
      (found) => found.kind === 'secret' || may(context, 'value:read', { namespace: found.namespace, ...at }),
    )
  }

export const explainKey = (
  context: Pick<Context, 'caller' | 'side'>,
  world: World,
  namespace: string,
  traced: Traced,
): readonly Json[] => {
  const { leaves } = explain(traced, {
    side: world.tenant === undefined ? 'platform' : 'tenant',
    mayRead: mayReadIn(context, world, namespace),
  })
  return leaves.map((leaf) => ({ namespace, key: traced.definition.name, ...leaf }) as unknown as Json)
}

export const explainKeys = (
  context: Pick<Context, 'caller' | 'side'>,
  world: World,
  keys: Iterable<readonly [namespace: string, key: string]>,
): readonly Json[] => {
  const explained: Json[] = []
  for (const [namespace, key] of keys) {
    const traced = traceKey(world, namespace, key)
    if (traced !== undefined) explained.push(...explainKey(context, world, namespace, traced))
  }
  return explained
}

/** Why a key has no value: what is kept for it and skipped, as far as the caller may see it. */
export const reasonsOf = (
  context: Pick<Context, 'caller' | 'side'>,
  world: World,
  namespace: string,
  key: string,
): readonly Json[] => {
  const mayRead = mayReadIn(context, world, namespace)
  return (traceKey(world, namespace, key)?.contributions ?? []).flatMap((contribution) => {
    const { layer, environment, verdict } = contribution
    if (verdict === 'live' || !mayRead(contribution)) return []
    return [{ layer, ...(environment === undefined ? {} : { environment }), reason: verdict.inert, rule: verdict.rule }]
  })
}

// Explanations as they are sent, and what of them a caller may see. Owns visibility; why a value won, core knows.
import { setImmediate as othersRun } from 'node:timers/promises'
import { type Contribution, explain, type Json, referencesIn, traceKey, type Traced, type World } from '@konfig/core'
import { type Context, may } from '../context.ts'
import { answerTooLarge, largestAnswerBytes } from './ready.ts'

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

/** One item for each leaf, as JSON. */
export const explainKey = (
  context: Pick<Context, 'caller' | 'side'>,
  world: World,
  namespace: string,
  traced: Traced,
): readonly string[] => {
  const side = world.tenant === undefined ? 'platform' : 'tenant'
  const { leaves } = explain(traced, { side, mayRead: mayReadIn(context, world, namespace) })
  return leaves.map((leaf) => JSON.stringify({ namespace, key: traced.definition.name, ...leaf }))
}

const keysAtATime = 500

/** A JSON array of the explanations of keys, in their order. Throws `too_large` as soon as it is. */
export const explainKeys = async (
  context: Pick<Context, 'caller' | 'side'>,
  world: World,
  keys: Iterable<readonly [namespace: string, key: string]>,
): Promise<string> => {
  const parts: string[] = []
  let length = 0
  let count = 0
  for (const [namespace, key] of keys) {
    const traced = traceKey(world, namespace, key)
    if (traced === undefined) continue
    for (const part of explainKey(context, world, namespace, traced)) {
      length += part.length + 1
      if (length > largestAnswerBytes) throw answerTooLarge()
      parts.push(part)
    }
    if (++count % keysAtATime === 0) await othersRun()
  }
  return `[${parts.join(',')}]`
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

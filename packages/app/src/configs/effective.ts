// What a key is worth in each environment, which value won there, and which are inert. For managers; reading values is elsewhere.
import {
  type Contribution,
  environmentsOf,
  type Json,
  jsonBytes,
  KonfigError,
  type Side,
  traceKey,
  worldOf,
} from '@konfig/core'
import { type Context, may, notFound, statesOf } from '../context.ts'
import { mayReadIn } from '../values/explain.ts'
import { answerTooLarge, largestAnswerBytes } from '../values/ready.ts'
import { allowedNamespace, missing, type Where } from './target.ts'

export interface Source {
  readonly layer: string
  readonly environment?: string
  readonly log: Side
  readonly revision: number
  readonly version: number
  readonly author?: string
  readonly value?: Json
  readonly hidden?: true
}

export interface InertSource extends Source {
  readonly reason: 'policy' | 'invalid' | 'reference'
  readonly rule: string
}

export interface EffectiveRow {
  readonly environment: string
  /** Absent where there is no live value. */
  readonly value?: Json
  /** The strongest live value; under merge and append others may have a part in it, which `explain` tells. */
  readonly winner?: Source
  readonly inert: readonly InertSource[]
}

export const sourceOf = (contribution: Contribution, seenFrom: Side, visible: boolean): Source => {
  const { layer, environment, log, resource, value } = contribution
  const author = seenFrom === 'tenant' && log === 'platform' ? 'platform' : resource.updatedBy
  return {
    layer,
    ...(environment === undefined ? {} : { environment }),
    log,
    revision: resource.revision,
    version: resource.version,
    ...(visible ? { author, value } : { hidden: true }),
  }
}

/** One row for each environment that the caller may read values of, in their order. Throws `denied`, `resource_not_found`, `too_large`. */
export const readEffective = async (
  context: Context,
  where: Where,
): Promise<{ readonly items: readonly EffectiveRow[] }> => {
  const { platform, tenant } = statesOf(context)
  const around = { platform, tenant }
  const namespace = allowedNamespace(context, around, 'config:read', where)
  const wrong = missing(around, namespace, where)
  if (wrong !== undefined) throw new KonfigError(wrong)
  const items: EffectiveRow[] = []
  let bytes = 0
  for (const { name } of environmentsOf(platform, tenant)) {
    if (where.environment !== undefined && where.environment !== name) continue
    if (!may(context, 'value:read', { namespace, environments: [name] })) continue
    const world = worldOf(platform, tenant, name)
    const traced = traceKey(world, namespace, where.key)
    if (traced === undefined) throw notFound('config', `${namespace}/${where.key}`)
    const mayRead = mayReadIn(context, world, namespace)
    const winner = traced.contributions.findLast(({ verdict }) => verdict === 'live')
    const row: EffectiveRow = {
      environment: name,
      ...(traced.value === undefined ? {} : { value: traced.value }),
      ...(winner === undefined ? {} : { winner: sourceOf(winner, context.side, mayRead(winner)) }),
      inert: traced.contributions.flatMap((contribution) => {
        const { verdict } = contribution
        if (verdict === 'live') return []
        return [
          { ...sourceOf(contribution, context.side, mayRead(contribution)), reason: verdict.inert, rule: verdict.rule },
        ]
      }),
    }
    // A tenant may have thousands of environments, and a value may be long in each.
    bytes += jsonBytes(row as unknown as Json)
    if (bytes > largestAnswerBytes) throw answerTooLarge()
    items.push(row)
  }
  return { items }
}

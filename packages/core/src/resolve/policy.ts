// What the platform lets a tenant do with the platform's keys: anything, what a schema allows, nothing.
// Judges one override as it is written; what it combines to is judged elsewhere.
import type { Side } from '../kinds/kind.ts'
import type { Resource } from '../log/commit.ts'
import { isObject, type Json } from '../values/json-value.ts'
import { matchSchema } from '../values/schema/match.ts'
import type { Meter } from '../values/meter.ts'

export type Policy =
  | { readonly mode: 'open' }
  | { readonly mode: 'locked'; readonly rule: string }
  | { readonly mode: 'bounded'; readonly schema: Json; readonly rule: string }

const open: Policy = { mode: 'open' }

/** The policy in force on a key for a plan. Bounds that name no schema for the plan allow nothing. */
export const policyOf = (definition: Resource, definedBy: Side, plan: string | undefined): Policy => {
  const policy = definedBy === 'platform' ? definition.body['policy'] : undefined
  if (!isObject(policy) || policy['mode'] === 'open') return open
  const version = `version ${definition.version}`
  if (policy['mode'] === 'locked') return { mode: 'locked', rule: `locked by platform, ${version}` }
  const plans = policy['plans']
  const own = plan !== undefined && isObject(plans) && Object.hasOwn(plans, plan)
  const schema = own && isObject(plans) ? plans[plan] : policy['schema']
  return schema === undefined
    ? {
        mode: 'locked',
        rule: `bounded by platform, ${version}, with no schema for ${plan === undefined ? 'a tenant without a plan' : `plan ${plan}`}`,
      }
    : { mode: 'bounded', schema, rule: `bounded by platform, ${version}${own ? `, for plan ${plan}` : ''}` }
}

/** Whether a tenant may not hide the key behind another namespace of its application. */
export const isGuarded = (definition: Resource, definedBy: Side): boolean => {
  const policy = definedBy === 'platform' ? definition.body['policy'] : undefined
  return isObject(policy) && policy['mode'] !== 'open'
}

/** Why a bounded policy forbids a value, or undefined. */
export const outOfBounds = (policy: Policy, value: Json, meter?: Meter): string | undefined => {
  if (policy.mode !== 'bounded') return undefined
  const [first] = matchSchema(policy.schema, value, meter)
  return first === undefined
    ? undefined
    : `${policy.rule}: ${first.pointer === '' ? '' : `${first.pointer} `}${first.rule}`
}

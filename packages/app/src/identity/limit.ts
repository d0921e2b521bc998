// A plan's limits on people and keys. Owns reading them; requests are counted elsewhere.
import { failure, isObject, ok, type Result, type State } from '@konfig/core'
import { noteQuota } from '../audit/denials.ts'
import type { Context } from '../context.ts'

export type Counted = 'members' | 'keys'

const kindOf = { members: 'member', keys: 'apiKey' } as const

/** Undefined is no limit. */
export const planLimit = (state: State, platform: State, name: string): number | undefined => {
  for (const { body } of state.entries('tenant')) {
    const plan = typeof body['plan'] === 'string' ? platform.get('plan', body['plan']) : undefined
    const limits = plan?.body['limits']
    const limit = isObject(limits) ? limits[name] : undefined
    return typeof limit === 'number' ? limit : undefined
  }
  return undefined
}

export const countOf = (state: State, what: Counted): number => {
  let count = 0
  for (const _ of state.entries(kindOf[what])) count++
  return count
}

/** Refuses one more than the plan allows: `limit_reached`. The platform's side has no plan. */
export const roomFor = (context: Context, what: Counted, state: State, platform: State): Result<undefined> => {
  const limit = context.side === 'tenant' ? planLimit(state, platform, what) : undefined
  if (limit === undefined || countOf(state, what) < limit) return ok(undefined)
  if (context.tenant !== undefined && context.caller.type !== 'anonymous')
    noteQuota(context.app, context.tenant.access, context.caller.actor, what)
  return { ok: false, failure: failure('limit_reached', { limit, what }) }
}

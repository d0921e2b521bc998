// What a tenant has used of its plan: requests of the month, members, keys, each beside its limit.
import { isObject, type Json } from '@konfig/core'
import { check, type Context, notFound, statesOf } from '../context.ts'
import { countOf, planLimit } from '../identity/limit.ts'
import { monthOf } from '../usage.ts'

export interface UsageView {
  /** `2026-08`, in UTC. */
  readonly month: string
  readonly plan: string | null
  readonly requests: Counted
  readonly members: Counted
  readonly keys: Counted
  /** Null: no limit of the plan's own. */
  readonly requestsPerMinute: number | null
}

interface Counted {
  readonly used: number
  /** Null is no limit. */
  readonly limit: number | null
}

const planOf = (body: { readonly [field: string]: Json } | undefined): string | null => {
  const plan = body === undefined || !isObject(body) ? undefined : body['plan']
  return typeof plan === 'string' ? plan : null
}

/** Rejects with `denied`, `unavailable`. */
export const readUsage = async (context: Context): Promise<UsageView> => {
  check(context, 'audit:read')
  const { app, tenant } = context
  if (tenant === undefined) throw notFound('tenant', 'platform')
  const { state, platform } = statesOf(context)
  const limitOf = (name: string): number | null => planLimit(state, platform, name) ?? null
  const [own] = state.entries('tenant')
  return {
    month: monthOf(app.ports.now()),
    plan: planOf(own?.body),
    requests: { used: await app.usage.load(tenant.id), limit: limitOf('requestsPerMonth') },
    members: { used: countOf(state, 'members'), limit: limitOf('members') },
    keys: { used: countOf(state, 'keys'), limit: limitOf('keys') },
    requestsPerMinute: limitOf('requestsPerMinute'),
  }
}

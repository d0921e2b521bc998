// Whether a tenant is open for business: suspended ones answer nothing but export. Owns that one rule.
import { failure, KonfigError, type State } from '@konfig/core'

const statusOf = (state: State): unknown => {
  for (const { body } of state.entries('tenant')) return body['status']
  return 'active'
}

export const isOpen = (state: State): boolean => statusOf(state) === 'active'

/** Throws `tenant_suspended` unless the tenant is active, or the route is one that stays open (export). Cheap: at most one resource is read. */
export const refuseSuspended = (state: State, staysOpen: boolean): void => {
  if (!staysOpen && !isOpen(state)) throw new KonfigError(failure('tenant_suspended'))
}

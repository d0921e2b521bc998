// What an answer was made from, and whether it still holds. Owns that comparison only: nothing is ever pushed to an answer.
import type { Dependency, Revision, State } from '@konfig/core'

/**
 * Groups of both logs with the revision that last touched each. Shared by the answers that rest on the same ones, so that
 * checking it once checks them all.
 */
export interface Basis {
  readonly groups: readonly Dependency[]
  readonly touched: readonly Revision[]
  /** Where it was last seen to hold. */
  tenant: Revision
  platform: Revision
}

export const basisOf = (groups: readonly Dependency[], tenant: State, platform: State): Basis => ({
  groups,
  touched: groups.map(({ log, group }) => (log === 'tenant' ? tenant : platform).touched(group)),
  tenant: tenant.revision,
  platform: platform.revision,
})

/** Whether both rest on the same: then one stands for both. */
export const equalBasis = (a: Basis, b: Basis): boolean =>
  a.groups.length === b.groups.length &&
  a.groups.every(({ log, group }, index) => {
    const other = b.groups[index]
    return other !== undefined && other.log === log && other.group === group && a.touched[index] === b.touched[index]
  })

const recheck = (basis: Basis, tenant: State, platform: State): boolean => {
  // States only ever move forward; a basis from further ahead than its reader proves nothing to it.
  if (tenant.revision < basis.tenant || platform.revision < basis.platform) return false
  const { groups, touched } = basis
  for (let index = 0; index < groups.length; index++) {
    const { log, group } = groups[index] as Dependency
    if ((log === 'tenant' ? tenant : platform).touched(group) !== touched[index]) return false
  }
  basis.tenant = tenant.revision
  basis.platform = platform.revision
  return true
}

/** Nanoseconds where nothing was written since; else the groups are compared and the basis is stamped again. */
export const holds = (basis: Basis, tenant: State, platform: State): boolean =>
  (basis.tenant === tenant.revision && basis.platform === platform.revision) || recheck(basis, tenant, platform)

// Who the caller is and what they may do, as the caller may know it.
import type { Permission } from '@konfig/core'
import { failure, type Grant, KonfigError } from '@konfig/core'
import type { Context } from '../context.ts'
import { membershipsOf } from './membership.ts'
import { rolesOf } from './roles.ts'
import { readUser } from './user.ts'

export interface Me {
  readonly type: 'user' | 'key'
  readonly actor: string
  readonly email: string | null
  readonly displayName: string | null
  /** The name of a key. */
  readonly name: string | null
  readonly tenant: string | null
  readonly acting: boolean
  readonly grants: readonly {
    readonly permissions: readonly Permission[]
    readonly namespaces: readonly string[] | null
    readonly environments: readonly string[] | null
  }[]
  readonly platformPermissions: readonly Permission[]
  readonly memberships: readonly { readonly tenant: string; readonly roles: readonly string[] }[]
  readonly platformRoles: readonly string[]
}

const shown = (grants: readonly Grant[]): Me['grants'] =>
  grants.map(({ permissions, namespaces, environments }) => ({
    permissions,
    namespaces: namespaces ?? null,
    environments: environments ?? null,
  }))

const permissionsOf = (grants: readonly Grant[]): readonly Permission[] => [
  ...new Set(grants.flatMap(({ permissions }) => permissions)),
]

/** Rejects with `unauthenticated` for nobody. */
export const me = async ({ app, caller }: Context): Promise<Me> => {
  if (caller.type === 'anonymous') throw new KonfigError(failure('unauthenticated'))
  const base = {
    actor: caller.actor,
    tenant: caller.tenant?.name ?? null,
    grants: shown(caller.grants),
    platformPermissions: permissionsOf(caller.platformGrants),
  }
  if (caller.type === 'key') {
    const held = caller.tenant === undefined ? app.platform : await app.logs.hold(caller.tenant.config)
    const name = held.state().byId(caller.actor.slice('key:'.length))?.name ?? null
    return {
      ...base,
      type: 'key',
      email: null,
      displayName: null,
      name,
      acting: false,
      memberships: [],
      platformRoles: [],
    }
  }
  const user = (await readUser(app, caller.userId))?.value
  const memberships: { readonly tenant: string; readonly roles: readonly string[] }[] = []
  for await (const { tenant, roles } of membershipsOf(app, caller.userId)) {
    memberships.push({ tenant: tenant.name, roles })
    if (memberships.length >= 1000) break
  }
  return {
    ...base,
    type: 'user',
    email: user?.email ?? null,
    displayName: user?.displayName ?? null,
    name: null,
    acting: caller.acting,
    memberships,
    platformRoles: rolesOf(app.platform.state().get('member', caller.userId)),
  }
}

// Roles as people see them: the five fixed ones, and those that the tenant adds.
import { fixedRoles, isArray, isRoleName, type Json, type Resource, roleNames, type State } from '@konfig/core'
import { notFound } from '../context.ts'
import { etagOf, type ResourceFields, resourceFields, type Viewed } from '../resource-view.ts'

export type RolePermissionView =
  | string
  | {
      readonly permission: string
      readonly namespaces?: readonly string[]
      readonly environments?: readonly string[]
    }

/** Of a fixed role, which lies in no log, there is neither id nor version. */
export interface RoleView extends Partial<Omit<ResourceFields, 'definedBy'>> {
  readonly name: string
  readonly displayName?: string
  readonly description?: string
  readonly fixed: boolean
  readonly permissions: readonly RolePermissionView[]
}

/** The kind's schema vouches for the shape. */
const entryOf = (entry: Json): RolePermissionView => entry as unknown as RolePermissionView

export const roleView = (resource: Resource): RoleView => {
  const { displayName, description, permissions } = resource.body
  const { definedBy: _, ...fields } = resourceFields(resource, 'tenant', 'tenant')
  return {
    name: resource.name,
    fixed: false,
    ...(typeof displayName === 'string' ? { displayName } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    permissions: (isArray(permissions) ? permissions : []).map(entryOf),
    ...fields,
  }
}

export const roleNamesIn = (state: State): readonly string[] =>
  [...roleNames, ...state.names('role').filter((name) => !isRoleName(name))].sort()

export const roleIn = (state: State, name: string): RoleView | undefined => {
  if (isRoleName(name)) return { name, fixed: true, permissions: fixedRoles[name] }
  const found = state.get('role', name)
  return found === undefined ? undefined : roleView(found)
}

export const viewedRole = (state: State, name: string, created = false): Viewed<RoleView> => {
  const view = roleIn(state, name)
  if (view === undefined) throw notFound('role', name)
  const { id = '', version = 0 } = view
  return { view, etag: etagOf({ id, version }), created }
}

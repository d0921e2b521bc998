// A role: a named set of permissions, each everywhere or where patterns of names say. Five are fixed (access/permission.ts); these are
// what a tenant adds. Who may give one is not judged here.
import Type from 'typebox'
import type { Grant } from '../access/grant.ts'
import { patternRule, patternText } from '../access/pattern.ts'
import { isRoleName, narrowable, type Permission, permissions, tenantPermissions } from '../access/permission.ts'
import { type Failure, failure } from '../errors/failure.ts'
import type { State } from '../state/state.ts'
import { isArray, isObject, type Json, type JsonObject, textOf, textsOf } from '../values/json-value.ts'
import { closed, DisplayName, kind, slugRule, Text } from './kind.ts'

/** All patterns of one role together: each is looked at for every name that is judged. */
export const mostPatterns = 100

const Patterns = Type.Array(Type.String({ pattern: patternText }), {
  minItems: 1,
  maxItems: mostPatterns,
  uniqueItems: true,
})
const held = tenantPermissions(permissions)
const literals = (names: readonly Permission[]) => Type.Union(names.map((permission) => Type.Literal(permission)))

/** `config:read`, everywhere; or where: `{permission, namespaces?, environments?}`. */
export const RolePermission = Type.Union([
  literals(held),
  Type.Object(
    {
      permission: literals(held.filter(narrowable)),
      namespaces: Type.Optional(Patterns),
      environments: Type.Optional(Patterns),
    },
    closed,
  ),
])

export const role = kind({
  kind: 'role',
  group: 'governance',
  sides: ['tenant'],
  permission: 'role:write',
  name: (name) => slugRule(name) ?? (isRoleName(name) ? 'this role is fixed' : undefined),
  body: Type.Object(
    {
      displayName: Type.Optional(DisplayName),
      description: Type.Optional(Text),
      permissions: Type.Array(RolePermission, { maxItems: 50, uniqueItems: true }),
    },
    closed,
  ),
  check: (change, { after }) => {
    if (change.op === 'put') return patternFailures(change.body)
    const users = holdersOf(change.name, after)
    return users.length === 0 ? [] : [failure('in_use', { kind: 'role', name: change.name, users })]
  },
})

const patternFailures = ({ permissions: entries }: JsonObject): readonly Failure[] => {
  let count = 0
  const wrong: Failure[] = []
  for (const [index, entry] of (isArray(entries) ? entries : []).entries()) {
    if (!isObject(entry)) continue
    for (const field of ['namespaces', 'environments'] as const)
      for (const [at, pattern] of textsOf(entry[field]).entries()) {
        count++
        const rule = patternRule(pattern)
        if (rule !== undefined)
          wrong.push(failure('pattern_refused', { pointer: `/spec/permissions/${index}/${field}/${at}`, rule }))
      }
  }
  if (count > mostPatterns)
    wrong.push(failure('too_large', { what: 'The list of patterns of a role', limit: `${mostPatterns} patterns` }))
  return wrong
}

/** Members and keys that hold a role. A few are enough to name. */
const holdersOf = (name: string, state: State): readonly string[] => {
  const holders: string[] = []
  for (const member of state.entries('member'))
    if (textsOf(member.body['roles']).includes(name)) holders.push(`member ${member.name}`)
  for (const key of state.entries('apiKey')) if (key.body['role'] === name) holders.push(`API key ${key.name}`)
  return holders.slice(0, 10)
}

/** `*` alone is no bound. */
const boundsOf = (patterns: Json | undefined): readonly string[] | undefined => {
  if (patterns === undefined) return undefined
  const found = textsOf(patterns)
  return found.includes('*') ? undefined : found
}

const stated = (entry: Json): Grant | undefined => {
  const named = tenantPermissions([isObject(entry) ? textOf(entry['permission'] ?? '') : textOf(entry)])
  const namespaces = isObject(entry) ? boundsOf(entry['namespaces']) : undefined
  const environments = isObject(entry) ? boundsOf(entry['environments']) : undefined
  const narrowed = namespaces !== undefined || environments !== undefined
  const permissionsHeld = narrowed ? named.filter(narrowable) : named
  return permissionsHeld.length === 0 ? undefined : { permissions: permissionsHeld, namespaces, environments }
}

/** What a role's body grants; permissions with the same bounds as one grant. What no role of a tenant may hold is left out, whatever it says. */
export const grantsOfRole = ({ permissions: entries }: JsonObject): readonly Grant[] => {
  const byBounds = new Map<string, Grant>()
  for (const entry of isArray(entries) ? entries : []) {
    const grant = stated(entry)
    if (grant === undefined) continue
    const bounds = JSON.stringify([grant.namespaces ?? null, grant.environments ?? null])
    const known = byBounds.get(bounds)
    byBounds.set(
      bounds,
      known === undefined
        ? grant
        : { ...grant, permissions: [...new Set([...known.permissions, ...grant.permissions])] },
    )
  }
  return [...byBounds.values()]
}

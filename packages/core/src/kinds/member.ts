// A user's roles in one tenant; its name is the user's id. A tenant keeps at least one owner.
import Type from 'typebox'
import { failure } from '../errors/failure.ts'
import type { State } from '../state/state.ts'
import { textsOf } from '../values/json-value.ts'
import { closed, kind, Slug, uuidRule } from './kind.ts'

const isOwner = (body: { readonly [key: string]: unknown }): boolean => {
  const { roles } = body
  return Array.isArray(roles) && roles.includes('owner')
}

const hasOwner = (state: State): boolean => {
  for (const found of state.entries('member')) if (isOwner(found.body)) return true
  return false
}

export const member = kind({
  kind: 'member',
  group: 'governance',
  sides: ['platform', 'tenant'],
  permission: 'member:write',
  name: uuidRule,
  body: Type.Object({ roles: Type.Array(Slug, { minItems: 1, maxItems: 20, uniqueItems: true }) }, closed),
  check: (change, { before, after }) => {
    if (hasOwner(before) && !hasOwner(after)) return [failure('last_owner')]
    if (change.op === 'delete') return []
    return textsOf(change.body['roles']).flatMap((name, index) =>
      ['owner', 'admin', 'editor', 'viewer', 'reader'].includes(name) || after.get('role', name) !== undefined
        ? []
        : [failure('target_unknown', { pointer: `/spec/roles/${index}`, kind: 'role', name })],
    )
  },
})

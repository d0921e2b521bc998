// An API key's grant: a role, narrowed to namespaces and environments, until it expires or is deleted.
// Holds the hash of the key, never the key; its name is chosen by people and may be used again.
import Type from 'typebox'
import { isRoleName } from '../access/permission.ts'
import { failure } from '../errors/failure.ts'
import { textOf, textsOf } from '../values/json-value.ts'
import { closed, kind, Slug } from './kind.ts'

export const apiKey = kind({
  kind: 'apiKey',
  group: 'governance',
  sides: ['platform', 'tenant'],
  permission: 'key:write',
  body: Type.Object(
    {
      role: Slug,
      /** None named: all. */
      namespaces: Type.Array(Slug, { maxItems: 100, uniqueItems: true }),
      environments: Type.Array(Slug, { maxItems: 100, uniqueItems: true }),
      /** Milliseconds since 1970. */
      expiresAt: Type.Optional(Type.Integer({ minimum: 0 })),
      /** The public part of the key, that finds it. */
      keyId: Type.String({ pattern: '^[a-z2-7]{16,32}$' }),
      hash: Type.String({ maxLength: 100 }),
    },
    closed,
  ),
  check: (change, { side, after, platform }) => {
    if (change.op === 'delete') return []
    const { body } = change
    const missing = (field: 'namespaces' | 'environments', wanted: 'namespace' | 'environment') => {
      return textsOf(body[field]).flatMap((name, index) =>
        after.get(wanted, name) === undefined && platform.get(wanted, name) === undefined
          ? [failure('target_unknown', { pointer: `/spec/${field}/${index}`, kind: wanted, name })]
          : [],
      )
    }
    const role = textOf(body['role'])
    const unknown = isRoleName(role) || (side === 'tenant' && after.get('role', role) !== undefined)
    return [
      ...(unknown ? [] : [failure('target_unknown', { pointer: '/spec/role', kind: 'role', name: role })]),
      ...missing('namespaces', 'namespace'),
      ...missing('environments', 'environment'),
    ]
  },
})

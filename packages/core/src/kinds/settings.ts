// What a tenant sets for itself. One resource a tenant, named `settings`.
import Type from 'typebox'
import { failure } from '../errors/failure.ts'
import { textOf } from '../values/json-value.ts'
import { closed, Email, kind, Slug } from './kind.ts'

export const settings = kind({
  kind: 'settings',
  group: 'governance',
  sides: ['tenant'],
  permission: 'settings:write',
  name: (name) => (name === 'settings' ? undefined : 'the one resource of this kind is named settings'),
  body: Type.Object(
    {
      /** Every write of one resource needs If-Match, not only those in protected environments. */
      requireIfMatch: Type.Optional(Type.Boolean()),
      /** Every write needs an Idempotency-Key. */
      requireIdempotencyKey: Type.Optional(Type.Boolean()),
      /** What values are read of where a request names no environment and its key is not bound to one. */
      defaultEnvironment: Type.Optional(Slug),
      /** Whom to write to about the tenant. */
      contactEmail: Type.Optional(Email),
    },
    closed,
  ),
  check: (change, { after, platform }) => {
    const wanted = change.op === 'put' ? change.body['defaultEnvironment'] : undefined
    if (wanted === undefined) return []
    const name = textOf(wanted)
    return after.get('environment', name) === undefined && platform.get('environment', name) === undefined
      ? [failure('target_unknown', { pointer: '/spec/defaultEnvironment', kind: 'environment', name })]
      : []
  },
})

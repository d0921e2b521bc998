// What a tenant sets for itself. One resource a tenant, named `settings`.
import Type from 'typebox'
import { closed, kind } from './kind.ts'

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
    },
    closed,
  ),
})

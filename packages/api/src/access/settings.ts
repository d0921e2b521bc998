// The shape in which settings are shown.
import type { SettingsView } from '@konfig/app'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'

export const Settings = Type.Object(
  {
    requireIfMatch: Type.Boolean({ description: 'Every write of one resource needs If-Match.' }),
    requireIdempotencyKey: Type.Boolean({ description: 'Every write needs an Idempotency-Key.' }),
  },
  closed,
)

export const tagged = ({ view, etag }: { readonly view: SettingsView; readonly etag: string | undefined }) =>
  etag === undefined ? { body: view } : { body: view, headers: { etag } }

// The shape in which settings are shown.
import type { SettingsView } from '@konfig/app'
import Type from 'typebox'
import { closed, orNull } from '../identity/shapes.ts'

export const Settings = Type.Object(
  {
    requireIfMatch: Type.Boolean({ description: 'Every write of one resource needs If-Match.' }),
    requireIdempotencyKey: Type.Boolean({ description: 'Every write needs an Idempotency-Key.' }),
    defaultEnvironment: orNull(
      Type.String({ description: 'What values are read of where a request names no environment.' }),
    ),
    contactEmail: orNull(Type.String({ description: 'Whom to write to about the tenant.' })),
  },
  closed,
)

export const tagged = ({ view, etag }: { readonly view: SettingsView; readonly etag: string | undefined }) =>
  etag === undefined ? { body: view } : { body: view, headers: { etag } }

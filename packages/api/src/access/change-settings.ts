// Changes a tenant's settings.
import { changeSettings } from '@konfig/app'
import Type from 'typebox'
import { closed, orNull } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { Settings, tagged } from './settings.ts'

export const patchSettings = operation({
  route: 'PATCH /settings',
  summary: 'Change settings',
  description: 'A merge patch: what is left out stays, null goes back to the default.',
  tag: 'Settings',
  guard: 'settings:write',
  side: 'tenant',
  writes: true,
  body: Type.Object(
    {
      requireIfMatch: Type.Optional(orNull(Type.Boolean())),
      requireIdempotencyKey: Type.Optional(orNull(Type.Boolean())),
      defaultEnvironment: Type.Optional(orNull(Type.String({ maxLength: 63 }))),
      contactEmail: Type.Optional(orNull(Type.String({ maxLength: 254 }))),
    },
    closed,
  ),
  accepts: ['application/json', 'application/merge-patch+json'],
  answer: Settings,
  refuses: ['denied', 'target_unknown', 'precondition_failed', 'body_invalid'],
  example: { body: { requireIfMatch: false, defaultEnvironment: 'dev', contactEmail: 'ops@acme.example' } },
  run: async (context, { body, expect }) => tagged(await changeSettings(context, body, expect)),
})

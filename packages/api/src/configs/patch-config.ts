// Patches a config.
import { patchConfig } from '@konfig/app'
import type { Json } from '@konfig/core'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, ConfigShape, environmentQuery, KeyPath, patchAccepts, sendViewed, valueRefusals } from './shapes.ts'

export const patchOneConfig = operation({
  route: 'PATCH /namespaces/{ns}/configs/{key}',
  summary: 'Patch a config',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path, query }) =>
    query.environment === undefined
      ? { ...placeOf(path.ns, undefined), environments: '*' }
      : placeOf(path.ns, query.environment),
  path: KeyPath,
  query: Type.Object(environmentQuery, closed),
  body: Type.Unknown(),
  accepts: patchAccepts,
  answer: ConfigShape,
  refuses: ['patch_failed', 'unsupported_media_type', ...valueRefusals],
  example: { path: { ns: 'billing', key: 'retries' }, body: { description: 'How often a payment is tried again' } },
  run: async (context, { path, query, body, mediaType }) =>
    sendViewed(
      await patchConfig(context, { namespace: path.ns, key: path.key, ...query }, { body: body as Json, mediaType }),
    ),
})

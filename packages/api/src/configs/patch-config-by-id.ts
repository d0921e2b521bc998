// Patch a config by its id.
import { configById, patchConfig } from '@konfig/app'
import type { Json } from '@konfig/core'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, ConfigShape, environmentQuery, IdPath, patchAccepts, sendViewed, valueRefusals } from './shapes.ts'

export const patchConfigById = operation({
  route: 'PATCH /configs/{id}',
  summary: 'Patch a config by its id',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ query }) => placeOf(undefined, query.environment),
  path: IdPath,
  query: Type.Object(environmentQuery, closed),
  body: Type.Unknown(),
  accepts: patchAccepts,
  answer: ConfigShape,
  refuses: ['patch_failed', 'unsupported_media_type', ...valueRefusals],
  example: { path: { id: '{{config:retries}}' }, body: { value: 4 } },
  run: async (context, { path, query, body, mediaType }) =>
    sendViewed(
      await patchConfig(
        context,
        { ...configById(context, 'config:write', path.id), ...query },
        { body: body as Json, mediaType },
      ),
    ),
})

// Patches an application.
import { patchApplication } from '@konfig/app'
import type { Json } from '@konfig/core'
import Type from 'typebox'
import { patchAccepts, sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { ApplicationPath, ApplicationShape } from './shapes.ts'

export const patchOneApplication = operation({
  route: 'PATCH /applications/{id}',
  summary: 'Patch an application',
  tag: 'Applications',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  path: ApplicationPath,
  body: Type.Unknown(),
  accepts: patchAccepts,
  answer: ApplicationShape,
  refuses: [
    'target_unknown',
    'body_invalid',
    'patch_failed',
    'unsupported_media_type',
    'precondition_failed',
    'precondition_required',
    'denied',
    'resource_not_found',
  ],
  example: { path: { id: 'shop' }, body: { contactEmail: 'shop@acme.example' } },
  run: async (context, { path, body, mediaType }) =>
    sendViewed(await patchApplication(context, path.id, { body: body as Json, mediaType })),
})

// Patches an environment.
import { patchEnvironment } from '@konfig/app'
import type { Json } from '@konfig/core'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, EnvironmentShape, Name, patchAccepts, sendViewed } from './shapes.ts'

export const patchOneEnvironment = operation({
  route: 'PATCH /environments/{name}',
  summary: 'Patch an environment',
  tag: 'Environments',
  guard: 'environment:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ name: Name }, closed),
  body: Type.Unknown(),
  accepts: patchAccepts,
  answer: EnvironmentShape,
  refuses: [
    'environment_fixed',
    'environment_cycle',
    'target_unknown',
    'body_invalid',
    'patch_failed',
    'unsupported_media_type',
    'precondition_failed',
    'precondition_required',
    'denied',
    'resource_not_found',
  ],
  example: { path: { name: 'qa' }, body: { displayName: 'Quality' } },
  run: async (context, { path, body, mediaType }) =>
    sendViewed(await patchEnvironment(context, path.name, { body: body as Json, mediaType })),
})

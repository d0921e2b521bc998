// Patches a namespace.
import { patchNamespace } from '@konfig/app'
import type { Json } from '@konfig/core'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { NamespacePath, NamespaceShape, patchAccepts, sendViewed } from './shapes.ts'

export const patchOneNamespace = operation({
  route: 'PATCH /namespaces/{ns}',
  summary: 'Patch a namespace',
  tag: 'Namespaces',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path }) => ({ ...placeOf(path.ns, undefined), environments: '*' }),
  path: NamespacePath,
  body: Type.Unknown(),
  accepts: patchAccepts,
  answer: NamespaceShape,
  refuses: [
    'defined_by_platform',
    'body_invalid',
    'patch_failed',
    'unsupported_media_type',
    'precondition_failed',
    'denied',
    'resource_not_found',
  ],
  example: { path: { ns: 'billing' }, body: { description: 'What customers pay' } },
  run: async (context, { path, body, mediaType }) =>
    sendViewed(await patchNamespace(context, path.ns, { body: body as Json, mediaType })),
})

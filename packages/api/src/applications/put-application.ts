// Replaces an application, or creates it.
import { putApplication } from '@konfig/app'
import Type from 'typebox'
import { closed, sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { applicationFields, ApplicationPath, ApplicationShape } from './shapes.ts'

export const putOneApplication = operation({
  route: 'PUT /applications/{id}',
  summary: 'Replace or create an application',
  tag: 'Applications',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  path: ApplicationPath,
  body: Type.Object(applicationFields, closed),
  answer: ApplicationShape,
  refuses: [
    'target_unknown',
    'name_invalid',
    'body_invalid',
    'precondition_failed',
    'precondition_required',
    'denied',
    'resource_not_found',
  ],
  example: { path: { id: 'shop' }, body: { owner: 'Sales', namespaces: ['billing'] } },
  run: async (context, { path, body }) =>
    sendViewed(await putApplication(context, path.id, body), `/applications/${path.id}`),
})

// Reads one application: what it is, not the values that it reads.
import { readApplicationResource } from '@konfig/app'
import { sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { ApplicationPath, ApplicationShape } from './shapes.ts'

export const getApplication = operation({
  route: 'GET /applications/{id}',
  summary: 'Read an application',
  tag: 'Applications',
  guard: 'config:read',
  side: 'tenant',
  path: ApplicationPath,
  answer: ApplicationShape,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { id: 'shop' } },
  run: async (context, { path }) => sendViewed(await readApplicationResource(context, path.id)),
})

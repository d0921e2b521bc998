// Deletes an application; what it read stays.
import { deleteApplication } from '@konfig/app'
import Type from 'typebox'
import { sendNothing } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { ApplicationPath } from './shapes.ts'

export const deleteOneApplication = operation({
  route: 'DELETE /applications/{id}',
  summary: 'Delete an application',
  tag: 'Applications',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  path: ApplicationPath,
  answer: Type.Undefined(),
  status: 204,
  refuses: ['precondition_failed', 'precondition_required', 'denied', 'resource_not_found'],
  example: { path: { id: 'shop' } },
  run: async (context, { path }) => {
    await deleteApplication(context, path.id)
    return sendNothing()
  },
})

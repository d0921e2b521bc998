// Deletes an environment that nothing needs.
import { deleteEnvironment } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Name, sendNothing } from './shapes.ts'

export const deleteOneEnvironment = operation({
  route: 'DELETE /environments/{name}',
  summary: 'Delete an environment',
  tag: 'Environments',
  guard: 'environment:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ name: Name }, closed),
  answer: Type.Undefined(),
  status: 204,
  refuses: [
    'in_use',
    'environment_fixed',
    'precondition_failed',
    'precondition_required',
    'denied',
    'resource_not_found',
  ],
  example: { path: { name: 'qa' } },
  run: async (context, { path }) => {
    await deleteEnvironment(context, path.name)
    return sendNothing()
  },
})

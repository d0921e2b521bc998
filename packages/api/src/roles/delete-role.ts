// Deletes a role that nobody holds.
import { deleteRole } from '@konfig/app'
import Type from 'typebox'
import { sendNothing } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { RolePath } from './shapes.ts'

export const deleteOneRole = operation({
  route: 'DELETE /roles/{name}',
  summary: 'Delete a role',
  description: 'Refused while members or API keys hold it, naming them.',
  tag: 'Roles',
  guard: 'role:write',
  side: 'tenant',
  writes: true,
  path: RolePath,
  answer: Type.Undefined(),
  status: 204,
  refuses: ['denied', 'in_use', 'name_invalid', 'precondition_failed', 'resource_not_found'],
  example: { path: { name: 'deployer' } },
  run: async (context, { path }) => {
    await deleteRole(context, path.name)
    return sendNothing()
  },
})

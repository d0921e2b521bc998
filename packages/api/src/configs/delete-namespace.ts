// Deletes a namespace; with cascade, all that is in it.
import { deleteNamespace } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, NamespacePath, sendNothing } from './shapes.ts'

export const deleteOneNamespace = operation({
  route: 'DELETE /namespaces/{ns}',
  summary: 'Delete a namespace',
  tag: 'Namespaces',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path }) => ({ ...placeOf(path.ns, undefined), environments: '*' }),
  path: NamespacePath,
  query: Type.Object(
    {
      cascade: Type.Optional(Type.Boolean({ description: 'Its configs and their overrides too, in the same commit.' })),
    },
    closed,
  ),
  answer: Type.Undefined(),
  status: 204,
  refuses: [
    'namespace_in_use',
    'in_use',
    'defined_by_platform',
    'too_large',
    'precondition_failed',
    'precondition_required',
    'denied',
    'resource_not_found',
  ],
  example: { path: { ns: 'empty' }, query: { cascade: 'true' } },
  run: async (context, { path, query }) => {
    await deleteNamespace(context, path.ns, query.cascade === true)
    return sendNothing()
  },
})

// Deletes an own key with all its overrides, or one override.
import { deleteConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, environmentQuery, KeyPath, sendNothing } from './shapes.ts'

export const deleteOneConfig = operation({
  route: 'DELETE /namespaces/{ns}/configs/{key}',
  summary: 'Delete a config or an override',
  description:
    'Without an environment: an own key with all its overrides in one commit, of a key of the platform the own base override only. With one, that override.',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path, query }) =>
    query.environment === undefined
      ? { ...placeOf(path.ns, undefined), environments: '*' }
      : placeOf(path.ns, query.environment),
  path: KeyPath,
  query: Type.Object(environmentQuery, closed),
  answer: Type.Undefined(),
  status: 204,
  refuses: ['in_use', 'precondition_failed', 'precondition_required', 'denied', 'resource_not_found'],
  example: { path: { ns: 'billing', key: 'greeting' } },
  run: async (context, { path, query }) => {
    await deleteConfig(context, { namespace: path.ns, key: path.key, ...query })
    return sendNothing()
  },
})

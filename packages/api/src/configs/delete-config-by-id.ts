// Delete a config or an override by its id.
import { configById, deleteConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, environmentQuery, IdPath, sendNothing } from './shapes.ts'

export const deleteConfigById = operation({
  route: 'DELETE /configs/{id}',
  summary: 'Delete a config or an override by its id',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ query }) => placeOf(undefined, query.environment),
  path: IdPath,
  query: Type.Object(environmentQuery, closed),
  answer: Type.Undefined(),
  status: 204,
  refuses: ['in_use', 'precondition_failed', 'precondition_required', 'denied', 'resource_not_found'],
  example: { path: { id: '{{config:greeting}}' } },
  run: async (context, { path, query }) => {
    await deleteConfig(context, { ...configById(context, 'config:write', path.id), ...query })
    return sendNothing()
  },
})

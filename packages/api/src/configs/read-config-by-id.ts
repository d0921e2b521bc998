// Read a config by its id.
import { configById, readConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, ConfigShape, environmentQuery, IdPath, sendViewed } from './shapes.ts'

export const getConfigById = operation({
  route: 'GET /configs/{id}',
  summary: 'Read a config by its id',
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ query }) => placeOf(undefined, query.environment),
  path: IdPath,
  query: Type.Object(environmentQuery, closed),
  answer: ConfigShape,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { id: '{{config:retries}}' } },
  run: async (context, { path, query }) =>
    sendViewed(await readConfig(context, { ...configById(context, 'config:read', path.id), ...query })),
})

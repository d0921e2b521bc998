// Reads a config; with an environment, the override there.
import { readConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, ConfigShape, environmentQuery, KeyPath, sendViewed } from './shapes.ts'

export const getConfig = operation({
  route: 'GET /namespaces/{ns}/configs/{key}',
  summary: 'Read a config',
  description:
    'The definition in force with the value that the own layer says, not resolved. The ETag is of what a PUT would write.',
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ path, query }) => placeOf(path.ns, query.environment),
  path: KeyPath,
  query: Type.Object(environmentQuery, closed),
  answer: ConfigShape,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { ns: 'billing', key: 'retries' } },
  run: async (context, { path, query }) =>
    sendViewed(await readConfig(context, { namespace: path.ns, key: path.key, ...query })),
})

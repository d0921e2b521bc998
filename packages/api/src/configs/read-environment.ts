// Reads one environment.
import { readEnvironment } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, EnvironmentShape, Name, sendViewed } from './shapes.ts'

export const getEnvironment = operation({
  route: 'GET /environments/{name}',
  summary: 'Read an environment',
  tag: 'Environments',
  guard: 'config:read',
  side: 'tenant',
  path: Type.Object({ name: Name }, closed),
  answer: EnvironmentShape,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { name: 'production' } },
  run: async (context, { path }) => sendViewed(await readEnvironment(context, path.name)),
})

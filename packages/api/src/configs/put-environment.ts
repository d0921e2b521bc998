// Replaces an environment, or creates it; of the platform's, sets protection and order.
import { putEnvironment } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, environmentFields, EnvironmentShape, Name, sendViewed } from './shapes.ts'

export const putOneEnvironment = operation({
  route: 'PUT /environments/{name}',
  summary: 'Replace or create an environment',
  tag: 'Environments',
  guard: 'environment:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ name: Name }, closed),
  body: Type.Object(environmentFields, closed),
  answer: EnvironmentShape,
  refuses: [
    'environment_fixed',
    'environment_cycle',
    'target_unknown',
    'name_invalid',
    'value_invalid',
    'precondition_failed',
    'precondition_required',
    'denied',
    'resource_not_found',
  ],
  example: { path: { name: 'qa' }, body: { order: 7 } },
  run: async (context, { path, body }) =>
    sendViewed(await putEnvironment(context, path.name, body), `/environments/${path.name}`),
})

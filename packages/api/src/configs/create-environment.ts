// Creates an environment.
import { createEnvironment } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, environmentFields, EnvironmentShape, NewName, sendViewed } from './shapes.ts'

export const postEnvironment = operation({
  route: 'POST /environments',
  summary: 'Create an environment',
  tag: 'Environments',
  guard: 'environment:write',
  side: 'tenant',
  writes: true,
  body: Type.Object({ name: NewName, ...environmentFields }, closed),
  answer: EnvironmentShape,
  status: 201,
  refuses: ['already_exists', 'target_unknown', 'environment_cycle', 'name_invalid', 'precondition_failed', 'denied'],
  example: { body: { name: 'preview', parent: 'dev', order: 5 } },
  run: async (context, { body }) => {
    const made = await createEnvironment(context, body)
    return sendViewed(made, `/environments/${made.view.name}`)
  },
})

// Creates an application.
import { createApplication } from '@konfig/app'
import Type from 'typebox'
import { closed, NewName, sendViewed } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { applicationFields, ApplicationShape } from './shapes.ts'

export const postApplication = operation({
  route: 'POST /applications',
  summary: 'Create an application',
  tag: 'Applications',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  body: Type.Object({ name: NewName, ...applicationFields }, closed),
  answer: ApplicationShape,
  status: 201,
  refuses: ['already_exists', 'target_unknown', 'name_invalid', 'body_invalid', 'precondition_failed', 'denied'],
  example: { body: { name: 'backoffice', owner: 'Payments', namespaces: ['platform-defaults', 'billing'] } },
  run: async (context, { body }) => {
    const made = await createApplication(context, body)
    return sendViewed(made, `/applications/${made.view.name}`)
  },
})

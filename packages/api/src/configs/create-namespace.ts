// Creates a namespace.
import { createNamespace } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, namespaceFields, NamespaceShape, NewName, sendViewed } from './shapes.ts'

export const postNamespace = operation({
  route: 'POST /namespaces',
  summary: 'Create a namespace',
  tag: 'Namespaces',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: () => ({ environments: '*' }),
  body: Type.Object({ name: NewName, ...namespaceFields }, closed),
  answer: NamespaceShape,
  status: 201,
  refuses: ['already_exists', 'defined_by_platform', 'name_invalid', 'precondition_failed', 'denied'],
  example: { body: { name: 'shipping', displayName: 'Shipping' } },
  run: async (context, { body }) => {
    const made = await createNamespace(context, body)
    return sendViewed(made, `/namespaces/${made.view.name}`)
  },
})

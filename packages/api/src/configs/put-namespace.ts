// Replaces a namespace, or creates it.
import { putNamespace } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, namespaceFields, NamespacePath, NamespaceShape, sendViewed } from './shapes.ts'

export const putOneNamespace = operation({
  route: 'PUT /namespaces/{ns}',
  summary: 'Replace or create a namespace',
  tag: 'Namespaces',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path }) => ({ ...placeOf(path.ns, undefined), environments: '*' }),
  path: NamespacePath,
  body: Type.Object(namespaceFields, closed),
  answer: NamespaceShape,
  refuses: ['defined_by_platform', 'name_invalid', 'precondition_failed', 'denied', 'resource_not_found'],
  example: { path: { ns: 'billing' }, body: { displayName: 'Billing' } },
  run: async (context, { path, body }) =>
    sendViewed(await putNamespace(context, path.ns, body), `/namespaces/${path.ns}`),
})

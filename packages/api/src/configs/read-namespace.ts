// Reads one namespace.
import { readNamespaceResource } from '@konfig/app'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { NamespacePath, NamespaceShape, sendViewed } from './shapes.ts'

export const getNamespace = operation({
  route: 'GET /namespaces/{ns}',
  summary: 'Read a namespace',
  tag: 'Namespaces',
  guard: 'config:read',
  side: 'tenant',
  place: ({ path }) => placeOf(path.ns, undefined),
  path: NamespacePath,
  answer: NamespaceShape,
  refuses: ['denied', 'resource_not_found'],
  example: { path: { ns: 'billing' } },
  run: async (context, { path }) => sendViewed(await readNamespaceResource(context, path.ns)),
})

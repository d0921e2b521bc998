// Reads one namespace, the platform's or one's own.
import { check, type Context, notFound, statesOf } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { findNamespace, namespaceName } from './find.ts'
import { type NamespaceView, viewedNamespace } from './view.ts'

/** Throws `denied`, `resource_not_found`. */
export const readNamespaceResource = async (context: Context, nameOrId: string): Promise<Viewed<NamespaceView>> => {
  const around = statesOf(context)
  const name = namespaceName(around, nameOrId)
  check(context, 'config:read', { namespace: name ?? '*' })
  const found = name === undefined ? undefined : findNamespace(around, name)
  if (found === undefined) throw notFound('namespace', nameOrId)
  return viewedNamespace(found.resource, found.definedBy, context.side)
}

// Which key an id means, for the routes that know no namespace.
import { everywhere, type State } from '@konfig/core'
import { check, type Context, notFound, statesOf } from '../context.ts'
import type { Where } from './target.ts'

/** Throws `denied` before `resource_not_found`: an id tells nothing to those who may not read everywhere. */
export const configById = (
  context: Context,
  permission: 'config:read' | 'config:write',
  id: string,
): Pick<Where, 'namespace' | 'key'> => {
  const { state, platform } = statesOf(context)
  const found = (read: State) => {
    const resource = read.byId(id.toLowerCase())
    return resource?.kind === 'config' && !resource.deleted ? resource : undefined
  }
  const resource = found(state) ?? found(platform)
  const namespace = resource?.namespace
  check(context, permission, namespace === undefined ? everywhere : { namespace })
  if (resource === undefined || namespace === undefined) throw notFound('config', 'with this id')
  return { namespace, key: resource.name }
}

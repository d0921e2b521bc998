// Reads a config as its managers see it; with an environment, the override there.
import { failure, KonfigError } from '@konfig/core'
import { type Context, notFound, statesOf } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { allowedNamespace, isBase, missing, namedIn, targetOf, type Where } from './target.ts'
import { type ConfigView, viewed } from './view.ts'

/** Throws `denied`, `resource_not_found` for the namespace, the environment, the config, or an override that is not there. */
export const readConfig = async (context: Context, where: Where): Promise<Viewed<ConfigView>> => {
  const { state, platform, tenant } = statesOf(context)
  const around = { platform, tenant }
  const namespace = allowedNamespace(context, around, 'config:read', where)
  const wrong = missing(around, namespace, where)
  if (wrong !== undefined) throw new KonfigError(wrong)
  const target = targetOf(context.side, state, platform, namespace, where)
  if (target.definition === undefined && target.resource === undefined)
    throw notFound('config', `${namespace}/${where.key}`)
  if (target.resource === undefined && !isBase(context.side, where))
    throw new KonfigError(failure('resource_not_found', { kind: 'override', name: namedIn(namespace, where) }))
  return viewed(target, context.side, false)
}

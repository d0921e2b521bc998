// Patches a config: an own definition as a whole, everywhere else the value alone.
import { type JsonObject, ok, refuse } from '@konfig/core'
import type { Context } from '../context.ts'
import { applyPatch, type Patch } from '../patch/apply.ts'
import type { Viewed } from '../resource-view.ts'
import { bodyWith, type Target, type Where } from './target.ts'
import type { ConfigView } from './view.ts'
import { type PlanConfig, viewWritten, writeConfig } from './write.ts'

/** The document that a patch is applied to: what the caller's own log says, under the names that a PUT takes. */
const documentOf = ({ identity, resource, dormant }: Target): JsonObject => {
  if (identity.kind === 'config' && !dormant) return resource?.body ?? {}
  const value = resource?.body['value']
  return value === undefined ? {} : { value }
}

const planPatch =
  (patch: Patch): PlanConfig =>
  ({ namespace, target }) => {
    const { identity, resource, definition, dormant } = target
    if (definition === undefined)
      return refuse('resource_not_found', { kind: 'config', name: `${namespace}/${target.key}` })
    const patched = applyPatch(documentOf(target), patch)
    if (!patched.ok) return patched
    const labels = resource?.labels === undefined ? {} : { labels: resource.labels }
    if (identity.kind === 'config' && !dormant) return ok([{ op: 'put', ...identity, body: patched.value, ...labels }])
    const { value, ...rest } = patched.value
    const [strange] = Object.keys(rest)
    if (strange !== undefined)
      return refuse('body_invalid', {
        pointer: `/${strange.slice(0, 64)}`,
        rule: 'cannot be patched here: only value is yours',
      })
    if (identity.kind === 'override' && value === undefined) return ok([{ op: 'delete', ...identity }])
    return ok([{ op: 'put', ...identity, body: bodyWith(target, value), ...labels }])
  }

/** Throws `unsupported_media_type`, `patch_failed`, `resource_not_found`, and all that a PUT may. */
export const patchConfig = async (context: Context, where: Where, patch: Patch): Promise<Viewed<ConfigView>> =>
  viewWritten(context, where, await writeConfig(context, where, planPatch(patch)))

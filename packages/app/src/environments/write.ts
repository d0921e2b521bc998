// Creates, replaces, patches and deletes environments. Of the platform's, a tenant writes its own part only: protection and order.
import { failure, type JsonObject, ok, refuse, type Resource, type Result } from '@konfig/core'
import { commit } from '../commit.ts'
import { check, type Context, notFound, statesOf } from '../context.ts'
import { applyPatch, type Patch } from '../patch/apply.ts'
import type { Viewed } from '../resource-view.ts'
import { environmentName } from './read.ts'
import { type EnvironmentDetail, viewedEnvironment } from './view.ts'

interface There {
  readonly own: Resource | undefined
  /** The platform's, seen from a tenant. */
  readonly above: Resource | undefined
}

const put = async (
  context: Context,
  name: string,
  next: (there: There) => Result<JsonObject>,
): Promise<Viewed<EnvironmentDetail>> => {
  const { side, write, app } = context
  let existed = true
  const { state, repeated, changes } = await commit(context, ({ state: now, platform }) => {
    const own = now.get('environment', name)
    const above = side === 'tenant' ? platform.get('environment', name) : undefined
    existed = own !== undefined || above !== undefined
    const body = next({ own, above })
    if (!body.ok) return body
    const labels = own?.labels === undefined ? {} : { labels: own.labels }
    return ok({
      intentions: [{ op: 'put', kind: 'environment', name, body: body.value, expect: write.expect, ...labels }],
    })
  })
  const created = repeated ? changes.some(({ previous }) => previous === 0) : !existed
  const found = viewedEnvironment(name, state, side === 'platform' ? state : app.platform.state(), side, created)
  if (found === undefined) throw notFound('environment', name)
  return found
}

const writable = (context: Context, nameOrId: string): string => {
  check(context, 'environment:write', { namespace: '*', environments: '*' })
  const name = environmentName(statesOf(context), nameOrId)
  if (name === undefined) throw notFound('environment', nameOrId)
  return name
}

/** Throws `already_exists`, `target_unknown` for a parent, `environment_cycle`, `name_invalid`. */
export const createEnvironment = async (
  context: Context,
  { name, ...body }: JsonObject & { readonly name: string },
): Promise<Viewed<EnvironmentDetail>> => {
  check(context, 'environment:write', { namespace: '*', environments: '*' })
  return put(context, name, ({ own, above }) =>
    own === undefined && above === undefined ? ok(body) : refuse('already_exists', { kind: 'environment', name }),
  )
}

/** Throws `environment_fixed` for more than protection and order of a platform's. */
export const putEnvironment = async (
  context: Context,
  nameOrId: string,
  body: JsonObject,
): Promise<Viewed<EnvironmentDetail>> => put(context, writable(context, nameOrId), () => ok(body))

export const patchEnvironment = async (
  context: Context,
  nameOrId: string,
  patch: Patch,
): Promise<Viewed<EnvironmentDetail>> => {
  const name = writable(context, nameOrId)
  return put(context, name, ({ own, above }) =>
    own === undefined && above === undefined
      ? refuse('resource_not_found', { kind: 'environment', name })
      : applyPatch(own?.body ?? {}, patch),
  )
}

/** Throws `in_use` where values or other environments stand in the way, `environment_fixed` for a platform's that nothing was added to. */
export const deleteEnvironment = async (context: Context, nameOrId: string): Promise<{ readonly revision: number }> => {
  const name = writable(context, nameOrId)
  const { revision } = await commit(context, ({ state, platform }) => {
    if (state.get('environment', name) === undefined) {
      const fixed = context.side === 'tenant' && platform.get('environment', name) !== undefined
      return {
        ok: false,
        failure: fixed
          ? failure('environment_fixed', { environment: name })
          : failure('resource_not_found', { kind: 'environment', name }),
      }
    }
    return ok({ intentions: [{ op: 'delete', kind: 'environment', name, expect: context.write.expect }] })
  })
  return { revision }
}

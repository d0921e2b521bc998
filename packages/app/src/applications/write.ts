// Creates, replaces, patches and deletes applications. What they read is what their writer must be allowed to write, before and after.
import { everywhere, type JsonObject, namespacesOf, ok, refuse, type Resource, type Result } from '@konfig/core'
import { commit } from '../commit.ts'
import { check, type Context, notFound } from '../context.ts'
import { applyPatch, type Patch } from '../patch/apply.ts'
import type { Viewed } from '../resource-view.ts'
import { findApplication } from './find.ts'
import { type ApplicationView, viewedApplication } from './view.ts'

const put = async (
  context: Context,
  name: string,
  next: (own: Resource | undefined) => Result<JsonObject>,
): Promise<Viewed<ApplicationView>> => {
  const { write } = context
  let existed = true
  const { state, repeated, changes } = await commit(context, ({ state: now }) => {
    const own = now.get('application', name)
    existed = own !== undefined
    const body = next(own)
    if (!body.ok) return body
    const labels = own?.labels === undefined ? {} : { labels: own.labels }
    return ok({
      intentions: [{ op: 'put', kind: 'application', name, body: body.value, expect: write.expect, ...labels }],
    })
  })
  const resource = state.get('application', name)
  if (resource === undefined) throw notFound('application', name)
  return viewedApplication(resource, repeated ? changes.some(({ previous }) => previous === 0) : !existed)
}

/** The name of an application that is there and that the caller may write. */
const writable = (context: Context, nameOrId: string): string => {
  const found = findApplication(context.log.state(), nameOrId)
  if (found === undefined) {
    check(context, 'config:write', everywhere)
    throw notFound('application', nameOrId)
  }
  for (const namespace of namespacesOf(found)) check(context, 'config:write', { namespace, environments: '*' })
  return found.name
}

/** Throws `already_exists`, `target_unknown` for a namespace, `name_invalid`. */
export const createApplication = async (
  context: Context,
  { name, ...body }: JsonObject & { readonly name: string },
): Promise<Viewed<ApplicationView>> =>
  put(context, name, (own) =>
    own === undefined ? ok({ namespaces: [], ...body }) : refuse('already_exists', { kind: 'application', name }),
  )

/** A name that is not there yet is one to create; an id that is not there is refused. */
export const putApplication = async (
  context: Context,
  nameOrId: string,
  body: JsonObject,
): Promise<Viewed<ApplicationView>> => {
  const name = findApplication(context.log.state(), nameOrId)?.name ?? nameOrId
  return put(context, name, () => ok({ namespaces: [], ...body }))
}

export const patchApplication = async (
  context: Context,
  nameOrId: string,
  patch: Patch,
): Promise<Viewed<ApplicationView>> => {
  const name = writable(context, nameOrId)
  return put(context, name, (own) =>
    own === undefined ? refuse('resource_not_found', { kind: 'application', name }) : applyPatch(own.body, patch),
  )
}

/** Throws `denied`, `resource_not_found`, `precondition_failed`. */
export const deleteApplication = async (context: Context, nameOrId: string): Promise<{ readonly revision: number }> => {
  const name = writable(context, nameOrId)
  const { revision } = await commit(context, () =>
    ok({ intentions: [{ op: 'delete', kind: 'application', name, expect: context.write.expect }] }),
  )
  return { revision }
}

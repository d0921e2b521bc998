// Creates, replaces and patches namespaces of one's own side; the platform's are refused to tenants.
import { type JsonObject, ok, refuse, type Resource, type Result } from '@konfig/core'
import { commit } from '../commit.ts'
import { check, type Context, notFound, statesOf } from '../context.ts'
import { applyPatch, type Patch } from '../patch/apply.ts'
import type { Viewed } from '../resource-view.ts'
import { namespaceName } from './find.ts'
import { type NamespaceView, viewedNamespace } from './view.ts'

/** The body of a namespace, of what is there now. */
type Next = (own: Resource | undefined) => Result<JsonObject>

const put = async (context: Context, name: string, next: Next): Promise<Viewed<NamespaceView>> => {
  const { side, write } = context
  let existed = true
  const { state, repeated, changes } = await commit(context, ({ state: now, platform }) => {
    const own = now.get('namespace', name)
    existed = own !== undefined
    if (side === 'tenant' && platform.get('namespace', name) !== undefined)
      return refuse('defined_by_platform', { kind: 'namespace', name })
    const body = next(own)
    if (!body.ok) return body
    const labels = own?.labels === undefined ? {} : { labels: own.labels }
    return ok({
      intentions: [{ op: 'put', kind: 'namespace', name, body: body.value, expect: write.expect, ...labels }],
    })
  })
  const resource = state.get('namespace', name)
  if (resource === undefined) throw notFound('namespace', name)
  return viewedNamespace(resource, side, side, repeated ? changes.some(({ previous }) => previous === 0) : !existed)
}

/** The name in a path, once the caller may write there. A name that is not there yet is one to create. */
export const writableNamespace = (context: Context, nameOrId: string): string => {
  const name = namespaceName(statesOf(context), nameOrId)
  check(context, 'config:write', { namespace: name ?? '*', environments: '*' })
  if (name === undefined) throw notFound('namespace', nameOrId)
  return name
}

/** Throws `already_exists`, `defined_by_platform`, `name_invalid`. */
export const createNamespace = async (
  context: Context,
  { name, ...body }: JsonObject & { readonly name: string },
): Promise<Viewed<NamespaceView>> => {
  check(context, 'config:write', { namespace: name, environments: '*' })
  return put(context, name, (own) =>
    own === undefined ? ok(body) : refuse('already_exists', { kind: 'namespace', name }),
  )
}

export const putNamespace = async (
  context: Context,
  nameOrId: string,
  body: JsonObject,
): Promise<Viewed<NamespaceView>> => put(context, writableNamespace(context, nameOrId), () => ok(body))

export const patchNamespace = async (
  context: Context,
  nameOrId: string,
  patch: Patch,
): Promise<Viewed<NamespaceView>> => {
  const name = writableNamespace(context, nameOrId)
  return put(context, name, (own) =>
    own === undefined ? refuse('resource_not_found', { kind: 'namespace', name }) : applyPatch(own.body, patch),
  )
}

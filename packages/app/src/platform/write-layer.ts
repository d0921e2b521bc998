// Writing brands and plans: create, replace, patch. Each is one put in the platform's log; no tenant's log is read or written for it.
import { isObject, type JsonObject, refuse, type Result } from '@konfig/core'
import { type Asked, commit } from '../commit.ts'
import { check, type Context, notFound } from '../context.ts'
import { type LayerBody, type LayerKind, type LayerView, viewLayer } from './layer-view.ts'
import { findLayer } from './read-layers.ts'

const put = (context: Context, kind: LayerKind, name: string, body: LayerBody): Result<Asked> => ({
  ok: true,
  value: { intentions: [{ op: 'put', kind, name, body, expect: context.write.expect }] },
})

const written = (state: Parameters<typeof findLayer>[0], kind: LayerKind, name: string): LayerView => {
  const found = state.get(kind, name)
  if (found === undefined) throw notFound(kind, name)
  return viewLayer(found)
}

/** Refuses a name that is taken: `already_exists`. */
export const createLayer = async (
  context: Context,
  kind: LayerKind,
  name: string,
  body: LayerBody,
): Promise<LayerView> => {
  check(context, 'platform:write')
  const { state } = await commit(context, ({ state: before }) =>
    before.get(kind, name) === undefined ? put(context, kind, name, body) : refuse('already_exists', { kind, name }),
  )
  return written(state, kind, name)
}

/** Replaces the whole body, or makes what is not there; `created` tells which. */
export const replaceLayer = async (
  context: Context,
  kind: LayerKind,
  nameOrId: string,
  body: LayerBody,
): Promise<{ readonly view: LayerView; readonly created: boolean }> => {
  check(context, 'platform:write')
  let [name, created] = [nameOrId, false]
  const { state } = await commit(context, ({ state: before }) => {
    const found = findLayer(before, kind, nameOrId)
    created = found === undefined
    name = found?.name ?? nameOrId
    return put(context, kind, name, body)
  })
  return { view: written(state, kind, name), created }
}

/** Null takes a field away; in limits it is a limit of its own (none at all), so they are only set, one by one. */
const patched = (body: JsonObject, patch: JsonObject): JsonObject => {
  const next = new Map(Object.entries(body))
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) next.delete(field)
    else next.set(field, field === 'limits' && isObject(value) ? { ...limitsIn(body), ...value } : value)
  }
  return Object.fromEntries(next)
}

const limitsIn = ({ limits }: JsonObject): JsonObject => (limits !== undefined && isObject(limits) ? limits : {})

export const patchLayer = async (
  context: Context,
  kind: LayerKind,
  nameOrId: string,
  patch: LayerBody,
): Promise<LayerView> => {
  check(context, 'platform:write')
  let name = nameOrId
  const { state } = await commit(context, ({ state: before }) => {
    const found = findLayer(before, kind, nameOrId)
    if (found === undefined) return refuse('resource_not_found', { kind, name: nameOrId })
    name = found.name
    return put(context, kind, name, patched(found.body, patch))
  })
  return written(state, kind, name)
}

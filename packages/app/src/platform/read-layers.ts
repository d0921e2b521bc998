// Reading brands and plans: one, or a page of them.
import { isUuid, type Resource, type State } from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
import { fromNames, page, type Page, type PageQuery, pinnedStates } from '../page.ts'
import { type LayerKind, type LayerView, viewLayer } from './layer-view.ts'

export const findLayer = (state: State, kind: LayerKind, nameOrId: string): Resource | undefined => {
  if (!isUuid(nameOrId)) return state.get(kind, nameOrId)
  const found = state.byId(nameOrId)
  return found?.kind === kind && !found.deleted ? found : undefined
}

/** Rejects with `denied`, `resource_not_found`. */
export const readLayer = async (context: Context, kind: LayerKind, nameOrId: string): Promise<LayerView> => {
  check(context, 'platform:read')
  const found = findLayer(context.app.platform.state(), kind, nameOrId)
  if (found === undefined) throw notFound(kind, nameOrId)
  return viewLayer(found)
}

export const listLayers = async (context: Context, kind: LayerKind, query: PageQuery): Promise<Page<LayerView>> => {
  check(context, 'platform:read')
  const { state, pin } = pinnedStates(context, query.cursor)
  const read = (name: string): LayerView | undefined => {
    const found = state.get(kind, name)
    return found === undefined ? undefined : viewLayer(found)
  }
  return page<LayerView>(
    {
      from: fromNames(state.names(kind), read),
      text: ({ displayName, description }) => [displayName, description],
      fields: {
        displayName: ({ displayName }) => displayName,
        createdAt: ({ createdAt }) => createdAt,
        updatedAt: ({ updatedAt }) => updatedAt,
      },
      pin,
    },
    query,
  )
}

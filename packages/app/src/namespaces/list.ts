// Lists namespaces, the platform's among them.
import { type Context, may } from '../context.ts'
import { fromNames, mergeNames, type Page, page, type PageQuery, pinnedStates } from '../page.ts'
import { findNamespace } from './find.ts'
import { type NamespaceView, namespaceView } from './view.ts'

/** What the caller may not read is left out. */
export const listNamespaces = async (context: Context, query: PageQuery): Promise<Page<NamespaceView>> => {
  const states = pinnedStates(context, query.cursor)
  const names = mergeNames(states.platform.names('namespace'), states.tenant?.names('namespace') ?? [])
  const from = fromNames(names, (name) => {
    const found = findNamespace(states, name)
    if (found === undefined || !may(context, 'config:read', { namespace: name })) return undefined
    return namespaceView(found.resource, found.definedBy, context.side)
  })
  return page(
    {
      from,
      pin: states.pin,
      text: ({ name, displayName, description }) => [name, displayName, description],
      fields: {
        definedBy: ({ definedBy }) => definedBy,
        closed: ({ closed }) => closed === true,
        createdAt: ({ createdAt }) => createdAt,
        updatedAt: ({ updatedAt }) => updatedAt,
        revision: ({ revision }) => revision,
      },
    },
    query,
  )
}

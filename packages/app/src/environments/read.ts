// Reads environments: one, or all as a list by name.
import { environmentNames, isUuid, type State } from '@konfig/core'
import { check, type Context, may, notFound, statesOf } from '../context.ts'
import { fromNames, type Page, page, type PageQuery, pinnedStates } from '../page.ts'
import type { Viewed } from '../resource-view.ts'
import { type EnvironmentDetail, viewedEnvironment } from './view.ts'

/** The name that an id stands for, or the name itself. */
export const environmentName = (
  { state, platform }: { readonly state: State; readonly platform: State },
  nameOrId: string,
): string | undefined => {
  if (!isUuid(nameOrId)) return nameOrId
  const found = state.byId(nameOrId.toLowerCase()) ?? platform.byId(nameOrId.toLowerCase())
  return found?.kind === 'environment' ? found.name : undefined
}

/** Throws `denied`, `resource_not_found`. */
export const readEnvironment = async (context: Context, nameOrId: string): Promise<Viewed<EnvironmentDetail>> => {
  const states = statesOf(context)
  const name = environmentName(states, nameOrId)
  check(context, 'config:read', name === undefined ? { environments: '*' } : { environments: [name] })
  const found = name === undefined ? undefined : viewedEnvironment(name, states.state, states.platform, context.side)
  if (found === undefined) throw notFound('environment', nameOrId)
  return found
}

/** What the caller may not read is left out. */
export const listEnvironments = async (context: Context, query: PageQuery): Promise<Page<EnvironmentDetail>> => {
  const { state, platform, tenant, pin } = pinnedStates(context, query.cursor)
  const names = [...environmentNames(platform, tenant)].sort()
  const from = fromNames(names, (name) =>
    may(context, 'config:read', { environments: [name] })
      ? viewedEnvironment(name, state, platform, context.side)?.view
      : undefined,
  )
  return page(
    {
      from,
      pin,
      text: ({ name, displayName, description }) => [name, displayName, description],
      fields: {
        order: ({ order }) => order,
        parent: ({ parent }) => parent,
        protected: ({ protected: isProtected }) => isProtected,
        definedBy: ({ definedBy }) => definedBy,
        updatedAt: ({ updatedAt }) => updatedAt,
      },
    },
    query,
  )
}

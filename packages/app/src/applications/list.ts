// Lists applications.
import { namespacesOf } from '@konfig/core'
import { mayRead } from '../changes/readable.ts'
import type { Context } from '../context.ts'
import { fromNames, type Page, page, type PageQuery, pinnedStates } from '../page.ts'
import { type ApplicationView, applicationView } from './view.ts'

export interface ApplicationsQuery extends PageQuery {
  /** Those that read this namespace. */
  readonly namespace?: string | undefined
}

/** What the caller may not read is left out. */
export const listApplications = async (
  context: Context,
  { namespace, ...query }: ApplicationsQuery,
): Promise<Page<ApplicationView>> => {
  const { state, pin } = pinnedStates(context, query.cursor)
  const from = fromNames(state.names('application'), (name) => {
    const found = state.get('application', name)
    if (found === undefined || (namespace !== undefined && !namespacesOf(found).includes(namespace))) return undefined
    return mayRead(context, found, found.body) ? applicationView(found) : undefined
  })
  return page(
    {
      from,
      pin,
      text: ({ name, displayName, description, owner, contactEmail }) => [
        name,
        displayName,
        description,
        owner,
        contactEmail,
      ],
      fields: {
        owner: ({ owner }) => owner,
        contactEmail: ({ contactEmail }) => contactEmail,
        createdAt: ({ createdAt }) => createdAt,
        updatedAt: ({ updatedAt }) => updatedAt,
        revision: ({ revision }) => revision,
      },
    },
    query,
  )
}

// Reading and revoking API keys. Revoking is the commit alone: in force on the next request of this node.
import { type Expectation, ok } from '@konfig/core'
import { commit } from '../commit.ts'
import { check, type Context } from '../context.ts'
import { fromNames, page, type PageQuery, pinnedStates } from '../page.ts'
import { type ApiKeyView, apiKeyView, findApiKey } from './api-key.ts'
import { dropVerifier } from './verifier.ts'

export const listApiKeys = async (
  context: Context,
  query: PageQuery & { readonly role?: string | undefined },
): Promise<{ readonly items: readonly ApiKeyView[]; readonly next: string | null }> => {
  check(context, 'key:write')
  const { state, pin } = pinnedStates(context, query.cursor)
  const now = context.app.ports.now()
  const { role, ...rest } = query
  return page<ApiKeyView>(
    {
      from: fromNames(state.names('apiKey'), (name) => {
        const key = state.get('apiKey', name)
        return key === undefined ? undefined : apiKeyView(key, now)
      }),
      text: (key) => [key.name, key.keyId],
      fields: {
        role: (key) => key.role,
        createdAt: (key) => key.createdAt,
        expiresAt: (key) => key.expiresAt ?? undefined,
      },
      pin,
    },
    role === undefined ? rest : { ...rest, filters: { role } },
  )
}

export const readApiKey = (
  context: Context,
  idOrName: string,
): { readonly view: ApiKeyView; readonly etag: string } => {
  check(context, 'key:write')
  const found = findApiKey(context, idOrName)
  return { view: apiKeyView(found, context.app.ports.now()), etag: `"${found.id}.${found.version}"` }
}

/** Rejects with `denied`, `resource_not_found`, `precondition_failed`. */
export const revokeApiKey = async (
  context: Context,
  idOrName: string,
  expect: Expectation | undefined,
): Promise<void> => {
  check(context, 'key:write')
  const { app } = context
  const { name, body } = findApiKey(context, idOrName)
  const committed = await commit(context, () => ok({ intentions: [{ op: 'delete', kind: 'apiKey', name, expect }] }))
  // The verifier is void from now on; that it goes too is tidiness.
  const keyId = body['keyId']
  if (committed.commit !== undefined && typeof keyId === 'string') await dropVerifier(app, keyId).catch(app.onError)
}

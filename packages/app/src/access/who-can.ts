// Lists who may do something somewhere: members and live API keys, each with why.
import type { Resource } from '@konfig/core'
import { check, type Context, statesOf } from '../context.ts'
import { readUser } from '../identity/user.ts'
import { fromNames, page, type PageQuery, pinnedStates } from '../page.ts'
import { type AccessQuestion, requirementsFor } from './requirements.ts'
import { judgeAccess, keySources, memberSources } from './subject.ts'

export interface Holder {
  /** `user:<id>` or `key:<id>`. */
  readonly subject: string
  readonly type: 'user' | 'key'
  /** Email or name of the key; null where the user is gone. */
  readonly name: string | null
  readonly because: string
}

interface Found {
  readonly resource: Resource
  readonly because: string
}

/** Rejects with `denied`. */
export const whoCan = async (
  context: Context,
  question: AccessQuestion & Pick<PageQuery, 'limit' | 'cursor'>,
): Promise<{ readonly items: readonly Holder[]; readonly next: string | null }> => {
  check(context, 'member:write')
  const { app, side } = context
  const { state, pin } = pinnedStates(context, question.cursor)
  const { platform, tenant } = statesOf(context)
  const requirements = requirementsFor(question, platform, tenant)
  const now = app.ports.now()
  const read = (position: string): Found | undefined => {
    const isKey = position.startsWith('key/')
    const resource = state.get(isKey ? 'apiKey' : 'member', position.slice(position.indexOf('/') + 1))
    if (resource === undefined) return undefined
    const { expiresAt } = resource.body
    if (isKey && typeof expiresAt === 'number' && expiresAt <= now) return undefined
    const sources = isKey ? keySources(resource, side, state) : memberSources(resource, side, state)
    const { allowed, because } = judgeAccess(sources, requirements)
    return allowed ? { resource, because } : undefined
  }
  const positions = [
    ...state.names('apiKey').map((name) => `key/${name}`),
    ...state.names('member').map((name) => `user/${name}`),
  ]
  const { limit, cursor } = question
  const found = await page<Found>({ from: fromNames(positions, read), pin }, { limit, cursor })
  const items = await Promise.all(
    found.items.map(async ({ resource, because }): Promise<Holder> => {
      if (resource.kind === 'apiKey')
        return { subject: `key:${resource.id}`, type: 'key', name: resource.name, because }
      const email = (await readUser(app, resource.name))?.value.email ?? null
      return { subject: `user:${resource.name}`, type: 'user', name: email, because }
    }),
  )
  return { items, next: found.next }
}

// Listing, reading and writing roles. Nobody makes a role hold more than they hold themselves: the commit says so for every route.
import { failure, isRoleName, type JsonObject, KonfigError, ok, refuse, type Result } from '@konfig/core'
import { accessLogOf } from '../audit/log.ts'
import { noteSoon } from '../audit/note.ts'
import { commit } from '../commit.ts'
import { actorOf, check, type Context, notFound } from '../context.ts'
import { fromNames, type Page, page, type PageQuery, pinnedStates } from '../page.ts'
import type { Viewed } from '../resource-view.ts'
import { roleIn, roleNamesIn, type RoleView, viewedRole } from './role.ts'
import { readUser } from './user.ts'

export interface RolesQuery extends PageQuery {
  /** Those that hold it, anywhere. */
  readonly permission?: string | undefined
}

export const listRoles = async (context: Context, { permission, ...query }: RolesQuery): Promise<Page<RoleView>> => {
  check(context, 'role:write')
  const { state, pin } = pinnedStates(context, query.cursor)
  const from = fromNames(roleNamesIn(state), (name) => {
    const found = roleIn(state, name)
    const holds =
      permission === undefined ||
      found?.permissions.some((entry) => (typeof entry === 'string' ? entry : entry.permission) === permission)
    return holds === true ? found : undefined
  })
  return page(
    {
      from,
      pin,
      text: ({ name, displayName, description }) => [name, displayName, description],
      fields: {
        fixed: ({ fixed }) => fixed,
        createdAt: ({ createdAt }) => createdAt,
        updatedAt: ({ updatedAt }) => updatedAt,
      },
    },
    query,
  )
}

export const readRole = async (context: Context, name: string): Promise<Viewed<RoleView>> => {
  check(context, 'role:write')
  return viewedRole(context.log.state(), name)
}

const put = async (
  context: Context,
  name: string,
  body: JsonObject,
  allowed: (exists: boolean) => Result<undefined>,
): Promise<Viewed<RoleView>> => {
  check(context, 'role:write')
  const { app, request, write } = context
  let existed = true
  const committed = await commit(context, ({ state }) => {
    existed = state.get('role', name) !== undefined
    const may = allowed(existed)
    return may.ok ? ok({ intentions: [{ op: 'put', kind: 'role', name, body, expect: write.expect }] }) : may
  })
  const { state, repeated, changes } = committed
  if (committed.commit !== undefined && !repeated && changes.length > 0)
    noteSoon(app, accessLogOf(context), {
      type: 'rights_granted',
      actor: actorOf(context),
      resource: `role/${name}`,
      request: request.id,
      data: { permissions: body['permissions'] ?? [] },
    })
  return viewedRole(state, name, repeated ? changes.some(({ previous }) => previous === 0) : !existed)
}

/** Rejects with `denied`, `grant_exceeds`, `already_exists`, `name_invalid`, `body_invalid`, `pattern_refused`. */
export const createRole = (
  context: Context,
  { name, ...body }: JsonObject & { readonly name: string },
): Promise<Viewed<RoleView>> =>
  put(context, name, body, (exists) =>
    exists || isRoleName(name) ? refuse('already_exists', { kind: 'role', name }) : ok(undefined),
  )

/** As `createRole`, for a role that may be there. In force on the next request of whoever holds it. */
export const putRole = (context: Context, name: string, body: JsonObject): Promise<Viewed<RoleView>> =>
  put(context, name, body, () => ok(undefined))

/** People as they are known: the log names them by id. */
const namedUsers = async ({ app }: Context, name: string, reason: unknown): Promise<unknown> => {
  if (!(reason instanceof KonfigError) || reason.failure.code !== 'in_use') return reason
  const { users } = reason.failure.data
  const named = (Array.isArray(users) ? users.map(String) : []).map(async (user) => {
    const email = user.startsWith('member ') ? (await readUser(app, user.slice(7)))?.value.email : undefined
    return email === undefined ? user : `member ${email}`
  })
  return new KonfigError(failure('in_use', { kind: 'role', name, users: await Promise.all(named) }))
}

/** Rejects with `denied`, `resource_not_found`, `name_invalid` for a fixed one, `in_use` naming who holds it, `precondition_failed`. */
export const deleteRole = async (context: Context, name: string): Promise<{ readonly revision: number }> => {
  check(context, 'role:write')
  if (!isRoleName(name) && context.log.state().get('role', name) === undefined) throw notFound('role', name)
  try {
    const { revision } = await commit(context, () =>
      ok({ intentions: [{ op: 'delete', kind: 'role', name, expect: context.write.expect }] }),
    )
    return { revision }
  } catch (reason) {
    throw await namedUsers(context, name, reason)
  }
}

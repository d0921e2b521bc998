// Reading and changing members. Owners are touched by owners only, nobody gives more than they hold: the commit says so for every route.
import { type Expectation, ok, type Resource } from '@konfig/core'
import { accessLogOf } from '../audit/log.ts'
import { noteSoon } from '../audit/note.ts'
import { commit } from '../commit.ts'
import { actorOf, check, type Context } from '../context.ts'
import { fromNames, page, type PageQuery, pinnedStates } from '../page.ts'
import { findMember, type Member, memberView, type MemberView } from './member.ts'
import { dropMembership } from './membership.ts'
import { rolesOf } from './roles.ts'

export const listMembers = async (
  context: Context,
  query: PageQuery & { readonly role?: string | undefined },
): Promise<{ readonly items: readonly MemberView[]; readonly next: string | null }> => {
  check(context, 'member:write')
  const { state, pin } = pinnedStates(context, query.cursor)
  const emails = new Map<string, readonly (string | undefined)[]>()
  // Searching looks at names, which lie in the users' records: they are read first, and only then.
  if (query.q !== undefined)
    for (const member of state.entries('member')) {
      const { view } = await memberView(context.app, member)
      emails.set(member.name, [view.email ?? undefined, view.displayName ?? undefined])
    }
  const { role, ...rest } = query
  const found = await page<Resource>(
    {
      from: fromNames(state.names('member'), (name) => {
        const member = state.get('member', name)
        return member === undefined || (role !== undefined && !rolesOf(member).includes(role)) ? undefined : member
      }),
      text: ({ name }) => emails.get(name) ?? [],
      fields: { createdAt: (member) => member.createdAt, updatedAt: (member) => member.updatedAt },
      pin,
    },
    rest,
  )
  const items = await Promise.all(found.items.map(async (member) => (await memberView(context.app, member)).view))
  return { items, next: found.next }
}

export const readMember = async (context: Context, id: string): Promise<Member> => {
  check(context, 'member:write')
  return memberView(context.app, await findMember(context, id))
}

/** Rejects with `owner_only`, `grant_exceeds`, `last_owner`, `target_unknown`, `precondition_failed`. */
export const changeMember = async (
  context: Context,
  id: string,
  input: { readonly roles: readonly string[] },
  expect: Expectation | undefined,
): Promise<Member> => {
  check(context, 'member:write')
  const { app, request } = context
  const { name } = await findMember(context, id)
  let added: readonly string[] = []
  const committed = await commit(context, ({ state }) => {
    const before = rolesOf(state.get('member', name))
    added = input.roles.filter((role) => !before.includes(role))
    // Present, unless the writer expects more: a member who was removed meanwhile does not come back.
    return ok({
      intentions: [{ op: 'put', kind: 'member', name, body: { roles: input.roles }, expect: expect ?? 'present' }],
    })
  })
  if (committed.commit !== undefined && added.length > 0)
    noteSoon(app, accessLogOf(context), {
      type: 'rights_granted',
      actor: actorOf(context),
      resource: `member/${name}`,
      request: request.id,
      data: { roles: added },
    })
  const found = committed.state.get('member', name)
  return memberView(app, found ?? (await findMember(context, id)))
}

/** Rejects with `owner_only`, `last_owner`, `precondition_failed`. The member is refused from the next request on. */
export const removeMember = async (context: Context, id: string, expect: Expectation | undefined): Promise<void> => {
  check(context, 'member:write')
  const { app, side } = context
  const tenant = side === 'tenant' ? context.tenant : undefined
  const { name } = await findMember(context, id)
  const committed = await commit(context, () => ok({ intentions: [{ op: 'delete', kind: 'member', name, expect }] }))
  if (committed.commit !== undefined && tenant !== undefined)
    await dropMembership(app, name, tenant.name).catch(app.onError)
}

import type { Intention } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { changeTenant } from '../tenants/change.ts'
import { accept } from './accept.ts'
import { inviteMember } from './invite-member.ts'
import { login } from './login.ts'
import { changeMember, listMembers, readMember, removeMember } from './members.ts'
import { resetUser } from './reset-user.ts'
import {
  administrator,
  asking,
  callerOf,
  inside,
  joined,
  keyOf,
  logIn,
  openWorld,
  password,
  refusalOf,
  registered,
  type World,
} from './testing/world.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
})
afterEach(() => world.close())

const idOf = async (email: string): Promise<string> => {
  const { items } = await listMembers(await inside(world.app, owner), {})
  return items.find((item) => item.email === email)?.id ?? ''
}

const invite = async (token: string, roles: readonly string[], email = 'new@acme.example') =>
  inviteMember(await inside(world.app, token), { email, roles })

describe('an invitation', () => {
  it('makes a member of whoever sets a password with it, once', async () => {
    const { app } = world
    const { invitation = '' } = await invite(owner, ['editor'])
    const tokens = await accept(asking(app), { invitation, password })
    expect(tokens.tenant).toBe('acme')
    expect((await inside(app, tokens.accessToken)).caller).toMatchObject({
      grants: [{ permissions: expect.arrayContaining(['config:write']) }],
    })
    expect(await refusalOf(accept(asking(app), { invitation, password }))).toBe('invitation_invalid')
    expect((await logIn(app, 'NEW@acme.example')).tenant).toBe('acme')
  })

  it('needs a password of a new user, and the own password or session of a known one', async () => {
    const { app } = world
    const globex = await registered(app, 'globex')
    const fresh = await invite(owner, ['viewer'])
    expect(await refusalOf(accept(asking(app), { invitation: fresh.invitation ?? '' }))).toBe('password_invalid')
    const known = await invite(owner, ['viewer'], 'Owner@Globex.example')
    const invitation = known.invitation ?? ''
    expect(await refusalOf(accept(asking(app), { invitation }))).toBe('unauthenticated')
    expect(await refusalOf(accept(asking(app), { invitation, password: 'not their password' }))).toBe('login_failed')
    expect(await refusalOf(accept(asking(app, await callerOf(app, owner)), { invitation }))).toBe('unauthenticated')
    expect(await refusalOf(accept(asking(app, await callerOf(app, globex.accessToken)), { invitation }))).toBe('done')
    expect((await logIn(app, 'owner@globex.example', 'acme')).tenant).toBe('acme')
  })

  it('ends after seven days', async () => {
    const { app, clock } = world
    const { invitation = '', expiresAt } = await invite(owner, ['viewer'])
    expect(Date.parse(expiresAt)).toBe(clock.now + 7 * 24 * 3_600_000)
    clock.now += 7 * 24 * 3_600_000
    expect(await refusalOf(accept(asking(app), { invitation, password }))).toBe('invitation_invalid')
  })

  it('is void when its inviter could not give it today', async () => {
    const { app } = world
    const admin = (await joined(app, owner, 'admin')).accessToken
    const { invitation = '' } = await invite(admin, ['admin'])
    await changeMember(await inside(app, owner), await idOf('admin@acme.example'), { roles: ['viewer'] }, undefined)
    expect(await refusalOf(accept(asking(app), { invitation, password }))).toBe('invitation_invalid')
    await changeMember(await inside(app, owner), await idOf('admin@acme.example'), { roles: ['admin'] }, undefined)
    expect(await refusalOf(accept(asking(app), { invitation, password }))).toBe('done')
  })

  it('is void for whoever was removed after it was made; a new one is not', async () => {
    const { app } = world
    const first = await invite(owner, ['viewer'])
    const second = await invite(owner, ['viewer'])
    const use = ({ invitation = '' }: { readonly invitation?: string }) =>
      refusalOf(accept(asking(app), { invitation, password }))
    expect(await use(first)).toBe('done')
    await removeMember(await inside(app, owner), await idOf('new@acme.example'), undefined)
    expect(await use(second)).toBe('invitation_invalid')
    expect(await use(await invite(owner, ['viewer']))).toBe('done')
  })

  it('is refused for roles beyond the inviter, unknown roles, those who are members, and whoever may not invite', async () => {
    const { app } = world
    const admin = (await joined(app, owner, 'admin')).accessToken
    const editor = (await joined(app, owner, 'editor')).accessToken
    expect(await refusalOf(invite(admin, ['owner']))).toBe('grant_exceeds')
    expect(await refusalOf(invite(admin, ['nonsense']))).toBe('target_unknown')
    expect(await refusalOf(invite(admin, ['viewer'], 'EDITOR@acme.example'))).toBe('already_exists')
    expect(await refusalOf(invite(editor, ['reader']))).toBe('denied')
    expect(await refusalOf(invite(admin, ['viewer'], 'no address'))).toBe('body_invalid')
  })

  it('is not shown again to the same request under the same Idempotency-Key', async () => {
    const { app } = world
    const input = { email: 'new@acme.example', roles: ['viewer'] }
    const again = async (request: string) =>
      inviteMember(await inside(app, owner, { idempotency: { key: 'k', request } }), input)
    const { id } = await again('r')
    await expect(again('r')).rejects.toMatchObject({ failure: { code: 'already_created', data: { id } } })
    expect(await refusalOf(again('another'))).toBe('idempotency_mismatch')
  })

  it('of nobody is one: rubbish, another installation’s, a dry run’s', async () => {
    const { app } = world
    for (const invitation of ['', 'kfi_', `kfi_${'a'.repeat(43)}`])
      expect(await refusalOf(accept(asking(app), { invitation, password }))).toBe('invitation_invalid')
    const tried = await inviteMember(await inside(app, owner, { dryRun: true }), {
      email: 'new@acme.example',
      roles: ['viewer'],
    })
    expect(tried.invitation).toBeUndefined()
  })

  it('is refused beyond what the plan allows, when it is made and when it is accepted', async () => {
    const { app } = world
    const early = await invite(owner, ['viewer'], 'early@acme.example')
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    await commit(asking(app, admin), () => ({
      ok: true,
      value: { intentions: [{ op: 'put', kind: 'plan', name: 'tiny', body: { limits: { members: 1, keys: 0 } } }] },
    }))
    await changeTenant(asking(app, admin), 'acme', { plan: 'tiny' })
    expect(await refusalOf(invite(owner, ['viewer']))).toBe('limit_reached')
    expect(await refusalOf(accept(asking(app), { invitation: early.invitation ?? '', password }))).toBe('limit_reached')
    expect(await refusalOf(keyOf(app, owner))).toBe('limit_reached')
  })
})

describe('members', () => {
  it('are listed with their emails, by page, by role and by part of an email', async () => {
    const { app } = world
    for (const role of ['admin', 'editor', 'viewer']) await joined(app, owner, role)
    const context = await inside(app, owner)
    const first = await listMembers(context, { limit: 3 })
    const second = await listMembers(context, { limit: 3, cursor: first.next ?? '' })
    expect(new Set([...first.items, ...second.items].map(({ email }) => email))).toEqual(
      new Set(['admin', 'editor', 'owner', 'viewer'].map((role) => `${role}@acme.example`)),
    )
    expect(second.next).toBeNull()
    expect((await listMembers(context, { role: 'editor' })).items.map(({ roles }) => roles)).toEqual([['editor']])
    expect((await listMembers(context, { q: 'VIEW' })).items.map(({ email }) => email)).toEqual(['viewer@acme.example'])
    const { view, etag } = await readMember(context, first.items[0]?.id ?? '')
    expect(view).toEqual(first.items[0])
    expect(etag).toMatch(/^"[0-9a-f-]{36}\.1"$/)
    expect(await refusalOf(readMember(context, crypto.randomUUID()))).toBe('resource_not_found')
  })

  it('are found by their email as well, and a stranger is not, whether there is such a user or not', async () => {
    const { app } = world
    await joined(app, owner, 'viewer')
    const context = await inside(app, owner)
    expect((await readMember(context, ' Viewer@ACME.example ')).view.email).toBe('viewer@acme.example')
    for (const stranger of ['nobody@acme.example', 'not@an@email', '@'])
      expect(await refusalOf(readMember(context, stranger))).toBe('resource_not_found')
  })

  it('give nobody more than they hold themselves, and nothing to themselves', async () => {
    const { app } = world
    const admin = await inside(app, (await joined(app, owner, 'admin')).accessToken)
    await joined(app, owner, 'viewer')
    const viewer = await idOf('viewer@acme.example')
    expect(await refusalOf(changeMember(admin, viewer, { roles: ['owner'] }, undefined))).toBe('grant_exceeds')
    expect(
      await refusalOf(changeMember(admin, await idOf('admin@acme.example'), { roles: ['admin', 'owner'] }, undefined)),
    ).toBe('grant_exceeds')
    expect((await changeMember(admin, viewer, { roles: ['editor'] }, undefined)).view).toMatchObject({
      roles: ['editor'],
      version: 2,
    })
    const editor = await inside(app, (await logIn(app, 'viewer@acme.example')).accessToken)
    expect(await refusalOf(changeMember(editor, viewer, { roles: ['admin'] }, undefined))).toBe('denied')
    expect(await refusalOf(listMembers(editor, {}))).toBe('denied')
  })

  it('that are owners are touched by owners only, and one owner stays', async () => {
    const { app } = world
    const admin = await inside(app, (await joined(app, owner, 'admin')).accessToken)
    const boss = await idOf('owner@acme.example')
    expect(await refusalOf(changeMember(admin, boss, { roles: ['viewer'] }, undefined))).toBe('owner_only')
    expect(await refusalOf(removeMember(admin, boss, undefined))).toBe('owner_only')
    const own = await inside(app, owner)
    expect(await refusalOf(changeMember(own, boss, { roles: ['viewer'] }, undefined))).toBe('last_owner')
    expect(await refusalOf(removeMember(own, boss, undefined))).toBe('last_owner')
  })

  it('cannot be made or raised by any other route either', async () => {
    const { app } = world
    const token = (await joined(app, owner, 'admin')).accessToken
    const self = await idOf('admin@acme.example')
    const boss = await idOf('owner@acme.example')
    const put = async (intention: Intention) =>
      refusalOf(commit(await inside(app, token), () => ({ ok: true, value: { intentions: [intention] } })))
    expect(await put({ op: 'put', kind: 'member', name: self, body: { roles: ['owner'] } })).toBe('grant_exceeds')
    expect(await put({ op: 'put', kind: 'member', name: crypto.randomUUID(), body: { roles: ['owner'] } })).toBe(
      'grant_exceeds',
    )
    expect(await put({ op: 'delete', kind: 'member', name: boss })).toBe('owner_only')
    expect(await put({ op: 'put', kind: 'role', name: 'boss', body: { permissions: ['tenant:own'] } })).toBe(
      'body_invalid',
    )
    const body = { role: 'owner', namespaces: [], environments: [], keyId: 'a'.repeat(16), hash: 'x' }
    expect(await put({ op: 'put', kind: 'apiKey', name: 'own', body })).toBe('grant_exceeds')
  })

  it('that changed meanwhile are not overwritten by whoever read them before', async () => {
    const { app } = world
    await joined(app, owner, 'viewer')
    const id = await idOf('viewer@acme.example')
    const context = await inside(app, owner)
    await changeMember(context, id, { roles: ['editor'] }, [{ version: 1 }])
    expect(await refusalOf(changeMember(context, id, { roles: ['admin'] }, [{ version: 1 }]))).toBe(
      'precondition_failed',
    )
    expect(await refusalOf(removeMember(context, id, [{ version: 1 }]))).toBe('precondition_failed')
    await removeMember(context, id, [{ version: 2 }])
    expect(await refusalOf(changeMember(context, id, { roles: ['viewer'] }, undefined))).toBe('resource_not_found')
    expect(await refusalOf(login(asking(app), { email: 'viewer@acme.example', password, tenant: 'acme' }))).toBe(
      'login_failed',
    )
    expect((await logIn(app, 'viewer@acme.example')).tenant).toBeNull()
  })

  it('that are removed while somebody changes them stay removed', async () => {
    const { app } = world
    await joined(app, owner, 'viewer')
    const id = await idOf('viewer@acme.example')
    const context = await inside(app, owner)
    const [removed, changed] = await Promise.all([
      refusalOf(removeMember(context, id, undefined)),
      refusalOf(changeMember(context, id, { roles: ['editor'] }, undefined)),
    ])
    expect([removed, changed]).toEqual(['done', 'precondition_failed'])
    expect((await listMembers(context, {})).items).toHaveLength(1)
  })

  it('of the platform are invited and changed by the same rules', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { invitation = '' } = await inviteMember(asking(app, admin), {
      email: 'second@platform.example',
      roles: ['admin'],
    })
    const tokens = await accept(asking(app), { invitation, password })
    const second = await callerOf(app, tokens.accessToken)
    expect(second).toMatchObject({
      tenant: undefined,
      platformGrants: [{ permissions: expect.arrayContaining(['platform:write']) }],
    })
    const members = await listMembers(asking(app, admin), {})
    expect(new Set(members.items.map(({ email }) => email))).toEqual(
      new Set(['admin@platform.example', 'second@platform.example']),
    )
    const boss = members.items.find(({ email }) => email === 'admin@platform.example')?.id ?? ''
    expect(await refusalOf(removeMember(asking(app, second), boss, undefined))).toBe('owner_only')
    expect(
      await refusalOf(
        inviteMember(asking(app, await callerOf(app, owner)), { email: 'x@y.example', roles: ['viewer'] }),
      ),
    ).toBe('denied')
    expect(await refusalOf(resetUser(asking(app, second), boss))).toBe('owner_only')
  })
})

describe('a member of both sides', () => {
  it('invites to the side that is asked, and removing them there leaves the other alone', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { invitation = '' } = await inviteMember(asking(app, admin), {
      email: 'owner@acme.example',
      roles: ['owner'],
    })
    await accept(asking(app), { invitation, password })
    const both = await callerOf(app, owner)
    expect(both).toMatchObject({
      tenant: { name: 'acme' },
      platformGrants: [{ permissions: expect.arrayContaining(['platform:write']) }],
    })
    const second = await inviteMember(asking(app, both), { email: 'second@platform.example', roles: ['owner'] })
    await accept(asking(app), { invitation: second.invitation ?? '', password })
    expect((await listMembers(await inside(app, owner), {})).items).toHaveLength(1)
    expect((await listMembers(asking(app, admin), {})).items).toHaveLength(3)
    await removeMember(asking(app, both), await idOf('owner@acme.example'), undefined)
    expect((await logIn(app, 'owner@acme.example')).tenant).toBe('acme')
    expect(await callerOf(app, owner)).toMatchObject({ platformGrants: [] })
  })
})

describe('a reset link', () => {
  it('lets the user alone set a new password, once, and ends all sessions', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { invitation } = await resetUser(asking(app, admin), 'OWNER@acme.example')
    expect(await refusalOf(accept(asking(app), { invitation }))).toBe('password_invalid')
    expect(await refusalOf(accept(asking(app), { invitation, password: 'short' }))).toBe('password_invalid')
    await accept(asking(app), { invitation, password: 'the new password' })
    expect(await refusalOf(callerOf(app, owner))).toBe('token_expired')
    expect(await refusalOf(accept(asking(app), { invitation, password: 'one more password' }))).toBe(
      'invitation_invalid',
    )
    expect(await refusalOf(logIn(app, 'owner@acme.example'))).toBe('login_failed')
    expect((await login(asking(app), { email: 'owner@acme.example', password: 'the new password' })).tenant).toBe(
      'acme',
    )
  })

  it('is void once the user has set another password, and after a day', async () => {
    const { app, clock } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const id = await idOf('owner@acme.example')
    const one = await resetUser(asking(app, admin), id)
    const two = await resetUser(asking(app, admin), id)
    await accept(asking(app), { invitation: two.invitation, password: 'the new password' })
    expect(await refusalOf(accept(asking(app), { invitation: one.invitation, password }))).toBe('invitation_invalid')
    const three = await resetUser(asking(app, admin), id)
    clock.now += 24 * 3_600_000
    expect(await refusalOf(accept(asking(app), { invitation: three.invitation, password }))).toBe('invitation_invalid')
  })

  it('is made by the platform only, for users that there are', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    expect(await refusalOf(resetUser(asking(app, await callerOf(app, owner)), 'owner@acme.example'))).toBe('denied')
    expect(await refusalOf(resetUser(asking(app, admin), crypto.randomUUID()))).toBe('resource_not_found')
    expect(await refusalOf(resetUser(asking(app, admin), 'nobody@acme.example'))).toBe('resource_not_found')
  })
})

// Roles that a tenant adds: what they grant, when, and who may give them.
import { type Intention, type JsonObject, ok } from '@konfig/core'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { may } from '../context.ts'
import { checkAccess } from '../access/check-access.ts'
import { verifiedKeyLookup } from './authenticate-key.ts'
import { accept } from './accept.ts'
import { createRole, deleteRole, listRoles, putRole, readRole } from './custom-roles.ts'
import { grantFailure } from './granting.ts'
import { inviteMember } from './invite-member.ts'
import { changeMember, listMembers } from './members.ts'
import { grantsOfRoles, keyGrants } from './roles.ts'
import {
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

const billingInDev = { permission: 'config:write', namespaces: ['billing-*'], environments: ['dev'] }
const asOwner = () => inside(world.app, owner)
const role = async (name: string, permissions: readonly unknown[]) =>
  createRole(await asOwner(), { name, permissions: permissions as JsonObject[string] })
const idOf = async (email: string): Promise<string> =>
  (await listMembers(await asOwner(), {})).items.find((member) => member.email === email)?.id ?? ''
/** Somebody who holds just this, by a role of that name. */
const somebody = async (name: string, permissions: readonly unknown[]): Promise<string> => {
  await role(name, permissions)
  return (await joined(world.app, owner, name)).accessToken
}

describe('roles', () => {
  it('are listed with the five fixed ones, which nobody changes', async () => {
    await role('tester', ['config:read', billingInDev])
    const context = await asOwner()
    expect((await listRoles(context, {})).items.map(({ name, fixed }) => [name, fixed])).toEqual([
      ['admin', true],
      ['editor', true],
      ['owner', true],
      ['reader', true],
      ['tester', false],
      ['viewer', true],
    ])
    expect((await listRoles(context, { permission: 'config:write', filters: { fixed: false } })).items).toHaveLength(1)
    expect((await readRole(context, 'tester')).view.permissions).toEqual(['config:read', billingInDev])
    expect(await refusalOf(putRole(context, 'viewer', { permissions: ['member:write'] }))).toBe('name_invalid')
    expect(await refusalOf(createRole(context, { name: 'viewer', permissions: [] }))).toBe('already_exists')
    expect(await refusalOf(deleteRole(context, 'viewer'))).toBe('name_invalid')
    expect(await refusalOf(readRole(context, 'nobody'))).toBe('resource_not_found')
  })

  it('grant what their patterns say, there and nowhere else', async () => {
    const context = await inside(world.app, await somebody('tester', [billingInDev]))
    const at = (namespace: string, ...environments: readonly string[]) =>
      may(context, 'config:write', { namespace, environments })
    expect(at('billing-eu', 'dev')).toBe(true)
    expect(at('billing-eu', 'dev', 'production')).toBe(false)
    expect(at('billing', 'dev')).toBe(false)
    expect(at('*', 'dev')).toBe(false)
    expect(may(context, 'config:write', { namespace: 'billing-eu', environments: '*' })).toBe(false)
    expect(may(context, 'config:read', { namespace: 'billing-eu' })).toBe(false)
  })

  it('with * alone are not bounded at all', async () => {
    const context = await inside(
      world.app,
      await somebody('all', [{ permission: 'config:write', namespaces: ['*'], environments: ['*', 'dev'] }]),
    )
    expect(may(context, 'config:write', { namespace: '*', environments: '*' })).toBe(true)
  })

  it('are explained by name and pattern', async () => {
    const token = await somebody('tester', [billingInDev])
    const question = { permission: 'config:write', namespace: 'billing-eu', environment: 'dev' } as const
    expect(await checkAccess(await inside(world.app, token), question)).toEqual({
      allowed: true,
      because:
        'role tester holds config:write in namespace billing-eu and environment dev by namespaces billing-* and environments dev',
    })
    expect(await checkAccess(await inside(world.app, token), { ...question, environment: 'production' })).toMatchObject(
      { allowed: false },
    )
  })

  it('change for whoever holds them at once: members, keys, and keys that this node has proven', async () => {
    const { app } = world
    const token = await somebody('tester', ['value:read', 'config:read'])
    const { key } = await keyOf(app, owner, { role: 'tester' })
    await callerOf(app, key)
    const proven = verifiedKeyLookup(app)
    const held = async () => [
      may(await inside(app, token), 'config:read'),
      may(await inside(app, key), 'config:read'),
      proven(key)?.grants.some(({ permissions }) => permissions.includes('config:read')),
    ]
    expect(await held()).toEqual([true, true, true])
    await putRole(await asOwner(), 'tester', { permissions: ['value:read'] })
    expect(await held()).toEqual([false, false, false])
  })

  it('are deleted once nobody holds them; until then the refusal names who does', async () => {
    const token = await somebody('tester', ['value:read'])
    await keyOf(world.app, owner, { role: 'tester', name: 'robot' })
    const context = await asOwner()
    await expect(deleteRole(context, 'tester')).rejects.toMatchObject({
      failure: { code: 'in_use', data: { users: ['member tester@acme.example', 'API key robot'] } },
    })
    expect(may(await inside(world.app, token), 'value:read')).toBe(true)
    await role('spare', [])
    await deleteRole(context, 'spare')
    expect(await refusalOf(deleteRole(context, 'spare'))).toBe('resource_not_found')
  })

  it('take no pattern that is none, no more than a hundred, and nothing bounded that has no place', async () => {
    const made = (permission: object) => refusalOf(role('x', [permission]))
    expect(await made({ permission: 'value:read', namespaces: ['a**'] })).toBe('pattern_refused')
    expect(await made({ permission: 'value:read', namespaces: ['-a'] })).toBe('pattern_refused')
    expect(await made({ permission: 'value:read', namespaces: [] })).toBe('body_invalid')
    expect(await made({ permission: 'value:read', namespaces: ['Billing'] })).toBe('body_invalid')
    expect(await made({ permission: 'member:write', namespaces: ['billing'] })).toBe('body_invalid')
    const many = (from: number) => Array.from({ length: 60 }, (_, index) => `n${from + index}`)
    const both = [
      { permission: 'value:read', namespaces: many(0) },
      { permission: 'config:read', namespaces: many(60) },
    ]
    expect(await refusalOf(role('x', both))).toBe('too_large')
  })

  it('are undone by nobody: a dry run shows, and stores nothing', async () => {
    const trying = await inside(world.app, owner, { dryRun: true })
    expect((await createRole(trying, { name: 'tester', permissions: ['value:read'] })).created).toBe(true)
    expect(await refusalOf(readRole(await asOwner(), 'tester'))).toBe('resource_not_found')
  })
})

describe('a keeper of roles who holds little', () => {
  const keeper = ['role:write', 'member:write', 'key:write', 'value:read', billingInDev] as const
  let token: string
  beforeEach(async () => {
    token = await somebody('keeper', keeper)
  })
  const asKeeper = () => inside(world.app, token)
  const put = async (name: string, permissions: readonly unknown[]) =>
    refusalOf(putRole(await asKeeper(), name, { permissions: permissions as JsonObject[string] }))

  it('cannot widen the own role, nor make one that holds more', async () => {
    for (const more of [
      'config:write',
      'settings:write',
      { permission: 'config:write', namespaces: ['*'], environments: ['dev'] },
      { permission: 'config:write', namespaces: ['billing*'], environments: ['dev'] },
      { permission: 'config:write', namespaces: ['billing-*'] },
      { permission: 'config:write', namespaces: ['billing-*'], environments: ['dev*'] },
      { permission: 'config:write', namespaces: ['billing-*', 'orders'], environments: ['dev'] },
      { permission: 'protected:write', namespaces: ['billing-eu'], environments: ['dev'] },
    ]) {
      expect(await put('keeper', [...keeper, more])).toBe('grant_exceeds')
      expect(await put('fresh', [more])).toBe('grant_exceeds')
    }
    expect(await put('fresh', [{ ...billingInDev, namespaces: ['billing-eu', 'billing-*-test'] }])).toBe('done')
  })

  it('cannot give a role that holds more: to a member, oneself, an invitation or a key', async () => {
    await role('strong', ['settings:write'])
    const context = await asKeeper()
    const self = await idOf('keeper@acme.example')
    expect(await refusalOf(changeMember(context, self, { roles: ['keeper', 'strong'] }, undefined))).toBe(
      'grant_exceeds',
    )
    expect(await refusalOf(changeMember(context, self, { roles: ['keeper', 'editor'] }, undefined))).toBe(
      'grant_exceeds',
    )
    const email = 'new@acme.example'
    expect(await refusalOf(inviteMember(context, { email, roles: ['strong'] }))).toBe('grant_exceeds')
    expect(await refusalOf(keyOf(world.app, token, { role: 'strong' }))).toBe('grant_exceeds')
    expect(await refusalOf(keyOf(world.app, token, { role: 'editor', namespaces: ['billing-eu'] }))).toBe(
      'grant_exceeds',
    )
    expect(await refusalOf(keyOf(world.app, token, { role: 'keeper' }))).toBe('done')
  })

  it('cannot widen a role after an invitation to it was sent, and accept it', async () => {
    await role('later', ['value:read'])
    const { invitation = '' } = await inviteMember(await asKeeper(), { email: 'new@acme.example', roles: ['later'] })
    await putRole(await asOwner(), 'later', { permissions: ['settings:write'] })
    expect(await refusalOf(accept(asking(world.app), { invitation, password }))).toBe('invitation_invalid')
  })

  it('may take away what others hold, and keep what somebody else gave', async () => {
    await role('strong', ['settings:write', 'value:read'])
    expect(await put('strong', ['settings:write'])).toBe('done')
    expect(await put('strong', ['settings:write', 'value:read'])).toBe('done')
    expect(await put('strong', ['settings:write', 'audit:read'])).toBe('grant_exceeds')
  })

  it('loses all of it with the role', async () => {
    await putRole(await asOwner(), 'keeper', { permissions: ['value:read'] })
    expect(await put('keeper', keeper)).toBe('denied')
  })

  it('does not come by more through any intention, however it is put', async () => {
    const context = await asKeeper()
    const self = await idOf('keeper@acme.example')
    const tried = (intention: Intention) => refusalOf(commit(context, () => ok({ intentions: [intention] })))
    expect(await tried({ op: 'put', kind: 'member', name: self, body: { roles: ['owner'] } })).toBe('grant_exceeds')
    expect(await tried({ op: 'put', kind: 'role', name: 'keeper', body: { permissions: ['audit:read'] } })).toBe(
      'grant_exceeds',
    )
    // A role and its bearer in one commit: the role is judged as it was, the bearer too.
    expect(
      await refusalOf(
        commit(context, () =>
          ok({
            intentions: [
              { op: 'put', kind: 'role', name: 'fresh', body: { permissions: ['audit:read'] } },
              { op: 'put', kind: 'member', name: self, body: { roles: ['fresh'] } },
            ],
          }),
        ),
      ),
    ).toBe('grant_exceeds')
  })
})

describe('a key with a role that a tenant adds', () => {
  it('holds the role within the names that it is narrowed to, and nothing where they do not meet', () => {
    const body = (namespaces: readonly string[], environments: readonly string[]) =>
      ({ role: 'tester', namespaces, environments }) as JsonObject
    const state = {
      get: () => ({ body: { permissions: ['audit:read', 'config:read', billingInDev] } }),
    } as unknown as Parameters<typeof keyGrants>[2]
    const held = (namespaces: readonly string[], environments: readonly string[]) =>
      keyGrants(body(namespaces, environments), 'tenant', state)
    expect(held([], [])).toEqual([
      { permissions: ['audit:read', 'config:read'], namespaces: undefined, environments: undefined },
      { permissions: ['config:write'], namespaces: ['billing-*'], environments: ['dev'] },
    ])
    expect(held(['billing-eu', 'orders'], [])).toEqual([
      { permissions: ['config:read'], namespaces: ['billing-eu', 'orders'], environments: undefined },
      { permissions: ['config:write'], namespaces: ['billing-eu'], environments: ['dev'] },
    ])
    expect(held(['orders'], ['dev'])).toEqual([
      { permissions: ['config:read'], namespaces: ['orders'], environments: ['dev'] },
    ])
  })

  it('is bound to an environment only where that is one name', async () => {
    const { boundEnvironment } = await import('../values/question.ts')
    await role('one', [{ permission: 'value:read', environments: ['dev'] }, 'config:read'])
    await role('some', [{ permission: 'value:read', environments: ['dev*'] }])
    const bound = async (name: string) =>
      boundEnvironment(await callerOf(world.app, (await keyOf(world.app, owner, { name, role: name })).key))
    expect(await bound('one')).toBe('dev')
    expect(await bound('some')).toBeUndefined()
  })
})

describe('nobody grants more than they hold', () => {
  const entry = fc.oneof(
    fc.constantFrom('value:read', 'config:write', 'member:write'),
    fc.record({
      permission: fc.constantFrom('value:read', 'config:write'),
      namespaces: fc.uniqueArray(fc.constantFrom('a', 'ab', 'a*', '*b', '*'), { minLength: 1 }),
      environments: fc.uniqueArray(fc.constantFrom('d', 'd*', '*'), { minLength: 1 }),
    }),
  )
  const places = ['a', 'ab', 'b', 'bb', 'ac', '*'].flatMap((namespace) =>
    ['d', 'dd', 'e', '*'].flatMap((environment) => [{ namespace, environment }]),
  )

  it('whatever patterns are put together: what was given is nowhere more than what the giver has', async () => {
    const { allows, emptyState } = await import('@konfig/core')
    const none = emptyState('log')
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), fc.array(entry, { maxLength: 4 }), (mine, given) => {
        const state = { ...none, get: () => ({ body: { permissions: mine } }) } as unknown as typeof none
        const held = grantsOfRoles(['mine'], 'tenant', state)
        const put = { op: 'put', kind: 'role', name: 'fresh', body: { permissions: given } } as unknown as Intention
        fc.pre(grantFailure(held, put, 'tenant', none) === undefined)
        const after = { ...none, get: () => ({ body: { permissions: given } }) } as unknown as typeof none
        const got = grantsOfRoles(['fresh'], 'tenant', after)
        for (const permission of ['value:read', 'config:write', 'member:write'] as const)
          for (const { namespace, environment } of places) {
            const place = { namespace, environments: environment === '*' ? ('*' as const) : [environment] }
            expect(allows(got, { permission, place }) && !allows(held, { permission, place })).toBe(false)
          }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a member who holds a role that a tenant adds', () => {
  it('logs in with it alone, and is refused once it holds nothing', async () => {
    await somebody('tester', ['value:read'])
    expect((await logIn(world.app, 'tester@acme.example', 'acme')).tenant).toBe('acme')
    await putRole(await asOwner(), 'tester', { permissions: [] })
    const { accessToken } = await logIn(world.app, 'tester@acme.example', 'acme')
    expect(await refusalOf(callerOf(world.app, accessToken))).toBe('token_expired')
  })
})

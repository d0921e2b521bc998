import { emptyState, fixedRoles, type Grant, roleNames } from '@konfig/core'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { check } from '../context.ts'
import { grantFailure } from './granting.ts'
import { grantsOfRoles, keyGrants } from './roles.ts'
import { inside, openWorld, registered, type World } from './testing/world.ts'

const state = emptyState('log')
const everywhere = (permissions: Grant['permissions']): Grant => ({
  permissions,
  namespaces: undefined,
  environments: undefined,
})
const names = fc.subarray(['billing', 'orders', 'users'])
const environments = fc.subarray(['dev', 'staging', 'production'])

/** Everything that grants allow, spelled out: a second opinion. */
const spelled = (grants: readonly Grant[]): ReadonlySet<string> =>
  new Set(
    grants.flatMap(
      ({
        permissions,
        namespaces = ['*', 'billing', 'orders', 'users'],
        environments: at = ['*', 'dev', 'staging', 'production'],
      }) =>
        permissions.flatMap((permission) =>
          namespaces.flatMap((namespace) => at.map((environment) => `${permission} ${namespace} ${environment}`)),
        ),
    ),
  )

describe('granting', () => {
  it('lets a key be made exactly where its maker holds all that it gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...roleNames),
        names,
        environments,
        fc.constantFrom(...roleNames),
        names,
        environments,
        (mine, own, ownAt, role, given, givenAt) => {
          const held = keyGrants({ role: mine, namespaces: own, environments: ownAt }, 'tenant', state)
          const body = { role, namespaces: given, environments: givenAt, keyId: 'a'.repeat(16), hash: 'x' }
          const refused =
            grantFailure(held, { op: 'put', kind: 'apiKey', name: 'key', body }, 'tenant', state) !== undefined
          const mineSpelled = spelled(held)
          const exceeds = [...spelled(keyGrants(body, 'tenant', state))].some((each) => !mineSpelled.has(each))
          expect(refused).toBe(exceeds)
        },
      ),
    )
  })

  it('lets roles be given only by whoever holds all of them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roleNames), fc.subarray([...roleNames], { minLength: 1 }), (mine, roles) => {
        const refused = grantFailure(
          [everywhere(fixedRoles[mine])],
          { op: 'put', kind: 'member', name: crypto.randomUUID(), body: { roles } },
          'tenant',
          state,
        )
        const exceeds = roles.some((role) =>
          fixedRoles[role].some((permission) => !fixedRoles[mine].includes(permission)),
        )
        expect(refused?.code).toBe(exceeds ? 'grant_exceeds' : undefined)
      }),
    )
  })

  it('never gives a tenant anything of the platform, whatever a body says', () => {
    for (const role of roleNames)
      expect(
        grantsOfRoles([role], 'tenant', state)
          .flatMap(({ permissions }) => permissions)
          .filter((permission) => permission.startsWith('platform:')),
      ).toEqual([])
  })
})

describe('a check', () => {
  let world: World
  afterEach(() => world.close())

  it('refuses at once, so that one nobody waits for refuses all the same', async () => {
    world = await openWorld()
    const context = await inside(world.app, (await registered(world.app, 'acme')).accessToken)
    expect(() => check({ ...context, side: 'platform' }, 'platform:write')).toThrow('This needs platform:write.')
    expect(check(context, 'key:write')).not.toBeInstanceOf(Promise)
  })
})

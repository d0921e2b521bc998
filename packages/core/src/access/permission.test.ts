import { describe, expect, it } from 'vitest'
import { bodyFailures } from '../decide/shape.ts'
import { fixedRoles, permissions, platformPermissions, roleNames, tenantPermissions } from './permission.ts'

describe('what the roles hold', () => {
  it('gives no fixed role of a tenant anything of the platform', () => {
    for (const role of roleNames) expect(fixedRoles[role].filter((held) => held.startsWith('platform:'))).toEqual([])
  })

  it('lets owners and admins of the platform write it, editors and viewers read it, readers neither', () => {
    const held = Object.fromEntries(
      roleNames.map((role) => [
        role,
        platformPermissions(role).filter((permission) => permission.startsWith('platform:')),
      ]),
    )
    expect(held).toEqual({
      owner: ['platform:read', 'platform:write'],
      admin: ['platform:read', 'platform:write'],
      editor: ['platform:read'],
      viewer: ['platform:read'],
      reader: [],
    })
  })

  it('keeps what a role holds in a tenant when it is given on the platform', () => {
    for (const role of roleNames)
      expect(platformPermissions(role)).toEqual(expect.arrayContaining([...fixedRoles[role]]))
  })

  it('leaves the platform, ownership and what is no permission out of what a role of a tenant may hold', () => {
    expect(tenantPermissions([...permissions, 'everything'])).toEqual(
      permissions.filter((held) => !held.startsWith('platform:') && held !== 'tenant:own'),
    )
  })

  it('refuses a role that names a permission of the platform, or ownership', () => {
    expect(bodyFailures('role', { permissions: ['config:read'] })).toEqual([])
    expect(bodyFailures('role', { permissions: ['tenant:own'] })).not.toEqual([])
    expect(bodyFailures('role', { permissions: ['platform:write'] })).not.toEqual([])
    expect(bodyFailures('role', { permissions: ['platform:read'] })).not.toEqual([])
  })

  it.each([
    [{ permission: 'value:read', namespaces: ['billing-*'], environments: ['dev', '*-test'] }, true],
    [{ permission: 'value:read' }, true],
    [{ permission: 'value:read', namespaces: [] }, false],
    [{ permission: 'value:read', namespaces: [''] }, false],
    [{ permission: 'value:read', namespaces: ['Billing'] }, false],
    [{ permission: 'value:read', namespaces: ['bılling'] }, false],
    [{ permission: 'value:read', namespaces: ['a/b'] }, false],
    [{ permission: 'value:read', namespaces: ['[a-z]'] }, false],
    [{ permission: 'value:read', namespaces: '*' }, false],
    [{ permission: 'member:write', namespaces: ['billing'] }, false],
    [{ permission: 'tenant:own' }, false],
    [{ permission: 'value:read', layers: ['x'] }, false],
  ])('takes a permission with patterns as %j: %s', (entry, taken) => {
    expect(bodyFailures('role', { permissions: [entry] }).length === 0).toBe(taken)
  })
})

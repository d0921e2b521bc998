// Managing environments, rule by rule.
import { fixedRoles } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, grant, openWorld, override, put, refusalOf, type World } from '../values/testing/world.ts'
import { listEnvironments, readEnvironment } from './read.ts'
import { createEnvironment, deleteEnvironment, patchEnvironment, putEnvironment } from './write.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('environments', () => {
  it("are listed with the platform's, by name or by order", async () => {
    await createEnvironment(world.tenant(), { name: 'qa', parent: 'staging', order: 9 })
    expect((await listEnvironments(world.tenant(), {})).items.map(({ name }) => name)).toEqual([
      'dev',
      'production',
      'qa',
      'staging',
    ])
    expect((await listEnvironments(world.tenant(), { sort: '-order' })).items.map(({ name }) => name)).toEqual([
      'qa',
      'production',
      'staging',
      'dev',
    ])
    expect(
      (await listEnvironments(world.tenant([grant(fixedRoles.viewer, undefined, ['dev'])]), {})).items,
    ).toHaveLength(1)
  })

  it('are created once, below one that is there', async () => {
    const { view, created } = await createEnvironment(world.tenant(), { name: 'qa', parent: 'dev' })
    expect([view.parent, view.protected, view.order, view.definedBy, created]).toEqual([
      'dev',
      false,
      0,
      'tenant',
      true,
    ])
    expect(await refusalOf(createEnvironment(world.tenant(), { name: 'qa' }))).toBe('already_exists')
    expect(await refusalOf(createEnvironment(world.tenant(), { name: 'dev' }))).toBe('already_exists')
    expect(await refusalOf(createEnvironment(world.tenant(), { name: 'x', parent: 'moon' }))).toBe('target_unknown')
    expect(
      await refusalOf(patchEnvironment(world.tenant(), 'qa', { body: { parent: 'qa' }, mediaType: undefined })),
    ).toBe('environment_cycle')
  })

  it('of the platform take protection and order from a tenant, nothing else, and give them back', async () => {
    expect((await readEnvironment(world.tenant(), 'production')).etag).toMatch(/\.0"$/)
    const { view, etag, created } = await putEnvironment(world.tenant(), 'production', { protected: true, order: 7 })
    expect(view).toMatchObject({ protected: true, order: 7, definedBy: 'platform', version: 1 })
    expect([etag.endsWith('.1"'), created]).toEqual([true, false])
    expect(
      await refusalOf(putEnvironment(world.tenant(undefined, { expect: 'present' }), 'production', { parent: 'dev' })),
    ).toBe('environment_fixed')
    await deleteEnvironment(world.tenant(undefined, { expect: 'present' }), 'production')
    expect((await readEnvironment(world.tenant(), 'production')).view).toMatchObject({ protected: false, order: 3 })
    expect(await refusalOf(deleteEnvironment(world.tenant(), 'production'))).toBe('environment_fixed')
  })

  it('go only when nothing is in them and none is below', async () => {
    await createEnvironment(world.tenant(), { name: 'qa' })
    await createEnvironment(world.tenant(), { name: 'below', parent: 'qa' })
    expect(await refusalOf(deleteEnvironment(world.tenant(), 'qa'))).toBe('in_use')
    await deleteEnvironment(world.tenant(), 'below')
    await world.write('tenant', put('namespace', 'n'), config('n', 'k', { type: 'number', value: 1 }))
    await world.write('tenant', override('n', 'k', 'tenant', 'qa', 2))
    expect(await refusalOf(deleteEnvironment(world.tenant(), 'qa'))).toBe('in_use')
    expect(await refusalOf(deleteEnvironment(world.tenant(), 'moon'))).toBe('resource_not_found')
  })

  it('are read by name and id; strangers and unknown ones are refused', async () => {
    const { view } = await readEnvironment(world.tenant(), 'dev')
    expect((await readEnvironment(world.tenant(), view.id)).view).toEqual(view)
    expect(await refusalOf(readEnvironment(world.tenant(), 'moon'))).toBe('resource_not_found')
    expect(await refusalOf(readEnvironment(world.tenant([grant(fixedRoles.viewer, undefined, ['dev'])]), 'moon'))).toBe(
      'denied',
    )
    expect(await refusalOf(createEnvironment(world.tenant([grant(fixedRoles.editor)]), { name: 'x' }))).toBe('denied')
    expect(await refusalOf(putEnvironment(world.tenant([grant(fixedRoles.admin, ['n'])]), 'dev', {}))).toBe('denied')
  })

  it('may be patched with a JSON patch', async () => {
    await createEnvironment(world.tenant(), { name: 'qa' })
    const patch = [{ op: 'add', path: '/displayName', value: 'Quality' }]
    const asked = { body: patch, mediaType: 'application/json-patch+json' }
    expect((await patchEnvironment(world.tenant(), 'qa', asked)).view.displayName).toBe('Quality')
    expect(await refusalOf(patchEnvironment(world.tenant(), 'moon', asked))).toBe('resource_not_found')
  })
})

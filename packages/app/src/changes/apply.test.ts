// A list of changes: one commit or none, and every refusal says which change it means.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyChanges, type AskedChange } from './apply.ts'
import { openTenantWorld, put, type TenantWorld } from './testing/world.ts'

let world: TenantWorld
beforeAll(async () => {
  world = await openTenantWorld()
})
afterAll(() => world.close())

const configChange = (
  name: string,
  spec: { readonly [field: string]: unknown },
  more: Partial<AskedChange> = {},
): AskedChange =>
  ({ op: 'put', resource: { kind: 'config', metadata: { namespace: 'billing', name }, spec }, ...more }) as AskedChange

const headOf = async (): Promise<number> => (await world.as('owner')).log.state().revision

describe('a list of changes', () => {
  it('lands as one commit and answers the version of each resource in the order asked', async () => {
    const before = await headOf()
    const done = await applyChanges(await world.as('editor'), {
      message: 'both at once',
      changes: [
        configChange('first', { type: 'number', value: 1 }),
        configChange('retries', { type: 'number', value: 4 }, { ifVersion: 1 }),
        { op: 'delete', resource: { kind: 'config', metadata: { namespace: 'billing', name: 'greeting' } } },
      ],
    })
    expect(done).toEqual({
      revision: before + 1,
      commit: expect.any(String),
      results: [
        { kind: 'config', name: 'first', version: 1 },
        { kind: 'config', name: 'retries', version: 2 },
        { kind: 'config', name: 'greeting', version: 2 },
      ],
    })
  })

  it('makes no commit where nothing would change', async () => {
    const before = await headOf()
    const done = await applyChanges(await world.as('editor'), {
      changes: [configChange('first', { type: 'number', value: 1 })],
    })
    expect(done).toMatchObject({ revision: before, commit: null, results: [{ name: 'first', version: 1 }] })
  })

  it('names every change that is wrong, by index and pointer, and stores nothing', async () => {
    const before = await headOf()
    const asked = applyChanges(await world.as('editor'), {
      changes: [
        configChange('fine', { type: 'number', value: 1 }),
        configChange('broken', { type: 'nonsense' }),
        { op: 'put', resource: { kind: 'apiKey', metadata: { name: 'mine' }, spec: {} } },
      ],
    })
    await expect(asked).rejects.toMatchObject({
      failure: { code: 'changes_rejected', errors: [{ index: 2, code: 'kind_closed' }] },
    })
    const shapes = applyChanges(await world.as('editor'), {
      changes: [configChange('fine', { type: 'number', value: 1 }), configChange('broken', { type: 'nonsense' })],
    })
    await expect(shapes).rejects.toMatchObject({
      failure: {
        code: 'changes_rejected',
        category: 'invalid',
        errors: [{ index: 1, code: 'body_invalid', pointer: '/spec/type' }],
      },
    })
    expect(await headOf()).toBe(before)
  })

  it('answers a single wrong change as a list too', async () => {
    const asked = applyChanges(await world.as('editor'), {
      changes: [configChange('x', { type: 'number', value: 'text' })],
    })
    await expect(asked).rejects.toMatchObject({ failure: { code: 'changes_rejected', errors: [{ index: 0 }] } })
  })

  it.each(['member', 'apiKey', 'role', 'tenant'])('never writes a %s, whoever asks', async (kind) => {
    const changes: readonly AskedChange[] = [{ op: 'put', resource: { kind, metadata: { name: 'x' }, spec: {} } }]
    await expect(applyChanges(await world.as('owner'), { changes })).rejects.toMatchObject({
      failure: { code: 'changes_rejected', errors: [{ index: 0, code: 'kind_closed' }] },
    })
  })

  it('refuses a stale version with precondition_failed and a stale revision with revision_moved', async () => {
    const context = await world.as('editor')
    await expect(
      applyChanges(context, { changes: [configChange('retries', { type: 'number', value: 9 }, { ifVersion: 1 })] }),
    ).rejects.toMatchObject({ failure: { code: 'precondition_failed' } })
    await expect(
      applyChanges(context, { changes: [configChange('first', { type: 'number', value: 1 }, { ifVersion: 0 })] }),
    ).rejects.toMatchObject({ failure: { code: 'precondition_failed' } })
    await expect(
      applyChanges(context, { ifRevision: 1, changes: [configChange('retries', { type: 'number', value: 9 })] }),
    ).rejects.toMatchObject({ failure: { code: 'revision_moved' } })
  })

  it('refuses a base value to whoever may write in one environment only', async () => {
    const context = await world.as('editor', { environments: ['dev'] })
    await expect(
      applyChanges(context, { changes: [configChange('retries', { type: 'number', value: 9 })] }),
    ).rejects.toMatchObject({ failure: { code: 'denied' } })
    const viewer = await world.as('viewer')
    await expect(
      applyChanges(viewer, { changes: [configChange('retries', { type: 'number', value: 9 })] }),
    ).rejects.toMatchObject({
      failure: { code: 'denied' },
    })
  })

  it('refuses a value that refers to what its writer may not read, in whatever environment it would show', async () => {
    await world.put(put('namespace', 'hidden'), {
      op: 'put',
      kind: 'config',
      namespace: 'hidden',
      name: 'token',
      body: { type: 'string', value: 'x' },
    })
    const changes = [configChange('peek', { type: 'string', value: 'see ${CONFIG:hidden/token}' })]
    await expect(
      applyChanges(await world.as('editor', { namespaces: ['billing'] }), { changes }),
    ).rejects.toMatchObject({
      failure: {
        code: 'denied',
        data: { permission: 'value:read', where: ' in namespace hidden and all environments' },
      },
    })
    await expect(applyChanges(await world.as('editor'), { changes })).resolves.toMatchObject({
      results: [{ version: 1 }],
    })
  })

  it('asks for ifRevision where a protected environment is touched', async () => {
    await world.put(put('environment', 'production', { protected: true }))
    const changes = [configChange('retries', { type: 'number', value: 7 })]
    await expect(applyChanges(await world.as('admin'), { changes })).rejects.toMatchObject({
      failure: { code: 'precondition_required' },
    })
    const revision = await headOf()
    await expect(applyChanges(await world.as('admin'), { changes, ifRevision: revision })).resolves.toMatchObject({
      revision: revision + 1,
    })
    await world.put(put('environment', 'production', { protected: false }))
  })

  it('takes 10,000 changes in one commit and refuses one more', async () => {
    const many = (count: number): readonly AskedChange[] =>
      Array.from({ length: count }, (_, index) => configChange(`many-${index}`, { type: 'number', value: index }))
    await expect(applyChanges(await world.as('editor'), { changes: many(10_001) })).rejects.toMatchObject({
      failure: { code: 'too_large' },
    })
    const before = await headOf()
    const done = await applyChanges(await world.as('editor'), { changes: many(10_000) })
    expect(done.revision).toBe(before + 1)
    expect(done.results.length).toBe(10_000)
  })

  it('answers a dry run as the write would be answered, and stores nothing', async () => {
    const before = await headOf()
    const context = await world.as('editor', { write: { dryRun: true } })
    const done = await applyChanges(context, { changes: [configChange('only-tried', { type: 'number', value: 1 })] })
    expect(done).toEqual({
      revision: before,
      commit: null,
      results: [{ kind: 'config', name: 'only-tried', version: 1 }],
    })
    expect(await headOf()).toBe(before)
  })
})

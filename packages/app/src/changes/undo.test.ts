// Revert and restore: configuration goes back, governance never, and what stands in the way is named.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { restoreTo } from './restore.ts'
import { revertCommit } from './revert.ts'
import { config, openTenantWorld, override, put, type TenantWorld } from './testing/world.ts'

let world: TenantWorld
beforeEach(async () => {
  world = await openTenantWorld()
})
afterEach(() => world.close())

const value = async (space: string, name: string): Promise<unknown> =>
  (await world.as('owner')).log.state().get(space, name)?.body['value']
const revision = async (): Promise<number> => (await world.as('owner')).log.state().revision
const drop = (namespace: string, name: string) => ({ op: 'delete', kind: 'config', namespace, name }) as const

describe('reverting a commit', () => {
  it('puts its resources back as they were before it, created ones away and deleted ones back', async () => {
    const { revision: made } = await world.put(
      config('billing', 'retries', { type: 'number', value: 4 }),
      config('billing', 'fresh', { type: 'number', value: 1 }),
      drop('billing', 'greeting'),
    )
    const undone = await revertCommit(await world.as('editor'), { revision: made })
    expect(undone).toEqual({
      revision: made + 1,
      applied: [
        { kind: 'config', namespace: 'billing', name: 'retries', op: 'put', version: 3 },
        { kind: 'config', namespace: 'billing', name: 'fresh', op: 'delete', version: 2 },
        { kind: 'config', namespace: 'billing', name: 'greeting', op: 'put', version: 3 },
      ],
      skipped: [],
      stillDiffer: [],
    })
    expect(await value('config/billing', 'retries')).toBe(3)
    expect(await value('config/billing', 'greeting')).toBe('hello')
    expect(await value('config/billing', 'fresh')).toBeUndefined()
  })

  it('is blocked by later changes, which are named; or leaves them, and lists them', async () => {
    const { revision: made } = await world.put(
      config('billing', 'retries', { type: 'number', value: 4 }),
      config('billing', 'fresh', { type: 'number', value: 1 }),
    )
    await world.put(config('billing', 'retries', { type: 'number', value: 5 }))
    const before = await revision()
    await expect(revertCommit(await world.as('editor'), { revision: made })).rejects.toMatchObject({
      failure: { code: 'undo_blocked', data: { names: ['config billing/retries'] } },
    })
    expect(await revision()).toBe(before)
    const undone = await revertCommit(await world.as('editor'), { revision: made, onConflict: 'skip' })
    expect(undone.applied.map(({ name }) => name)).toEqual(['fresh'])
    expect(undone.skipped).toMatchObject([{ name: 'retries', code: 'precondition_failed' }])
    expect(undone.stillDiffer).toEqual([{ kind: 'config', namespace: 'billing', name: 'retries' }])
    expect(await value('config/billing', 'retries')).toBe(5)
  })

  it('is blocked by rules, which are named: what others now refer to is not taken away', async () => {
    const { revision: made } = await world.put(
      put('namespace', 'later'),
      config('later', 'target', { type: 'string', value: 'x' }),
    )
    await world.put(config('billing', 'pointer', { type: 'string', value: '${CONFIG:later/target}' }))
    await expect(revertCommit(await world.as('editor'), { revision: made })).rejects.toMatchObject({
      failure: { code: 'undo_blocked', data: { names: ['config later/target', 'namespace later'] } },
    })
    const undone = await revertCommit(await world.as('editor'), { revision: made, onConflict: 'skip' })
    expect(undone).toMatchObject({ applied: [], revision: made + 1 })
    expect(undone.skipped.map(({ name, code }) => [name, code])).toEqual([
      ['target', 'in_use'],
      ['later', 'namespace_in_use'],
    ])
  })

  it('refuses governance: no revoked key comes back', async () => {
    const owner = await world.as('owner')
    const key = { role: 'reader', namespaces: [], environments: [], keyId: 'abcdefghijklmnop', hash: 'x' }
    await commit(owner, () => ({ ok: true, value: { intentions: [put('apiKey', 'mine', key)] } }), { trusted: 'test' })
    const revoked = await commit(
      owner,
      () => ({ ok: true, value: { intentions: [{ op: 'delete', kind: 'apiKey', name: 'mine' }] } }),
      { trusted: 'test' },
    )
    await expect(revertCommit(owner, { revision: revoked.revision })).rejects.toMatchObject({
      failure: { code: 'not_undoable' },
    })
    const skipping = await revertCommit(owner, { revision: revoked.revision, onConflict: 'skip' })
    expect(skipping).toMatchObject({
      applied: [],
      skipped: [{ kind: 'apiKey', code: 'not_undoable' }],
      stillDiffer: [],
    })
    expect(owner.log.state().get('apiKey', 'mine')).toBeUndefined()
  })

  it('refuses whoever may not write all of it, before it tells what stands in the way', async () => {
    const { revision: made } = await world.put(config('billing', 'retries', { type: 'number', value: 4 }))
    await world.put(config('billing', 'retries', { type: 'number', value: 5 }))
    for (const context of [await world.as('viewer'), await world.as('editor', { namespaces: ['other'] })])
      await expect(revertCommit(context, { revision: made })).rejects.toMatchObject({ failure: { code: 'denied' } })
  })

  it('asks for ifRevision in protected environments, and skips nothing instead', async () => {
    await world.put(put('environment', 'production', { protected: true }))
    const { revision: made } = await world.put(config('billing', 'retries', { type: 'number', value: 4 }))
    const admin = await world.as('admin')
    for (const onConflict of ['fail', 'skip'] as const)
      await expect(revertCommit(admin, { revision: made, onConflict })).rejects.toMatchObject({
        failure: { code: 'precondition_required' },
      })
    await expect(revertCommit(admin, { revision: made, ifRevision: made - 1 })).rejects.toMatchObject({
      failure: { code: 'revision_moved' },
    })
    await expect(revertCommit(admin, { revision: made, ifRevision: made })).resolves.toMatchObject({
      revision: made + 1,
    })
  })

  it('answers a repeated request as the first, also what it skipped', async () => {
    const { revision: made } = await world.put(
      config('billing', 'retries', { type: 'number', value: 4 }),
      config('billing', 'fresh', { type: 'number', value: 1 }),
    )
    await world.put(config('billing', 'retries', { type: 'number', value: 5 }))
    const context = await world.as('editor', { write: { idempotency: { key: 'k', request: 'r' } } })
    const first = await revertCommit(context, { revision: made, onConflict: 'skip' })
    await world.put(config('billing', 'greeting', { type: 'string', value: 'later' }))
    expect(await revertCommit(context, { revision: made, onConflict: 'skip' })).toEqual(first)
  })

  it('tries without storing anything', async () => {
    const { revision: made } = await world.put(config('billing', 'retries', { type: 'number', value: 4 }))
    const context = await world.as('editor', { write: { dryRun: true } })
    const undone = await revertCommit(context, { revision: made })
    expect(undone).toMatchObject({ revision: made, applied: [{ name: 'retries', version: 3 }], stillDiffer: [] })
    expect(await value('config/billing', 'retries')).toBe(4)
  })
})

describe('restoring', () => {
  it('brings a namespace back as of a revision, and nothing else', async () => {
    const then = await revision()
    await world.put(
      config('billing', 'retries', { type: 'number', value: 9 }),
      drop('billing', 'greeting'),
      override('billing', 'limits', { b: 2 }, 'dev'),
      put('namespace', 'other'),
      override('platform-defaults', 'timeout', 10),
    )
    const undone = await restoreTo(await world.as('editor'), { to: String(then), scope: { namespace: 'billing' } })
    expect(undone.applied.map(({ kind, name, op }) => `${kind} ${name} ${op}`)).toEqual([
      'config retries put',
      'config greeting put',
      'override limits delete',
    ])
    expect(undone.stillDiffer).toEqual([])
    expect(await value('override/platform-defaults/tenant/', 'timeout')).toBe(10)
  })

  it('brings what is set in an environment back as of a point or a time', async () => {
    const then = await revision()
    const time = new Date(world.clock.now).toISOString()
    const point = `${world.app.platform.state().revision}-${then}`
    for (const to of [point, time]) {
      world.clock.now += 1000
      await world.put(override('billing', 'retries', 9, 'production'), override('billing', 'retries', 8, 'dev'))
      const undone = await restoreTo(await world.as('editor'), { to, scope: { environment: 'production' } })
      expect(undone.applied).toMatchObject([{ kind: 'override', environment: 'production' }])
      expect(await value('override/billing/tenant/production', 'retries')).toBe(5)
      expect(await value('override/billing/tenant/dev', 'retries')).toBe(8)
    }
  })

  it('leaves what rules forbid, and says that it still differs', async () => {
    await world.put(override('platform-defaults', 'timeout', 50))
    const then = await revision()
    await world.put(
      { op: 'delete', kind: 'override', namespace: 'platform-defaults', name: 'timeout', layer: 'tenant' },
      config('billing', 'retries', { type: 'number', value: 9 }),
    )
    await world.onPlatform(
      config('platform-defaults', 'timeout', {
        type: 'number',
        value: 30,
        policy: { mode: 'bounded', schema: { maximum: 40 } },
      }),
    )
    const asked = { to: String(then), scope: { tenant: true } } as const
    await expect(restoreTo(await world.as('editor'), asked)).rejects.toMatchObject({
      failure: { code: 'undo_blocked', data: { names: ['override platform-defaults/timeout'] } },
    })
    const undone = await restoreTo(await world.as('editor'), { ...asked, onConflict: 'skip' })
    expect(undone.applied).toMatchObject([{ name: 'retries' }])
    expect(undone.skipped).toMatchObject([{ name: 'timeout', code: 'policy_bounded' }])
    expect(undone.stillDiffer).toEqual([
      { kind: 'override', namespace: 'platform-defaults', name: 'timeout', layer: 'tenant' },
    ])
  })

  it('never touches members, keys or settings', async () => {
    const then = await revision()
    const owner = await world.as('owner')
    await commit(owner, () => ({
      ok: true,
      value: { intentions: [put('settings', 'settings', { requireIfMatch: false })] },
    }))
    await world.put(config('billing', 'retries', { type: 'number', value: 9 }))
    const undone = await restoreTo(await world.as('owner'), { to: String(then), scope: { tenant: true } })
    expect(undone.applied.map(({ name }) => name)).toEqual(['retries'])
    expect(owner.log.state().get('settings', 'settings')?.body).toEqual({ requireIfMatch: false })
  })

  it('makes no commit where all is as it was then', async () => {
    const then = await revision()
    const undone = await restoreTo(await world.as('editor'), { to: String(then), scope: { tenant: true } })
    expect(undone).toEqual({ revision: then, applied: [], skipped: [], stillDiffer: [] })
  })

  it('refuses a namespace or environment that never was, to whoever may write there', async () => {
    for (const scope of [{ namespace: 'nowhere' }, { environment: 'nowhere' }]) {
      await expect(restoreTo(await world.as('editor'), { to: '1', scope })).rejects.toMatchObject({
        failure: { code: 'resource_not_found' },
      })
      await expect(restoreTo(await world.as('viewer'), { to: '1', scope })).rejects.toMatchObject({
        failure: { code: 'denied' },
      })
    }
  })

  it('refuses a moment that never was, and a scope that is none or several', async () => {
    const editor = await world.as('editor')
    for (const to of ['0', '99999', '1-99999', '99999-1', '2000-01-01T00:00:00Z'])
      await expect(restoreTo(editor, { to, scope: { tenant: true } })).rejects.toMatchObject({
        failure: { code: 'revision_not_found' },
      })
    for (const scope of [{}, { tenant: true, namespace: 'billing' }])
      await expect(restoreTo(editor, { to: '1', scope })).rejects.toMatchObject({
        failure: { code: 'malformed_request' },
      })
    await expect(restoreTo(editor, { to: 'noon', scope: { tenant: true } })).rejects.toMatchObject({
      failure: { code: 'malformed_request' },
    })
  })
})

// Commits as people read them: newest first, with before and after, and never more than the reader may see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { listCommits } from './list.ts'
import { readCommit } from './read.ts'
import { config, openTenantWorld, override, put, type TenantWorld } from './testing/world.ts'
import { versionOf, versionsOf } from './versions.ts'

let world: TenantWorld
beforeAll(async () => {
  world = await openTenantWorld()
  world.clock.now += 60_000
  await world.put(config('billing', 'retries', { type: 'number', value: 4 }))
  world.clock.now += 60_000
  await world.put({ op: 'delete', kind: 'config', namespace: 'billing', name: 'greeting' }, put('namespace', 'other'))
  await world.put(config('other', 'hidden-key', { type: 'string', value: 'x' }))
  const owner = await world.as('owner')
  await commit(
    owner,
    () => ({
      ok: true,
      value: {
        intentions: [
          put('apiKey', 'mine', {
            role: 'reader',
            namespaces: [],
            environments: [],
            keyId: 'abcdefghijklmnop',
            hash: '$2b$04$hash-of-a-key',
          }),
        ],
      },
    }),
    { trusted: 'test' },
  )
})
afterAll(() => world.close())

describe('commits', () => {
  it('are listed newest first, in pages that follow one another without a gap', async () => {
    const context = await world.as('viewer')
    const all = await listCommits(context, {})
    const head = context.log.state().revision
    expect(all.items.map(({ revision }) => revision)).toEqual(Array.from({ length: head }, (_, index) => head - index))
    expect(all.next).toBeNull()
    const paged: number[] = []
    let cursor: string | undefined
    do {
      const page = await listCommits(context, { limit: 2, cursor })
      paged.push(...page.items.map(({ revision }) => revision))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(paged).toEqual(all.items.map(({ revision }) => revision))
  })

  it('are found by kind, resource, actor and time', async () => {
    const context = await world.as('viewer')
    const revisions = async (query: Parameters<typeof listCommits>[1]) =>
      (await listCommits(context, query)).items.map(({ revision }) => revision)
    expect(await revisions({ kind: 'apiKey' })).toEqual([6])
    expect(await revisions({ resource: 'billing/retries' })).toEqual([3, 2])
    expect(await revisions({ resource: 'greeting' })).toEqual([4, 2])
    expect(await revisions({ actor: 'system' })).toEqual([1])
    expect(await revisions({ actor: '00000000-0000-4000-8000-00000000000b', to: '3' })).toEqual([3, 2])
    expect(await revisions({ from: new Date(world.clock.now - 60_000).toISOString(), to: '3' })).toEqual([3])
    expect(await revisions({ to: new Date(world.clock.now - 30_000).toISOString() })).toEqual([3, 2, 1])
    expect(await revisions({ from: '2026-01-01T00:00:00Z', to: '2025-01-01T00:00:00Z' })).toEqual([])
    await expect(revisions({ from: 'yesterday' })).rejects.toMatchObject({ failure: { code: 'malformed_request' } })
    await expect(revisions({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ failure: { code: 'malformed_request' } })
  })

  it('cost the same to read from the head however long the log is', async () => {
    const context = await world.as('viewer')
    const reads: number[] = []
    const counting = {
      ...context,
      log: {
        ...context.log,
        sealed: {
          ...context.log.sealed,
          history: (after: number, limit: number) => {
            reads.push(after)
            return context.log.sealed.history(after, limit)
          },
        },
      },
    }
    await listCommits(counting, { limit: 2 })
    const short = reads.length
    for (let index = 0; index < 300; index++) await world.put(put('namespace', `n${index}`))
    reads.length = 0
    await listCommits({ ...counting, log: { ...counting.log, state: context.log.state } }, { limit: 2 })
    expect(reads.length).toBeLessThanOrEqual(short + 10)
    expect(Math.min(...reads)).toBeGreaterThan(200)
  })

  it('show each resource before and after, also what was deleted', async () => {
    const context = await world.as('viewer')
    expect((await readCommit(context, 3)).diff).toEqual([
      {
        kind: 'config',
        namespace: 'billing',
        name: 'retries',
        op: 'update',
        before: { type: 'number', value: 3 },
        after: { type: 'number', value: 4 },
      },
    ])
    expect((await readCommit(context, 4)).diff).toEqual([
      {
        kind: 'config',
        namespace: 'billing',
        name: 'greeting',
        op: 'delete',
        before: { type: 'string', value: 'hello' },
        after: null,
      },
      { kind: 'namespace', name: 'other', op: 'create', before: null, after: {} },
    ])
  })

  it('never show what governance holds', async () => {
    const view = await readCommit(await world.as('owner'), 6)
    expect(view.diff).toEqual([{ kind: 'apiKey', name: 'mine', op: 'create', before: null, after: null, hidden: true }])
    expect(JSON.stringify(view)).not.toContain('$2b$')
  })

  it('leave out what lies in namespaces that the caller may not read, and count it', async () => {
    const context = await world.as('viewer', { namespaces: ['billing'] })
    const view = await readCommit(context, 4)
    expect(view.diff.map(({ name }) => name)).toEqual(['greeting'])
    expect(view.hidden).toBe(1)
    await expect(readCommit(context, 5)).rejects.toMatchObject({ failure: { code: 'denied' } })
    const listed = (await listCommits(context, {})).items.map(({ revision }) => revision)
    expect(listed).toEqual([4, 3, 2])
  })

  it('that were never made are revision_not_found', async () => {
    const context = await world.as('viewer')
    for (const revision of [0, 100_000])
      await expect(readCommit(context, revision)).rejects.toMatchObject({ failure: { code: 'revision_not_found' } })
  })

  it('of thousands of resources are shown from one past state', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `k${index}`)
    for (const name of names) await world.put(config('other', name, { type: 'number', value: 1 }))
    const { revision } = await world.put(...names.map((name) => config('other', name, { type: 'number', value: 2 })))
    const view = await readCommit(await world.as('viewer'), revision)
    expect(view.diff.length).toBe(100)
    expect(view.diff.every(({ op, before }) => op === 'update' && (before as { value: number }).value === 1)).toBe(true)
  })
})

describe('the versions of a resource', () => {
  it('are walked newest first through the log, deletions among them', async () => {
    const { log } = await world.as('owner')
    await world.put(override('billing', 'retries', 7, 'dev'))
    await world.put({
      op: 'delete',
      kind: 'override',
      namespace: 'billing',
      name: 'retries',
      layer: 'tenant',
      environment: 'dev',
    })
    await world.put(override('billing', 'retries', 8, 'dev'))
    const newest = log.state().record('override/billing/tenant/dev', 'retries')
    if (newest === undefined) throw new Error('the override is missing')
    const walked: (readonly [number, string])[] = []
    for await (const { version, change } of versionsOf(log, newest)) walked.push([version, change.op])
    expect(walked).toEqual([
      [3, 'put'],
      [2, 'delete'],
      [1, 'put'],
    ])
    expect((await versionOf(log, newest, 1)).change).toMatchObject({ body: { value: 7 } })
    await expect(versionOf(log, newest, 4)).rejects.toMatchObject({ failure: { code: 'version_not_found' } })
  })
})

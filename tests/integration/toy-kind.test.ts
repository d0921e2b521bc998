// A kind is one file and a line in the registry: one that nobody has heard of goes through everything that there is, with no other file knowing its name.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commit, type Context } from '@konfig/app'
import { decide, type Intention, kindNames } from '@konfig/core'
import { describe, expect, it, vi } from 'vitest'
import { openInstallationIn } from '../harness/installation.ts'
import { administrator, field, session } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import { openWorld } from '../harness/world.ts'

vi.mock('../../packages/core/src/kinds/registry.ts', async (original) => {
  const { kinds } = await original<{ readonly kinds: object }>()
  const { default: Type } = await import('typebox')
  const { kind, Slug } = await import('../../packages/core/src/kinds/kind.ts')
  const { textOf } = await import('../../packages/core/src/values/json-value.ts')
  const { failure } = await import('../../packages/core/src/errors/failure.ts')
  const toy = kind({
    kind: 'toy' as never,
    group: 'configuration',
    sides: ['platform', 'tenant'],
    permission: 'config:write',
    body: Type.Object(
      { colour: Type.String({ maxLength: 20 }), shelf: Type.Optional(Slug) },
      { additionalProperties: false },
    ),
    references: (body) => (body['shelf'] === undefined ? [] : [`namespace/${textOf(body['shelf'])}`]),
    check: (change, { after, platform }) => {
      const shelf = change.op === 'put' ? change.body['shelf'] : undefined
      return shelf === undefined ||
        [after, platform].some((state) => state.get('namespace', textOf(shelf)) !== undefined)
        ? []
        : [failure('target_unknown', { pointer: '/spec/shelf', kind: 'namespace', name: textOf(shelf) })]
    },
  })
  const more = { ...kinds, toy }
  return { kinds: more, kindNames: Object.keys(more), isKindName: (name: string) => Object.hasOwn(more, name) }
})

const put = (name: string, body: object): Intention => ({ op: 'put', kind: 'toy', name, body }) as unknown as Intention
const manifest = (name: string, spec: object, op = 'put'): object => ({
  op,
  resource: { kind: 'toy', metadata: { name }, spec },
})

describe('a kind that was added to the registry', () => {
  it('is decided on: its name, its shape, its own rule', async () => {
    const world = await openWorld()
    const state = world.app.platform.state()
    const ask = (intention: Intention) =>
      decide({ side: 'platform', state, platform: state, newId: () => 'id' }, [intention])
    expect(kindNames).toContain('toy')
    expect(ask(put('bear', { colour: 'brown' }))).toMatchObject({
      ok: true,
      value: [{ op: 'put', kind: 'toy', name: 'bear', previous: 0 }],
    })
    expect(ask(put('Bear', { colour: 'brown' }))).toMatchObject({ ok: false, failure: { code: 'name_invalid' } })
    expect(ask(put('bear', { colour: 1 }))).toMatchObject({ ok: false, failure: { code: 'body_invalid' } })
    expect(ask(put('bear', { colour: 'brown', shelf: 'nowhere' }))).toMatchObject({
      ok: false,
      failure: { code: 'target_unknown' },
    })
    await world.close()
  })

  it('is journaled: it is there again after a stop, with its version and from a snapshot as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-toy-'))
    try {
      for (const [round, colour] of ['brown', 'white', 'black'].entries()) {
        const { app, close } = await openInstallationIn(folder)
        const context: Context = {
          app,
          caller: { type: 'anonymous' },
          side: 'platform',
          log: app.platform,
          tenant: undefined,
          request: { id: 'toy', address: '127.0.0.1' },
          write: { dryRun: false },
        }
        expect(app.platform.state().get('toy', 'bear')?.version ?? 0).toBe(round)
        await commit(context, () => ({ ok: true, value: { intentions: [put('bear', { colour })] } }), {
          trusted: 'test',
        })
        if (round === 1) await app.platform.saveSnapshot()
        expect(app.platform.state().get('toy', 'bear')).toMatchObject({ version: round + 1, body: { colour } })
        await close()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)
  const change = (...changes: readonly object[]) => editor()('POST /changes', { body: { changes } })

  it('is changed by lists, tried, guarded, listed, compared, reverted and restored', async () => {
    const before = world().heads()[world().acme.config] as number
    expect(
      (await editor()('POST /changes?dryRun=true', { body: { changes: [manifest('bear', { colour: 'brown' })] } }))
        .status,
    ).toBe(201)
    expect(
      (
        await session(world(), world().keys.reader)('POST /changes', {
          body: { changes: [manifest('bear', { colour: 'brown' })] },
        })
      ).status,
    ).toBe(403)
    expect(world().heads()[world().acme.config]).toBe(before)
    expect(await change(manifest('bear', { colour: 5 }))).toMatchObject({
      status: 422,
      json: { errors: [{ index: 0, code: 'body_invalid', pointer: '/spec/colour' }] },
    })
    expect(await change(manifest('bear', { colour: 'x', shelf: 'nowhere' }))).toMatchObject({
      status: 422,
      json: { errors: [{ code: 'target_unknown' }] },
    })

    const made = await change(manifest('bear', { colour: 'brown', shelf: 'empty' }))
    expect(made).toMatchObject({ status: 201, json: { results: [{ kind: 'toy', name: 'bear', version: 1 }] } })
    const painted = await change(manifest('bear', { colour: 'white', shelf: 'empty' }))
    expect(painted).toMatchObject({ json: { results: [{ version: 2 }] } })
    // What it refers to does not go away under it.
    expect(await editor()('DELETE /namespaces/empty')).toMatchObject({ status: 409, json: { code: 'in_use' } })

    const revision = field<number>(painted, 'revision')
    const commits = await editor()('GET /commits?kind=toy')
    expect(field<readonly { revision: number }[]>(commits, 'items').map((each) => each.revision)).toEqual([
      revision,
      revision - 1,
    ])
    expect((await editor()(`GET /commits/${revision}`)).json).toMatchObject({
      diff: [{ kind: 'toy', name: 'bear', op: 'update' }],
    })
    const compared = await editor()(`GET /diff?from=${before}&to=${revision}`)
    expect(field<readonly object[]>(compared, 'items')).toEqual([
      expect.objectContaining({ kind: 'toy', name: 'bear', op: 'create' }),
    ])

    expect(await editor()(`POST /commits/${revision}/revert`)).toMatchObject({
      status: 200,
      json: { applied: [{ kind: 'toy', name: 'bear', version: 3 }] },
    })
    expect(await change(manifest('bear', {}, 'delete'))).toMatchObject({ status: 201 })
    const restored = await editor()('POST /restore', { body: { to: String(revision), scope: { tenant: true } } })
    expect(restored).toMatchObject({ status: 200, json: { applied: [{ kind: 'toy', name: 'bear', op: 'put' }] } })
    const { app, acme } = world()
    expect((await app.logs.hold(acme.config)).state().get('toy' as never, 'bear')).toMatchObject({
      body: { colour: 'white', shelf: 'empty' },
    })
  })

  it('is exported and imported', async () => {
    await change(manifest('train', { colour: 'red', shelf: 'empty' }))
    const exported = await editor()('GET /export?kinds=toy,namespace&format=json')
    expect(exported.json).toEqual(
      expect.arrayContaining([{ kind: 'toy', metadata: { name: 'train' }, spec: { colour: 'red', shelf: 'empty' } }]),
    )
    const platform = await administrator(world())
    await platform('POST /platform/tenants', { body: { name: 'nursery', plan: 'premium' } })
    const acting = field<string>(await platform('POST /auth/token', { body: { tenant: 'nursery' } }), 'accessToken')
    const nursery = session(world(), acting)
    const imported = await nursery('POST /import?format=manifest', { body: exported.text, mediaType: 'text/plain' })
    expect(`${imported.status} ${imported.status < 300 ? '' : imported.text}`).toBe('200 ')
    expect((await nursery('GET /export?kinds=toy,namespace&format=json')).text).toBe(exported.text)
  })
})

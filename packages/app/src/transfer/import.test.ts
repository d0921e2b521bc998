// Files come in: manifests and plain files, once, whole, and again without a trace.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, openTenantWorld, override, put, type TenantWorld } from '../changes/testing/world.ts'
import type { Context } from '../context.ts'
import { importFile } from './import.ts'

let world: TenantWorld
let admin: Context
beforeEach(async () => {
  world = await openTenantWorld()
  admin = await world.as('admin')
})
afterEach(() => world.close())

const spring = `server:
  port: 8080
name: shop
tags: [a, b]
---
spring.config.activate.on-profile: production
server.port: 80
only: here
---
spring.config.activate.on-profile: default
name: shop-default
`
const bodyOf = (space: string, name: string) => admin.log.state().get(space, name)?.body

describe('importing a plain file', () => {
  it('makes its namespace, its environments, its keys with inferred types, and its profiles as overrides, in one commit', async () => {
    const before = admin.log.state().revision
    const done = await importFile(admin, { text: spring, name: 'shop-service.yml' })
    expect(done).toEqual({
      created: 9,
      changed: 0,
      unchanged: 0,
      inferred: [
        { namespace: 'shop-service', key: 'server.port', type: 'number' },
        { namespace: 'shop-service', key: 'name', type: 'string' },
        { namespace: 'shop-service', key: 'tags', type: 'json' },
        { namespace: 'shop-service', key: 'only', type: 'string' },
      ],
      conflicts: [],
      notes: [],
      revision: before + 1,
      commits: 1,
    })
    expect(bodyOf('config/shop-service', 'only')).toEqual({ type: 'string' })
    expect(bodyOf('config/shop-service', 'server.port')).toEqual({ type: 'number', value: 8080 })
    expect(bodyOf('override/shop-service/tenant/production', 'server.port')).toEqual({ value: 80 })
    expect(bodyOf('override/shop-service/tenant/default', 'name')).toEqual({ value: 'shop-default' })
    expect(bodyOf('environment', 'default')).toEqual({})
    expect(bodyOf('environment', 'production')).toBeUndefined()
  })

  it('changes nothing and makes no commit when it comes again', async () => {
    await importFile(admin, { text: spring, name: 'shop-service.yml' })
    const before = admin.log.state().revision
    for (const onConflict of ['fail', 'skip', 'replace'] as const) {
      const again = await importFile(admin, { text: spring, name: 'shop-service.yml', onConflict })
      expect(again).toMatchObject({ created: 0, changed: 0, inferred: [], conflicts: [], revision: before, commits: 0 })
      expect(again.unchanged).toBeGreaterThan(0)
    }
  })

  it('leaves labels alone, of which a plain file says nothing', async () => {
    const labels = { team: 'a' }
    await world.put(
      { ...config('billing', 'size', { type: 'number', value: 1 }), labels },
      { ...override('billing', 'size', 2, 'dev'), labels },
      { ...override('platform-defaults', 'timeout', 40), labels },
    )
    const asked = { onConflict: 'replace' } as const
    await importFile(admin, { ...asked, text: 'size: 3\n', namespace: 'billing' })
    const same = { created: 0, changed: 0, conflicts: [] }
    expect(await importFile(admin, { text: 'size: 2\n', namespace: 'billing', environment: 'dev' })).toMatchObject(same)
    expect(await importFile(admin, { text: 'timeout: 40\n', namespace: 'platform-defaults' })).toMatchObject(same)
    await importFile(admin, { ...asked, text: 'timeout: 50\n', namespace: 'platform-defaults' })
    const { state } = { state: admin.log.state() }
    for (const space of ['config/billing', 'override/billing/tenant/dev'])
      expect(state.get(space, 'size')?.labels).toEqual(labels)
    expect(state.get('override/platform-defaults/tenant/', 'timeout')).toMatchObject({ labels, body: { value: 50 } })
  })

  it('refuses what differs from what is there, or leaves it, or lets the file win', async () => {
    const asked = { text: 'retries: 8\nfresh: true\n', namespace: 'billing' }
    await expect(importFile(admin, asked)).rejects.toMatchObject({
      failure: {
        code: 'import_conflicts',
        data: { count: 1 },
        errors: [{ detail: expect.stringContaining('billing/retries') }],
      },
    })
    expect(bodyOf('config/billing', 'fresh')).toBeUndefined()
    const skipped = await importFile(admin, { ...asked, onConflict: 'skip' })
    expect(skipped).toMatchObject({
      created: 1,
      changed: 0,
      conflicts: [{ kind: 'config', namespace: 'billing', name: 'retries', reason: 'differs' }],
    })
    expect(bodyOf('config/billing', 'retries')).toEqual({ type: 'number', value: 3 })
    const replaced = await importFile(admin, { ...asked, onConflict: 'replace' })
    expect(replaced).toMatchObject({ created: 0, changed: 1, unchanged: 1, conflicts: [] })
    expect(bodyOf('config/billing', 'retries')).toEqual({ type: 'number', value: 8 })
  })

  it('keeps a definition that its values fit, and says where they do not', async () => {
    await world.put(
      config('billing', 'size', {
        type: 'select',
        value: 's',
        validation: { options: ['s', 'm'] },
        description: 'How large',
      }),
    )
    await importFile(admin, { text: 'size: m\n', namespace: 'billing', onConflict: 'replace' })
    expect(bodyOf('config/billing', 'size')).toMatchObject({ type: 'select', value: 'm', description: 'How large' })
    await expect(importFile(admin, { text: 'size: 7\n', namespace: 'billing' })).rejects.toMatchObject({
      failure: { code: 'import_conflicts', errors: [{ detail: expect.stringContaining('another type') }] },
    })
    const skipped = await importFile(admin, { text: 'size: 7\n', namespace: 'billing', onConflict: 'skip' })
    expect(skipped.conflicts).toMatchObject([{ name: 'size', reason: 'type' }])
    await importFile(admin, { text: 'size: 7\n', namespace: 'billing', onConflict: 'replace' })
    expect(bodyOf('config/billing', 'size')).toEqual({ type: 'number', value: 7, description: 'How large' })
  })

  it("sets the tenant's override where the platform defines the key, as far as its policy allows", async () => {
    const done = await importFile(admin, { text: 'timeout: 40\n', namespace: 'platform-defaults' })
    expect(done).toMatchObject({ created: 1, inferred: [] })
    expect(bodyOf('override/platform-defaults/tenant/', 'timeout')).toEqual({ value: 40 })
    await expect(
      importFile(admin, { text: 'locked-key: mine\n', namespace: 'platform-defaults' }),
    ).rejects.toMatchObject({
      failure: { category: 'conflict', code: 'policy_locked' },
    })
    const skipped = await importFile(admin, {
      text: 'locked-key: mine\nother: 1\n',
      namespace: 'platform-defaults',
      onConflict: 'skip',
    })
    expect(skipped).toMatchObject({
      created: 1,
      conflicts: [{ kind: 'override', name: 'locked-key', reason: 'refused' }],
    })
  })

  it('writes into one environment where one is named, and makes it if it is missing', async () => {
    const done = await importFile(admin, {
      text: 'retries: 8\nfresh: 1\n',
      namespace: 'billing',
      environment: 'canary',
    })
    expect(done).toMatchObject({ created: 4, changed: 0, conflicts: [] })
    expect(bodyOf('config/billing', 'retries')).toEqual({ type: 'number', value: 3 })
    expect(bodyOf('config/billing', 'fresh')).toEqual({ type: 'number' })
    expect(bodyOf('override/billing/tenant/canary', 'retries')).toEqual({ value: 8 })
    await expect(importFile(admin, { text: spring, namespace: 'billing', environment: 'dev' })).rejects.toMatchObject({
      failure: { code: 'import_invalid' },
    })
  })

  it('refuses a file that contradicts itself unless asked to leave that out', async () => {
    const text = 'a: 1\nb: 2\na: 3\n'
    for (const onConflict of ['fail', 'replace'] as const)
      await expect(importFile(admin, { text, namespace: 'twice', onConflict })).rejects.toMatchObject({
        failure: { code: 'import_contradicts' },
      })
    const done = await importFile(admin, { text, namespace: 'twice', onConflict: 'skip' })
    expect(done.conflicts).toMatchObject([{ kind: 'config', namespace: 'twice', name: 'a', reason: 'repeated' }])
    expect(bodyOf('config/twice', 'b')).toEqual({ type: 'number', value: 2 })
  })

  it('needs environment:write only where it makes an environment', async () => {
    const editor = await world.as('editor')
    await expect(importFile(editor, { text: spring, name: 'shop.yml' })).rejects.toMatchObject({
      failure: { code: 'denied' },
    })
    await expect(importFile(editor, { text: 'a: 1\n', name: 'shop.yml' })).resolves.toMatchObject({ created: 2 })
    await expect(importFile(await world.as('viewer'), { text: 'a: 1\n', name: 'shop.yml' })).rejects.toMatchObject({
      failure: { code: 'denied' },
    })
    const narrow = await world.as('editor', { namespaces: ['shop'] })
    for (const onConflict of ['fail', 'skip', 'replace'] as const)
      await expect(
        importFile(narrow, { text: 'retries: 1\n', namespace: 'billing', onConflict }),
      ).rejects.toMatchObject({ failure: { code: 'denied' } })
  })

  it('needs no right beyond its environment where the keys are there', async () => {
    const dev = await world.as('editor', { namespaces: ['billing'], environments: ['dev'] })
    const text = 'retries: 7\n'
    const asked = { text, namespace: 'billing', environment: 'dev', onConflict: 'replace' } as const
    expect(await importFile(dev, asked)).toMatchObject({ created: 1, changed: 0 })
    expect(bodyOf('override/billing/tenant/dev', 'retries')).toEqual({ value: 7 })
    for (const wider of [
      { ...asked, environment: undefined },
      { ...asked, text: 'fresh: 1\n' },
    ])
      await expect(importFile(dev, wider)).rejects.toMatchObject({ failure: { code: 'denied' } })
  })

  it('needs to read what its values refer to, each of them', async () => {
    const narrow = await world.as('editor', { namespaces: ['shop'] })
    const text = 'a: plain\nb: ${CONFIG:billing/greeting}\n'
    for (const onConflict of ['fail', 'skip'] as const)
      await expect(importFile(narrow, { text, namespace: 'shop', onConflict })).rejects.toMatchObject({
        failure: { code: 'denied', data: { permission: 'value:read' } },
      })
    await expect(importFile(await world.as('editor'), { text, namespace: 'shop' })).resolves.toMatchObject({
      created: 3,
    })
  })

  it('asks for ifRevision where a protected environment is touched', async () => {
    await world.put(put('environment', 'production', { protected: true }))
    const asked = { text: 'a: 1\n', namespace: 'billing', onConflict: 'skip' } as const
    await expect(importFile(admin, asked)).rejects.toMatchObject({ failure: { code: 'precondition_required' } })
    await expect(importFile(admin, { ...asked, ifRevision: 1 })).rejects.toMatchObject({
      failure: { code: 'revision_moved' },
    })
    await expect(importFile(admin, { ...asked, ifRevision: admin.log.state().revision })).resolves.toMatchObject({
      created: 1,
    })
  })

  it('tries without storing anything', async () => {
    const context = await world.as('admin', { write: { dryRun: true } })
    const before = admin.log.state().revision
    expect(await importFile(context, { text: spring, name: 'shop.yml' })).toMatchObject({
      created: 9,
      commits: 0,
      revision: before,
    })
    expect(admin.log.state().revision).toBe(before)
  })

  it('refuses what cannot be read, with the line', async () => {
    await expect(importFile(admin, { text: 'a: [1\n', name: 'x.yml' })).rejects.toMatchObject({
      failure: { code: 'import_invalid' },
    })
    await expect(importFile(admin, { text: 'a: 1\n' })).rejects.toMatchObject({ failure: { code: 'import_invalid' } })
  })

  it('reads a large file in a thread of its own, and answers the same', async () => {
    const text = Array.from({ length: 9000 }, (_, index) => `key-${index}: "${'x'.repeat(40)}"\n`).join('')
    expect(text.length).toBeGreaterThan(262_144)
    const done = await importFile(admin, { text, namespace: 'large', format: 'yaml' })
    expect(done).toMatchObject({ created: 9001, commits: 1 })
    await expect(
      importFile(admin, { text: `${text}a: [1\n`, namespace: 'large', format: 'yaml' }),
    ).rejects.toMatchObject({
      failure: { code: 'import_invalid' },
    })
  })
})

describe('an import of more than one commit takes', () => {
  const text = Array.from({ length: 15_000 }, (_, index) => `key-${index}=${index}\n`).join('')

  it('takes several, each whole, and the same again takes none', async () => {
    const before = admin.log.state().revision
    const asked = { text, namespace: 'large', format: 'properties' } as const
    const done = await importFile(admin, asked)
    expect(done).toMatchObject({ created: 15_001, changed: 0, unchanged: 0, commits: 16, revision: before + 16 })
    expect(await importFile(admin, asked)).toMatchObject({
      created: 0,
      unchanged: 15_000,
      commits: 0,
      revision: before + 16,
    })
  })

  it('goes on where one that broke off had come to', async () => {
    const half = Array.from({ length: 8_000 }, (_, index) => `key-${index}=${index}\n`).join('')
    await importFile(admin, { text: half, namespace: 'large', format: 'properties' })
    expect(await importFile(admin, { text, namespace: 'large', format: 'properties' })).toMatchObject({
      created: 7_000,
      unchanged: 8_000,
      commits: 1,
    })
  })

  it('is answered as before when the request is repeated, and writes nothing again', async () => {
    const context = await world.as('admin', { write: { idempotency: { key: 'k', request: 'r' } } })
    const asked = { text, namespace: 'large', format: 'properties' } as const
    const first = await importFile(context, asked)
    await world.put(config('large', 'key-1', { type: 'number', value: -1 }))
    const { revision } = admin.log.state()
    expect(await importFile(context, asked)).toMatchObject({
      created: first.created,
      changed: 0,
      commits: 16,
      revision: first.revision,
    })
    expect(admin.log.state().revision).toBe(revision)
  })
})

describe('importing manifests', () => {
  const manifests = `kind: config
metadata: {name: key, namespace: made}
spec: {type: number, value: 1}
---
kind: override
metadata: {name: key, namespace: made, environment: fresh}
spec: {value: 2}
`
  it('makes the namespaces and environments that they speak of', async () => {
    expect(await importFile(admin, { text: manifests })).toMatchObject({ created: 4, inferred: [], commits: 1 })
    expect(bodyOf('override/made/tenant/fresh', 'key')).toEqual({ value: 2 })
  })

  it('never writes governance', async () => {
    const text = 'kind: member\nmetadata: {name: 00000000-0000-4000-8000-00000000000c}\nspec: {roles: [owner]}\n'
    await expect(importFile(await world.as('owner'), { text })).rejects.toMatchObject({
      failure: { code: 'changes_rejected', errors: [{ index: 0, code: 'kind_closed' }] },
    })
  })

  it('refuses a kind that is none, naming those that are', async () => {
    await expect(importFile(admin, { text: 'kind: nonsense\nmetadata: {name: x}\nspec: {}\n' })).rejects.toMatchObject({
      failure: { code: 'kind_unknown' },
    })
  })

  it('refuses a namespace beside them: they name their own', async () => {
    await expect(importFile(admin, { text: manifests, namespace: 'billing' })).rejects.toMatchObject({
      failure: { code: 'import_invalid' },
    })
  })

  it('differs only where labels or bodies do', async () => {
    await importFile(admin, { text: manifests })
    await world.put(override('made', 'key', 3, 'fresh'))
    const done = await importFile(admin, { text: manifests, onConflict: 'replace' })
    expect(done).toMatchObject({ created: 0, changed: 1, unchanged: 1 })
    const labelled = manifests.replace('namespace: made}', 'namespace: made, labels: {team: a}}')
    expect(await importFile(admin, { text: labelled, onConflict: 'replace' })).toMatchObject({
      changed: 1,
      unchanged: 1,
    })
    expect(admin.log.state().get('config/made', 'key')?.labels).toEqual({ team: 'a' })
  })
})

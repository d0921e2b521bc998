// What is recorded: every change is its own record, and beside them logins, failures, denials, grants, acting tokens, exports and limits. And what no longer verifies is named.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noteDenial, settleCounted } from '@konfig/app'
import { describe, expect, it } from 'vitest'
import { openInstallationIn } from '../harness/installation.ts'
import { backends } from '../harness/place.ts'
import { administrator, field, person, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import { openWorld, password, type World } from '../harness/world.ts'

interface Entry {
  readonly type: string
  readonly log: string
  readonly actor: { readonly id: string; readonly name: string | null }
  readonly resources: readonly { readonly kind: string; readonly name: string; readonly op: string }[]
  readonly data: { readonly [name: string]: unknown }
  readonly time: string
}

const auditOf = async (world: World, query = ''): Promise<readonly Entry[]> => {
  const owner = await person(world, 'owner')
  const entries: Entry[] = []
  for (let cursor = ''; ; ) {
    const reply = await owner(`GET /audit?limit=50${query}${cursor}`)
    entries.push(...field<readonly Entry[]>(reply, 'items'))
    const next = field<string | null>(reply, 'next')
    if (next === null) return entries
    cursor = `&cursor=${encodeURIComponent(next)}`
  }
}

/** Some entries are noted soon, not at once. */
const eventually = async (world: World, type: string, actor?: string): Promise<Entry> => {
  let found: Entry | undefined
  await expect
    .poll(async () => {
      found = (await auditOf(world, `&type=${type}`)).find(
        ({ actor: { name } }) => actor === undefined || name === actor,
      )
      return found
    })
    .toBeDefined()
  return found as unknown as Entry
}

onEachBackend((world) => {
  it('records each change with who, when and what, and the same change is its commit', async () => {
    const editor = session(world(), world().keys.editor)
    const written = await editor('PUT /namespaces/billing/configs/retries?message=on+purpose', { body: { value: 9 } })
    expect(written.status).toBe(200)
    const [entry] = await auditOf(world(), '&resource=billing/retries')
    expect(entry).toMatchObject({
      type: 'change',
      log: 'config',
      message: 'on purpose',
      actor: { name: 'editor-key' },
      resources: [{ kind: 'config', name: 'retries', namespace: 'billing', op: 'put' }],
    })
    const revision = field<number>(written, 'revision')
    expect((await editor(`GET /commits/${revision}`)).json).toMatchObject({ revision, message: 'on purpose' })
  })

  it('records logins, failures, denials, grants, acting tokens and exports', async () => {
    const owner = await person(world(), 'owner')
    await session(world())('POST /auth/login', {
      body: { email: 'viewer@acme.example', password: 'wrong word', tenant: 'acme' },
    })
    await session(world())('POST /auth/login', { body: { email: 'viewer@acme.example', password, tenant: 'acme' } })
    const reader = session(world(), world().keys.reader)
    expect((await reader('POST /namespaces', { body: { name: 'no' } })).status).toBe(403)
    expect((await owner(`PATCH /members/${world().people.viewer}`, { body: { roles: ['editor'] } })).status).toBe(200)
    expect((await (await administrator(world()))('POST /auth/token', { body: { tenant: 'acme' } })).status).toBe(200)
    expect((await owner('GET /export')).status).toBe(200)
    for (const type of ['login', 'login_failed', 'denied', 'rights_granted', 'acting_token', 'export']) {
      const entry = await eventually(world(), type)
      expect(entry).toMatchObject({ type, log: 'access' })
      expect(entry.time).toMatch(/Z$/)
    }
    expect(await eventually(world(), 'denied', 'reader-key')).toMatchObject({
      data: { permission: 'config:write' },
    })
    expect(await eventually(world(), 'login')).toMatchObject({
      actor: { name: expect.stringContaining('@acme.example') },
    })
  })

  it('keeps no password, email of a failed login or secret in what it records', async () => {
    await session(world())('POST /auth/login', {
      body: { email: 'somebody@acme.example', password: 'a-secret-word', tenant: 'acme' },
    })
    const text = JSON.stringify(await auditOf(world()))
    for (const secret of ['a-secret-word', 'somebody@acme.example', password, world().keys.editor, '$2b$'])
      expect(text).not.toContain(secret)
  })

  it('makes one line a minute of a flood of denials', async () => {
    const dev = session(world(), world().keys.dev)
    for (let asked = 0; asked < 20; asked++) await dev('POST /namespaces', { body: { name: 'no' } })
    await eventually(world(), 'denied', 'dev-key')
    const denials = await auditOf(world(), '&type=denied')
    expect(denials.filter(({ actor }) => actor.name === 'dev-key')).toHaveLength(1)
  })

  it('records a limit that was reached', async () => {
    const platform = await administrator(world())
    await platform('POST /platform/plans', { body: { name: 'tiny', limits: { requestsPerMinute: 2 } } })
    const globex = session(world(), world().keys.foreign)
    await platform('PATCH /platform/tenants/globex', { body: { plan: 'tiny' } })
    for (let asked = 0; asked < 5; asked++) await globex('GET /values/billing?environment=dev')
    await platform('PATCH /platform/tenants/globex', { body: { plan: 'premium' } })
    await expect
      .poll(async () => field<readonly Entry[]>(await globex('GET /audit?type=quota_exceeded'), 'items')[0])
      .toMatchObject({ data: { limit: 'requestsPerMinute' } })
  })

  it('lists newest first in pages that do not overlap, and narrows by actor, time and resource', async () => {
    const editor = session(world(), world().keys.editor)
    for (let round = 0; round < 5; round++)
      await editor('POST /changes', { body: { changes: [setting(`audited-${round}`, round)] } })
    const owner = await person(world(), 'owner')
    const all = await auditOf(world(), '&type=change')
    expect(all.map(({ time }) => time)).toEqual(
      all
        .map(({ time }) => time)
        .toSorted()
        .toReversed(),
    )
    const first = await owner('GET /audit?type=change&limit=3')
    const second = await owner(
      `GET /audit?type=change&limit=3&cursor=${encodeURIComponent(field<string>(first, 'next'))}`,
    )
    expect([...field<readonly Entry[]>(first, 'items'), ...field<readonly Entry[]>(second, 'items')]).toEqual(
      all.slice(0, 6),
    )
    expect(first.headers.get('link')).toContain('rel="next"')
    const byKey = await auditOf(world(), '&resource=billing/audited-3')
    expect(byKey).toHaveLength(1)
    expect(await auditOf(world(), '&to=2001-01-01T00:00:00Z')).toEqual([])
    expect((await owner('GET /audit?from=yesterday')).status).toBe(400)
    expect((await editor('GET /audit')).status).toBe(403)
  })

  it('verifies both logs from their first row', async () => {
    const owner = await person(world(), 'owner')
    const verified = await owner('POST /audit/verify')
    expect(verified).toMatchObject({
      status: 200,
      json: {
        ok: true,
        logs: [
          { log: 'config', ok: true },
          { log: 'access', ok: true },
        ],
      },
    })
  })
})

describe.each(backends)('a byte that was changed behind the server, on %s', (backend) => {
  it('is found by the verification of the audit, which names the first bad revision', async () => {
    const world = await openWorld({ backend })
    try {
      const owner = await person(world, 'owner')
      const editor = session(world, world.keys.editor)
      const revisions: number[] = []
      for (let round = 0; round < 6; round++)
        revisions.push(
          field(await editor('POST /changes', { body: { changes: [setting(`flipped-${round}`, round)] } }), 'revision'),
        )
      const bad = revisions[2] as number
      world.damage(world.acme.config, bad)
      const verified = await owner('POST /audit/verify')
      expect(verified).toMatchObject({
        status: 200,
        json: {
          ok: false,
          logs: [
            { log: 'config', id: world.acme.config, ok: false, revision: bad },
            { log: 'access', ok: true },
          ],
        },
      })
      // Others are not touched by it, and what is in memory is served on.
      expect((await session(world, world.keys.foreign)('GET /values/billing?environment=dev')).status).toBe(200)
      expect((await editor('GET /values/billing/flipped-5?environment=dev')).status).toBe(200)
    } finally {
      await world.close()
    }
  })
})

describe('an orderly stop', () => {
  it('loses nothing of what was noted just before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-stop-'))
    try {
      const first = await openInstallationIn(folder)
      const { platformAccess } = first.app
      // Nobody waits for these: that is how logins and denials are noted.
      for (let noted = 0; noted < 20; noted++) noteDenial(first.app, platformAccess, `user:${noted}`, 'config:write')
      for (let again = 0; again < 5; again++) noteDenial(first.app, platformAccess, 'user:0', 'config:write')
      settleCounted(first.app)
      await first.close()
      const second = await openInstallationIn(folder)
      const commits = await (await second.app.logs.hold(platformAccess)).sealed.history(0, 100)
      const denials = commits.map(({ note }) => note).filter((note) => note?.['type'] === 'denied')
      expect(denials).toHaveLength(21)
      expect(denials.at(-1)).toMatchObject({ data: { repeated: 5 } })
      await second.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

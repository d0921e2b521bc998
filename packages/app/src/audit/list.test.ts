import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { actIn } from '../identity/act.ts'
import { listMembers, removeMember } from '../identity/members.ts'
import {
  administrator,
  asking,
  callerOf,
  inside,
  joined,
  keyOf,
  openWorld,
  refusalOf,
  registered,
  type World,
} from '../identity/testing/world.ts'
import { noteDenial, settleCounted } from './denials.ts'
import type { AuditEntry } from './entry.ts'
import { listAudit } from './list.ts'
import { readUsage } from './usage.ts'
import { verifyAudit } from './verify.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
})
afterEach(() => world.close())

const put = async (token: string, name: string) =>
  commit(await inside(world.app, token, { message: `made ${name}` }), () => ({
    ok: true,
    value: { intentions: [{ op: 'put', kind: 'namespace', name, body: {} }] },
  }))

const all = async (query: object = {}): Promise<readonly AuditEntry[]> => {
  const context = await inside(world.app, owner)
  const items: AuditEntry[] = []
  let cursor: string | undefined
  do {
    const page = await listAudit(context, { limit: 2, cursor, ...query })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return items
}

/** Events are noted soon after the answer, not before it. */
const settled = async (type: string): Promise<void> => {
  await expect.poll(async () => (await all({ type })).length, { interval: 5 }).toBeGreaterThan(0)
}

describe('the audit view', () => {
  it('holds changes and access as one list, newest first, page by page, each once', async () => {
    const { clock } = world
    await settled('registered')
    for (const name of ['one', 'two', 'three']) {
      clock.now += 1000
      await put(owner, name)
    }
    const items = await all()
    expect(items.map(({ time }) => time)).toEqual(
      items
        .map(({ time }) => time)
        .toSorted()
        .toReversed(),
    )
    expect(items.filter(({ log }) => log === 'config').map(({ revision }) => revision)).toEqual([4, 3, 2, 1])
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(items[0]).toMatchObject({
      type: 'change',
      message: 'made three',
      actor: { name: 'owner@acme.example' },
      resources: [{ kind: 'namespace', name: 'three', op: 'put' }],
      changes: 1,
    })
    expect((await listAudit(await inside(world.app, owner), {})).items).toEqual(items)
  })

  it('is filtered by type, actor, resource and time', async () => {
    const { app, clock } = world
    const { id, key } = await keyOf(app, owner, { role: 'editor' })
    await settled('rights_granted')
    clock.now += 60_000
    const from = new Date(clock.now).toISOString()
    await put(key, 'billing')
    expect((await all({ type: 'rights_granted' })).map(({ resource, data }) => [resource, data['roles']])).toEqual([
      ['apiKey/deploy', ['editor']],
    ])
    expect((await all({ actor: `key:${id}` })).map(({ actor }) => actor)).toEqual([{ id: `key:${id}`, name: 'deploy' }])
    expect(await all({ actor: id })).toHaveLength(1)
    for (const resource of ['billing', 'namespace/billing']) expect(await all({ resource })).toHaveLength(1)
    expect(await all({ resource: 'config/billing' })).toEqual([])
    expect((await all({ resource: 'deploy' })).map(({ log }) => log).toSorted()).toEqual(['access', 'config'])
    expect(await all({ from })).toHaveLength(1)
    expect(await all({ to: new Date(clock.now - 1).toISOString(), type: 'change', resource: 'billing' })).toEqual([])
    expect((await all({ to: new Date(clock.now - 1).toISOString() })).length).toBeGreaterThan(2)
  })

  it('is refused to whoever may not read it, and with times and cursors that are none', async () => {
    const { app } = world
    const editor = await inside(app, (await joined(app, owner, 'editor')).accessToken)
    expect(await refusalOf(listAudit(editor, {}))).toBe('denied')
    const context = await inside(app, owner)
    for (const query of [
      { from: 'yesterday' },
      { to: '12' },
      { cursor: 'nonsense' },
      { cursor: Buffer.from('{"config":-1,"access":0}').toString('base64url') },
    ])
      expect(await refusalOf(listAudit(context, query))).toBe('malformed_request')
    expect(await refusalOf((async () => verifyAudit(editor))())).toBe('denied')
    expect(await refusalOf(readUsage(editor))).toBe('denied')
  })

  it('never shows one tenant what happened in another', async () => {
    const globex = (await registered(world.app, 'globex')).accessToken
    await put(globex, 'globex-secret-marker')
    expect(JSON.stringify(await all())).not.toContain('globex')
  })

  it('names those who were removed, and the platform’s people as the platform', async () => {
    const { app } = world
    const editor = (await joined(app, owner, 'editor')).accessToken
    await put(editor, 'billing')
    const context = await inside(app, owner)
    const member = (await listMembers(context, { role: 'editor' })).items[0]
    await removeMember(context, member?.id ?? '', undefined)
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { accessToken } = await actIn(asking(app, admin), 'acme')
    await put(accessToken, 'acted')
    expect((await all({ resource: 'billing' }))[0]?.actor.name).toBe('editor@acme.example')
    expect((await all({ resource: 'acted' }))[0]?.actor.name).toBe('platform')
    expect((await all({ type: 'acting_token' }))[0]?.actor.name).toBe('platform')
    const platform = await listAudit(asking(app, admin), { type: 'acting_token' })
    expect(platform.items[0]).toMatchObject({ actor: { name: 'admin@platform.example' }, resource: 'tenant/acme' })
  })
})

describe('denials', () => {
  it('are one line at once and one count a minute, not one line each', async () => {
    const { app } = world
    const acme = await app.directory.find('acme')
    for (let at = 0; at < 500; at++) noteDenial(app, acme!.access, 'user:x', 'config:write')
    noteDenial(app, acme!.access, 'user:x', 'key:write')
    settleCounted(app)
    await expect.poll(async () => (await all({ type: 'denied' })).length, { interval: 5 }).toBe(3)
    const lines = await all({ type: 'denied' })
    expect(new Set(lines.map(({ data }) => JSON.stringify([data['permission'], data['repeated'] ?? 0])))).toEqual(
      new Set(['["config:write",0]', '["config:write",499]', '["key:write",0]']),
    )
    noteDenial(app, acme!.access, 'user:x', 'config:write')
    settleCounted(app)
    await expect.poll(async () => (await all({ type: 'denied' })).length, { interval: 5 }).toBe(4)
  })

  it('that cannot be noted are told to the installation, not to the caller', async () => {
    const { app, errors } = world
    noteDenial(app, 'no-such-log', 'user:x', 'config:write')
    await expect.poll(() => errors.length, { interval: 5 }).toBe(1)
  })
})

describe('verification', () => {
  it('says of untouched logs that they are good, to the newest revision', async () => {
    await settled('registered')
    await put(owner, 'billing')
    const found = await verifyAudit(await inside(world.app, owner))
    expect(found).toMatchObject({
      ok: true,
      logs: [
        { log: 'config', ok: true, revision: 2 },
        { log: 'access', ok: true },
      ],
    })
  })

  it('names the first record that is not as it was written', async () => {
    const { app, store } = world
    for (const name of ['one', 'two', 'three']) await put(owner, name)
    const { config } = (await app.directory.find('acme'))!
    const kept = store.logs.get(config)
    const batches = [...(kept?.batches ?? [])]
    const bad = batches[1]!
    const payload = new Uint8Array(bad.payload)
    payload[payload.length - 20]! ^= 1
    store.logs.set(config, { ...kept!, batches: batches.with(1, { ...bad, payload }) })
    const found = await verifyAudit(await inside(app, owner))
    expect(found).toMatchObject({ ok: false, logs: [{ log: 'config', ok: false, revision: 2 }, { ok: true }] })
    expect(found.logs[0]?.reason).not.toBeNull()
  })
})

describe('usage', () => {
  it('counts requests, members and keys beside the limits of the plan', async () => {
    const { app } = world
    await keyOf(app, owner)
    const acme = await app.directory.find('acme')
    for (let at = 0; at < 3; at++) app.usage.count(app.usage.counter(acme!.id))
    const context = await inside(app, owner)
    expect(await readUsage(context)).toEqual({
      month: '2026-01',
      plan: null,
      requests: { used: 3, limit: null },
      members: { used: 1, limit: null },
      keys: { used: 1, limit: null },
      requestsPerMinute: null,
    })
  })
})

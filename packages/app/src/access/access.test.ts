import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { actIn } from '../identity/act.ts'
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
import { checkAccess } from './check-access.ts'
import { whoCan } from './who-can.ts'

let world: World
let owner: string
let editor: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
  editor = (await joined(world.app, owner, 'editor')).accessToken
  await commit(await inside(world.app, owner), () => ({
    ok: true,
    value: {
      intentions: [
        { op: 'put', kind: 'namespace', name: 'billing', body: {} },
        { op: 'put', kind: 'environment', name: 'vault', body: { protected: true } },
        { op: 'put', kind: 'environment', name: 'qa', body: { parent: 'dev' } },
      ],
    },
  }))
})
afterEach(() => world.close())

const asked = async (token: string, question: Parameters<typeof checkAccess>[1]) =>
  checkAccess(await inside(world.app, token), question)

describe('checking access', () => {
  it('answers for oneself with the role that gives it', async () => {
    expect(await asked(editor, { permission: 'config:write', namespace: 'billing', environment: 'dev' })).toEqual({
      allowed: true,
      because: 'role editor holds config:write in namespace billing and environments dev, qa',
    })
    expect(await asked(editor, { permission: 'member:write' })).toEqual({
      allowed: false,
      because: 'member:write is held by none of: role editor',
    })
  })

  it('says that a protected environment needs more, as the write itself would', async () => {
    expect(await asked(editor, { permission: 'config:write', environment: 'vault' })).toMatchObject({
      allowed: false,
      because: expect.stringContaining('protected:write'),
    })
    expect(await asked(owner, { permission: 'config:write', environment: 'vault' })).toMatchObject({ allowed: true })
  })

  it('says of a narrowed key where it ends', async () => {
    const { key } = await keyOf(world.app, owner, {
      role: 'editor',
      namespaces: ['billing'],
      environments: ['dev', 'qa'],
    })
    expect(await asked(key, { permission: 'config:write', namespace: 'billing', environment: 'dev' })).toMatchObject({
      allowed: true,
    })
    for (const question of [
      { namespace: 'billing' },
      { namespace: 'other', environment: 'dev' },
      { namespace: 'billing', environment: 'production' },
    ])
      expect(await asked(key, { permission: 'config:write', ...question })).toMatchObject({
        allowed: false,
        because: expect.stringContaining('but not in'),
      })
    expect(await asked(key, { permission: 'value:read', namespace: 'billing' })).toMatchObject({ allowed: true })
  })

  it('answers about others only to whoever may manage members', async () => {
    const { id } = await keyOf(world.app, owner)
    const question = { permission: 'config:read' } as const
    for (const subject of ['user:editor@acme.example', 'user:EDITOR@acme.example'])
      expect(await asked(owner, { ...question, subject })).toMatchObject({ allowed: true })
    for (const subject of ['key:deploy', `key:${id}`])
      expect(await asked(owner, { ...question, subject })).toMatchObject({ allowed: false })
    expect(await refusalOf(asked(editor, { ...question, subject: 'key:deploy' }))).toBe('denied')
    await registered(world.app, 'globex')
    for (const subject of [
      'user:owner@globex.example',
      `user:${crypto.randomUUID()}`,
      'key:none',
      'group:x',
      'x',
      'user:no address',
    ])
      expect(['resource_not_found', 'body_invalid']).toContain(await refusalOf(asked(owner, { ...question, subject })))
    expect(await refusalOf(asked(owner, { ...question, subject: 'user:owner@globex.example' }))).toBe(
      'resource_not_found',
    )
    await expect(asked(owner, { ...question, subject: 'user:no address' })).rejects.toMatchObject({
      failure: { data: { pointer: '/subject' } },
    })
  })

  it('answers for an acting administrator', async () => {
    const admin = await callerOf(world.app, (await administrator(world.app)).accessToken)
    const { accessToken } = await actIn(asking(world.app, admin), 'acme')
    expect(
      await asked(accessToken, { permission: 'config:write', namespace: 'billing', environment: 'vault' }),
    ).toMatchObject({ allowed: true })
    expect(await asked(accessToken, { permission: 'tenant:own' })).toMatchObject({ allowed: false })
  })
})

describe('listing who may', () => {
  it('names members and live keys with why, page by page', async () => {
    const { app, clock } = world
    await keyOf(app, owner, { name: 'writer', role: 'editor' })
    await keyOf(app, owner, { name: 'brief', role: 'editor', expiresAt: new Date(clock.now + 1000).toISOString() })
    await keyOf(app, owner, { name: 'reading' })
    clock.now += 1000
    const context = await inside(app, owner)
    const question = { permission: 'config:write', namespace: 'billing', environment: 'dev' } as const
    const first = await whoCan(context, { ...question, limit: 2 })
    const second = await whoCan(context, { ...question, limit: 2, cursor: first.next ?? '' })
    expect(new Set([...first.items, ...second.items].map(({ type, name }) => `${type} ${name}`))).toEqual(
      new Set(['key writer', 'user editor@acme.example', 'user owner@acme.example']),
    )
    expect(second.next).toBeNull()
    expect(first.items[0]?.because).toContain('role editor of this key holds config:write')
    expect(
      (await whoCan(context, { permission: 'config:write', environment: 'vault' })).items.map(({ name }) => name),
    ).toEqual(['owner@acme.example'])
  })

  it('is refused to whoever may not manage members', async () => {
    expect(
      await refusalOf((async () => whoCan(await inside(world.app, editor), { permission: 'config:write' }))()),
    ).toBe('denied')
  })
})

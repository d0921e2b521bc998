import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actIn } from './act.ts'
import { changeMember, listMembers, removeMember } from './members.ts'
import { logout } from './logout.ts'
import { endSession } from './session.ts'
import {
  administrator,
  asking,
  callerOf,
  inside,
  joined,
  openWorld,
  refusalOf,
  registered,
  type World,
} from './testing/world.ts'
import { signToken } from './token.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
})
afterEach(() => world.close())

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const partsOf = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return {
    header,
    payload,
    signature,
    claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly [claim: string]: unknown },
  }
}

describe('an access token', () => {
  it('is its user in the tenant, with the rights that the state gives today', async () => {
    expect(await callerOf(world.app, owner)).toMatchObject({
      type: 'user',
      tenant: { name: 'acme' },
      platformGrants: [],
      acting: false,
    })
    expect(partsOf(owner).claims).not.toHaveProperty('permissions')
  })

  it('is refused without a signature, with another algorithm, or with a key of somebody else', async () => {
    const { app } = world
    const { payload, signature, claims } = partsOf(owner)
    const signed = (header: string, body: string, hash: string, key: Uint8Array) =>
      `${header}.${body}.${createHmac(hash, key).update(`${header}.${body}`).digest('base64url')}`
    const none = encode({ alg: 'none', typ: 'at+jwt' })
    const hs256 = encode({ alg: 'HS256', typ: 'at+jwt' })
    const attempts = [
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${encode({ alg: 'NONE', typ: 'at+jwt' })}.${payload}.`,
      signed(encode({ alg: 'HS512', typ: 'at+jwt' }), payload, 'sha512', app.tokenKey),
      signed(encode({ alg: 'HS384', typ: 'at+jwt' }), payload, 'sha384', app.tokenKey),
      signed(encode({ alg: 'HS256', typ: 'JWT' }), payload, 'sha256', app.tokenKey),
      signed(hs256, payload, 'sha256', new Uint8Array(0)),
      signed(hs256, payload, 'sha256', new Uint8Array(32)),
      signed(hs256, encode({ ...claims, iss: 'other' }), 'sha256', app.tokenKey),
      signed(hs256, encode({ ...claims, exp: undefined }), 'sha256', app.tokenKey),
      `${partsOf(owner).header}.${encode({ ...claims, ten: 'globex' })}.${signature}`,
      `${owner}x`,
      owner.slice(0, -4),
    ]
    for (const attempt of attempts) expect(await refusalOf(callerOf(app, attempt))).toBe('unauthenticated')
    expect(await callerOf(app, signed(hs256, payload, 'sha256', app.tokenKey))).toMatchObject({ type: 'user' })
  })

  it('of another installation is refused', async () => {
    const other = await openWorld({ master: 2 })
    await registered(other.app, 'acme')
    expect(await refusalOf(callerOf(other.app, owner))).toBe('unauthenticated')
    await other.close()
  })

  it('ends by the clock', async () => {
    const { app, clock } = world
    clock.now += 899_000
    expect(await callerOf(app, owner)).toMatchObject({ type: 'user' })
    clock.now += 2_000
    expect(await refusalOf(callerOf(app, owner))).toBe('token_expired')
  })

  it('is refused on the next request after its session ended', async () => {
    const { app } = world
    const caller = await callerOf(app, owner)
    await logout(asking(app, caller))
    expect(await refusalOf(callerOf(app, owner))).toBe('token_expired')
  })

  it('is refused within a second on a node that has just seen the session live', async () => {
    const { app, store, clock } = world
    const other = await openWorld({ store, clock })
    const caller = await callerOf(other.app, owner)
    if (caller.type !== 'user') throw new Error('a user')
    await endSession(app, caller.userId, caller.sessionId)
    clock.now += 1000
    expect(await refusalOf(callerOf(other.app, owner))).toBe('token_expired')
    await other.close()
  })

  it('loses on the next request what the member lost, and everything with the membership', async () => {
    const { app } = world
    const editor = (await joined(app, owner, 'editor')).accessToken
    expect((await inside(app, editor)).caller).toMatchObject({
      grants: [{ permissions: expect.arrayContaining(['config:write']) }],
    })
    const context = await inside(app, owner)
    const member = (await listMembers(context, {})).items.find(({ email }) => email === 'editor@acme.example')
    await changeMember(context, member?.id ?? '', { roles: ['reader'] }, undefined)
    expect((await inside(app, editor)).caller).toMatchObject({ grants: [{ permissions: ['value:read'] }] })
    await removeMember(context, member?.id ?? '', undefined)
    expect(await refusalOf(callerOf(app, editor))).toBe('token_expired')
  })

  it('for a tenant that the user is no member of is refused, though it is signed', async () => {
    const { app } = world
    await registered(app, 'globex')
    const caller = await callerOf(app, owner)
    if (caller.type !== 'user') throw new Error('a user')
    const forged = await signToken(
      app,
      { userId: caller.userId, sessionId: caller.sessionId, tenant: 'globex', acting: false },
      900,
    )
    expect(await refusalOf(callerOf(app, forged))).toBe('token_expired')
  })
})

describe('an acting token', () => {
  it("has an admin's rights there and none of an owner's or of the platform's, for fifteen minutes, recorded in both access logs", async () => {
    const { app, clock } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { accessToken, expiresIn } = await actIn(asking(app, admin), 'acme')
    expect(expiresIn).toBe(900)
    const caller = await callerOf(app, accessToken)
    expect(caller).toMatchObject({ acting: true, tenant: { name: 'acme' }, platformGrants: [] })
    if (caller.type !== 'user') throw new Error('a user')
    const held = caller.grants.flatMap(({ permissions }) => permissions)
    expect(held).toContain('config:write')
    expect(held).not.toContain('tenant:own')
    const acme = await app.directory.find('acme')
    for (const log of [acme!.access, app.platformAccess]) {
      const { sealed } = await app.logs.hold(log)
      const notes = (await sealed.history(0, 100)).map(({ note, actor }) => ({ type: note?.['type'], actor }))
      expect(notes).toContainEqual({ type: 'acting_token', actor: caller.actor })
    }
    clock.now += 901_000
    expect(await refusalOf(callerOf(app, accessToken))).toBe('token_expired')
  })

  it('is given to nobody else, for no tenant that there is not, and never by an acting token', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    expect(await refusalOf(actIn(asking(app, await callerOf(app, owner)), 'acme'))).toBe('denied')
    expect(await refusalOf(actIn(asking(app, admin), 'nobody'))).toBe('resource_not_found')
    const acting = await callerOf(app, (await actIn(asking(app, admin), 'acme')).accessToken)
    expect(await refusalOf(actIn(asking(app, acting), 'acme'))).toBe('denied')
  })

  it('dies with the administrator’s session', async () => {
    const { app } = world
    const admin = await callerOf(app, (await administrator(app)).accessToken)
    const { accessToken } = await actIn(asking(app, admin), 'acme')
    await logout(asking(app, admin))
    expect(await refusalOf(callerOf(app, accessToken))).toBe('token_expired')
  })
})

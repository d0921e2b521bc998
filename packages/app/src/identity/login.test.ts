import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changePassword } from './change-password.ts'
import { login } from './login.ts'
import { me } from './me.ts'
import { register } from './register.ts'
import { listSessions, removeSession } from './sessions.ts'
import {
  administrator,
  asking,
  callerOf,
  joined,
  keyOf,
  logIn,
  openWorld,
  password,
  refusalOf,
  registered,
  type World,
} from './testing/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const attempt = (email: string, text: string, from?: string, tenant?: string) =>
  refusalOf(login(asking(world.app, undefined, from), { email, password: text, tenant }))

describe('login', () => {
  it('takes the same person in every case and width of the email', async () => {
    const { app } = world
    await registered(app, 'acme')
    for (const email of ['owner@acme.example', 'OWNER@ACME.EXAMPLE', ' Owner@Acme.example ', 'ｏｗｎｅｒ@acme.example'])
      expect((await logIn(app, email)).tenant).toBe('acme')
  })

  it('answers a wrong password, an unknown email and a foreign tenant alike', async () => {
    const { app } = world
    await registered(app, 'acme')
    await registered(app, 'globex')
    expect(await attempt('owner@acme.example', 'wrong password')).toBe('login_failed')
    expect(await attempt('nobody@acme.example', password)).toBe('login_failed')
    expect(await attempt('owner@acme.example', password, undefined, 'globex')).toBe('login_failed')
    expect(await attempt('owner@acme.example', password, undefined, 'no-such-tenant')).toBe('login_failed')
    expect(await attempt('owner@acme.example', password, undefined, 'platform')).toBe('login_failed')
  })

  it('slows whoever guesses, and does not lock the victim out', async () => {
    const { app } = world
    await registered(app, 'acme')
    const outcomes: string[] = []
    for (let at = 0; at < 12; at++) outcomes.push(await attempt('owner@acme.example', 'wrong password', '203.0.113.9'))
    expect(outcomes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'login_failed'))
    expect(outcomes.slice(10)).toEqual(['rate_limited', 'rate_limited'])
    expect(await attempt('owner@acme.example', password, '203.0.113.9')).toBe('rate_limited')
    expect(await attempt('owner@acme.example', password, '192.0.2.55')).toBe('done')
  })

  it('keeps neither email nor address of a failure in the clear', async () => {
    const { app } = world
    await registered(app, 'acme')
    await attempt('owner@acme.example', 'wrong password', '203.0.113.9')
    const acme = await app.directory.find('acme')
    const { sealed } = await app.logs.hold(acme!.access)
    await expect
      .poll(async () => (await sealed.history(0, 100)).some(({ note }) => note?.['type'] === 'login_failed'))
      .toBe(true)
    const text = JSON.stringify(await sealed.history(0, 100))
    expect(text).not.toContain('owner@')
    expect(text).not.toContain('203.0.113.9')
    expect(text).not.toContain('wrong password')
  })

  it('goes to the tenant that is named, else to the first, and to the platform by its name', async () => {
    const { app } = world
    await registered(app, 'globex')
    await register(asking(app), { tenant: 'acme', email: 'owner@globex.example', password })
    expect((await logIn(app, 'owner@globex.example')).tenant).toBe('acme')
    expect((await logIn(app, 'owner@globex.example', 'globex')).tenant).toBe('globex')
    await administrator(app)
    expect((await logIn(app, 'admin@platform.example', 'platform')).tenant).toBeNull()
  })
})

describe('registration', () => {
  it('makes a tenant and its owner', async () => {
    const { app } = world
    const tokens = await registered(app, 'acme')
    expect(await me(asking(app, await callerOf(app, tokens.accessToken)))).toMatchObject({
      type: 'user',
      email: 'owner@acme.example',
      tenant: 'acme',
      memberships: [{ tenant: 'acme', roles: ['owner'] }],
      platformRoles: [],
      platformPermissions: [],
    })
  })

  it('is refused where the installation is closed', async () => {
    const closed = await openWorld({ options: { registration: 'closed' } })
    expect(await refusalOf(registered(closed.app, 'acme'))).toBe('registration_closed')
    await closed.close()
  })

  it('with a known email needs its password, in every case of the email', async () => {
    const { app } = world
    await registered(app, 'acme')
    const again = (text: string) =>
      refusalOf(register(asking(app), { tenant: 'second', email: 'Owner@ACME.example', password: text }))
    expect(await again('another password')).toBe('login_failed')
    expect(await app.directory.entry('second')).toBeUndefined()
    expect(await again(password)).toBe('done')
  })

  it('of a taken name leaves no user behind', async () => {
    const { app } = world
    await registered(app, 'acme')
    const attempts = await Promise.all(
      ['a', 'b'].map((name) =>
        refusalOf(register(asking(app), { tenant: 'race', email: `${name}@race.example`, password })),
      ),
    )
    expect(attempts.toSorted()).toEqual(['already_exists', 'done'])
    const logins = [await attempt('a@race.example', password), await attempt('b@race.example', password)]
    expect(logins.toSorted()).toEqual(['done', 'login_failed'])
    expect(await refusalOf(register(asking(app), { tenant: 'acme', email: 'late@acme.example', password }))).toBe(
      'already_exists',
    )
    expect(await attempt('late@acme.example', password)).toBe('login_failed')
  })

  it('refuses passwords that are short, long, of few characters, or hold the email', async () => {
    const { app } = world
    for (const text of ['short', 'a'.repeat(20), 'x'.repeat(300), 'my w@acme.example word'])
      expect(await refusalOf(register(asking(app), { tenant: 'acme', email: 'w@acme.example', password: text }))).toBe(
        'password_invalid',
      )
    for (const email of ['none', 'a@b@c'])
      expect(await refusalOf(register(asking(app), { tenant: 'acme', email, password }))).toBe('body_invalid')
    expect(await refusalOf(register(asking(app), { tenant: 'Not A Name', email: 'w@acme.example', password }))).toBe(
      'name_invalid',
    )
  })

  it('of one email by many at once makes one user', async () => {
    const { app } = world
    const attempts = await Promise.all(
      ['A@race.example', 'a@race.example', 'a@RACE.example'].map((email, index) =>
        refusalOf(register(asking(app), { tenant: `race${index}`, email, password })),
      ),
    )
    expect(attempts.filter((outcome) => outcome === 'done')).toHaveLength(1)
  })
})

describe('a password', () => {
  it('is changed by whoever knows the old one; every other session ends', async () => {
    const { app } = world
    const one = await registered(app, 'acme')
    const two = await logIn(app, 'owner@acme.example')
    const caller = await callerOf(app, two.accessToken)
    expect(
      await refusalOf(changePassword(asking(app, caller), { old: 'wrong password', new: 'another password' })),
    ).toBe('login_failed')
    expect(await refusalOf(changePassword(asking(app, caller), { old: password, new: 'short' }))).toBe(
      'password_invalid',
    )
    await changePassword(asking(app, caller), { old: password, new: 'another password' })
    expect(await refusalOf(callerOf(app, one.accessToken))).toBe('token_expired')
    expect(await callerOf(app, two.accessToken)).toMatchObject({ type: 'user' })
    expect(await attempt('owner@acme.example', password)).toBe('login_failed')
    expect(await attempt('owner@acme.example', 'another password')).toBe('done')
  })

  it('and sessions are no business of API keys', async () => {
    const { app } = world
    const { accessToken } = await registered(app, 'acme')
    const key = await callerOf(app, (await keyOf(app, accessToken, { role: 'admin' })).key)
    expect(await refusalOf(changePassword(asking(app, key), { old: password, new: 'another password' }))).toBe('denied')
    expect(await refusalOf(listSessions(asking(app, key)))).toBe('denied')
    expect(await me(asking(app, key))).toMatchObject({ type: 'key', name: 'deploy', tenant: 'acme', email: null })
    expect(await refusalOf(me(asking(app)))).toBe('unauthenticated')
  })
})

describe('sessions', () => {
  it('are seen and ended by their own user only', async () => {
    const { app } = world
    const owner = await registered(app, 'acme')
    const editor = await joined(app, owner.accessToken, 'editor')
    const caller = await callerOf(app, owner.accessToken)
    const other = await callerOf(app, editor.accessToken)
    const [session] = await listSessions(asking(app, other))
    expect(session).toMatchObject({ tenant: 'acme', current: true })
    expect(await refusalOf(removeSession(asking(app, caller), session?.id ?? ''))).toBe('resource_not_found')
    expect(await refusalOf(removeSession(asking(app, caller), 'nonsense'))).toBe('resource_not_found')
    await removeSession(asking(app, other), session?.id ?? '')
    expect(await refusalOf(callerOf(app, editor.accessToken))).toBe('token_expired')
  })
})

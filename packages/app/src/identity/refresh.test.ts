import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listMembers, removeMember } from './members.ts'
import { refresh } from './refresh.ts'
import { asking, callerOf, inside, joined, openWorld, refusalOf, registered, type World } from './testing/world.ts'
import type { Tokens } from './tokens.ts'

let world: World
let first: Tokens
beforeEach(async () => {
  world = await openWorld()
  first = await registered(world.app, 'acme')
})
afterEach(() => world.close())

describe('a refresh token', () => {
  it('gives the next pair for the same session and tenant', async () => {
    const { app } = world
    const second = await refresh(asking(app), first.refreshToken)
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(await callerOf(app, second.accessToken)).toMatchObject({ tenant: { name: 'acme' } })
    const third = await refresh(asking(app), second.refreshToken)
    expect(third.tenant).toBe('acme')
  })

  it('ends its whole family when it comes again after it was spent', async () => {
    const { app, clock } = world
    const second = await refresh(asking(app), first.refreshToken)
    clock.now += 10_000
    expect(await refusalOf(refresh(asking(app), first.refreshToken))).toBe('token_expired')
    expect(await refusalOf(refresh(asking(app), second.refreshToken))).toBe('token_expired')
    expect(await refusalOf(callerOf(app, second.accessToken))).toBe('token_expired')
  })

  it('answers the same successor within the grace, for a client that lost the answer', async () => {
    const { app, clock } = world
    const second = await refresh(asking(app), first.refreshToken)
    clock.now += 9_000
    const again = await refresh(asking(app), first.refreshToken)
    expect(again.refreshToken).toBe(second.refreshToken)
    expect((await refresh(asking(app), second.refreshToken)).tenant).toBe('acme')
  })

  it('two generations old ends the family even within the grace', async () => {
    const { app } = world
    const second = await refresh(asking(app), first.refreshToken)
    const third = await refresh(asking(app), second.refreshToken)
    expect(await refusalOf(refresh(asking(app), first.refreshToken))).toBe('token_expired')
    expect(await refusalOf(refresh(asking(app), third.refreshToken))).toBe('token_expired')
  })

  it('spent by many at once gives all the same successor', async () => {
    const { app } = world
    const all = await Promise.all(Array.from({ length: 10 }, () => refresh(asking(app), first.refreshToken)))
    expect(new Set(all.map(({ refreshToken }) => refreshToken)).size).toBe(1)
  })

  it('that was never given out changes nothing', async () => {
    const { app } = world
    const [head = '', session = '', , proof = ''] = first.refreshToken.split('.')
    for (const guess of [
      '',
      'kfr_',
      `${head}.${session}.2.${proof}`,
      `${head}.${session}.99.${proof}`,
      `${first.refreshToken}x`,
      first.accessToken,
    ])
      expect(await refusalOf(refresh(asking(app), guess))).toBe('token_expired')
    expect((await refresh(asking(app), first.refreshToken)).tenant).toBe('acme')
  })

  it('is no access token, and an access token is none', async () => {
    expect(await refusalOf(callerOf(world.app, first.refreshToken))).toBe('unauthenticated')
  })

  it('ends by the clock, whether or not its record was swept', async () => {
    world.clock.now += 30 * 24 * 3_600_000
    expect(await refusalOf(refresh(asking(world.app), first.refreshToken))).toBe('token_expired')
  })

  it('of a removed member is refused', async () => {
    const { app } = world
    const editor = await joined(app, first.accessToken, 'editor')
    const context = await inside(app, first.accessToken)
    const member = (await listMembers(context, { q: 'editor@' })).items[0]
    await removeMember(context, member?.id ?? '', undefined)
    expect(await refusalOf(refresh(asking(app), editor.refreshToken))).toBe('token_expired')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeTenant } from '../tenants/change.ts'
import { refuseSuspended } from './standing.ts'
import { administrator, asking, callerOf, inside, openWorld, registered, type World } from './testing/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('a suspended tenant', () => {
  it('answers nothing but what stays open, until it is active again', async () => {
    const { app } = world
    const { log } = await inside(app, (await registered(app, 'acme')).accessToken)
    const admin = asking(app, await callerOf(app, (await administrator(app)).accessToken))
    expect(() => refuseSuspended(log.state(), false)).not.toThrow()
    await changeTenant(admin, 'acme', { status: 'suspended' })
    expect(() => refuseSuspended(log.state(), false)).toThrow('The tenant is suspended; only export is open.')
    expect(() => refuseSuspended(log.state(), true)).not.toThrow()
    await changeTenant(admin, 'acme', { status: 'active' })
    expect(() => refuseSuspended(log.state(), false)).not.toThrow()
  })
})

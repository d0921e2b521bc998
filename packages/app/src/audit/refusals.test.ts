import { failure, KonfigError } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asking, inside, openWorld, registered, type World } from '../identity/testing/world.ts'
import { listAudit } from './list.ts'
import { noteRefusal } from './refusals.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
})
afterEach(() => world.close())

describe('a refusal inside a use case', () => {
  it('is a line in the access log where rights were wanting, and none where anything else was wrong', async () => {
    const { app } = world
    const context = await inside(app, owner)
    noteRefusal(context, new KonfigError(failure('last_owner')))
    noteRefusal(context, new Error('a bug'))
    noteRefusal(asking(app), new KonfigError(failure('owner_only')))
    noteRefusal(context, new KonfigError(failure('denied', { permission: 'protected:write', where: '' })))
    noteRefusal(context, new KonfigError(failure('owner_only')))
    await expect.poll(async () => (await listAudit(context, { type: 'denied' })).items.length, { interval: 5 }).toBe(2)
    const { items } = await listAudit(context, { type: 'denied' })
    expect(items.map(({ data }) => data['permission'])).toEqual(['owner_only', 'protected:write'])
  })
})

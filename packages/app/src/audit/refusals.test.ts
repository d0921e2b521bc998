import { failure, KonfigError } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asking, inside, openWorld, registered, type World } from '../identity/testing/world.ts'
import { listAudit } from './list.ts'
import { settleCounted } from './denials.ts'
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
    const where = ' in namespace billing and environment production'
    for (let at = 0; at < 3; at++)
      noteRefusal(context, new KonfigError(failure('denied', { permission: 'protected:write', where })))
    noteRefusal(context, new KonfigError(failure('owner_only')))
    await expect.poll(async () => (await listAudit(context, { type: 'denied' })).items.length, { interval: 5 }).toBe(2)
    const { items } = await listAudit(context, { type: 'denied' })
    expect(items.map(({ data, request }) => [data, request])).toEqual([
      [{ permission: 'owner_only' }, 'request-1'],
      [{ permission: 'protected:write', where: 'in namespace billing and environment production' }, 'request-1'],
    ])
    settleCounted(app)
    await expect.poll(async () => (await listAudit(context, { type: 'denied' })).items.length, { interval: 5 }).toBe(3)
    const [counted] = (await listAudit(context, { type: 'denied' })).items
    expect([counted?.data, counted?.request]).toEqual([{ permission: 'protected:write', repeated: 2 }, null])
  })
})

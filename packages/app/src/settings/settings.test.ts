import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inside, joined, openWorld, refusalOf, registered, type World } from '../identity/testing/world.ts'
import { createEnvironment, deleteEnvironment } from '../environments/write.ts'
import { readAll } from '../values/read-all.ts'
import { changeSettings, readSettings } from './settings.ts'

let world: World
let owner: string
beforeEach(async () => {
  world = await openWorld()
  owner = (await registered(world.app, 'acme')).accessToken
})
afterEach(() => world.close())

describe('settings', () => {
  it('have their defaults until they are set, change field by field, and go back by null', async () => {
    const context = await inside(world.app, owner)
    expect(readSettings(context)).toEqual({
      view: { requireIfMatch: false, requireIdempotencyKey: false, defaultEnvironment: null, contactEmail: null },
      etag: undefined,
    })
    const first = await changeSettings(context, { requireIfMatch: true }, undefined)
    expect(first.view).toMatchObject({ requireIfMatch: true, requireIdempotencyKey: false })
    await changeSettings(context, { requireIdempotencyKey: true }, undefined)
    const last = await changeSettings(context, { requireIfMatch: null }, undefined)
    expect(last.view).toMatchObject({ requireIfMatch: false, requireIdempotencyKey: true })
    expect(readSettings(context)).toEqual(last)
    expect(last.etag).toMatch(/\.3"$/)
  })

  it('read by somebody before are not overwritten', async () => {
    const context = await inside(world.app, owner)
    await changeSettings(context, { requireIfMatch: true }, 'absent')
    expect(await refusalOf(changeSettings(context, { requireIfMatch: false }, 'absent'))).toBe('precondition_failed')
    expect(await refusalOf(changeSettings(context, { requireIfMatch: false }, [{ version: 1 }]))).toBe('done')
  })

  it('are changed by whoever may, and only tried in a dry run', async () => {
    const editor = await inside(world.app, (await joined(world.app, owner, 'editor')).accessToken)
    expect(readSettings(editor).view.requireIfMatch).toBe(false)
    expect(await refusalOf(changeSettings(editor, { requireIfMatch: true }, undefined))).toBe('denied')
    const reader = await inside(world.app, (await joined(world.app, owner, 'reader')).accessToken)
    expect(await refusalOf((async () => readSettings(reader))())).toBe('denied')
    const trying = await inside(world.app, owner, { dryRun: true })
    expect((await changeSettings(trying, { requireIfMatch: true }, undefined)).view.requireIfMatch).toBe(true)
    expect(readSettings(trying).view.requireIfMatch).toBe(false)
  })

  it('name the environment that values are read of where nobody says, and one that is there', async () => {
    const context = await inside(world.app, owner)
    const read = async (): Promise<string> => JSON.stringify((await readAll(await inside(world.app, owner), {})).body)
    expect(await refusalOf(read())).toBe('environment_required')
    expect(await refusalOf(changeSettings(context, { defaultEnvironment: 'moon' }, undefined))).toBe('target_unknown')
    await createEnvironment(context, { name: 'qa' })
    const set = await changeSettings(context, { defaultEnvironment: 'qa', contactEmail: 'ops@acme.example' }, undefined)
    expect(set.view).toMatchObject({ defaultEnvironment: 'qa', contactEmail: 'ops@acme.example' })
    expect(String((await readAll(await inside(world.app, owner), {})).body)).toContain('"environment":"qa"')
    expect(await refusalOf(deleteEnvironment(context, 'qa'))).toBe('in_use')
    await changeSettings(context, { defaultEnvironment: null }, undefined)
    expect(await refusalOf(read())).toBe('environment_required')
    expect(await refusalOf(changeSettings(context, { contactEmail: 'nobody' }, undefined))).toBe('body_invalid')
  })
})

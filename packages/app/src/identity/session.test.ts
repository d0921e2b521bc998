import { failure, KonfigError } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { endSession, readSession, sessionsOf, startSession } from './session.ts'
import { openWorld, password, refusalOf, type World } from './testing/world.ts'
import { openTokens } from './tokens.ts'
import { createUser, readUser, replacePassword } from './user.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('a session', () => {
  it('that ends while it is being read has ended for the reader too', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    let first = true
    const { records } = world.app
    const app: App = {
      ...world.app,
      records: {
        ...records,
        get: async <T>(collection: string, id: string) => {
          const slow = first
          first = false
          const found = await records.get<T>(collection, id)
          if (slow) await held
          return found
        },
      },
    }
    const { id } = await startSession(app, 'user', undefined)
    const reading = readSession(app, 'user', id)
    await endSession(app, 'user', id)
    letGo()
    expect(await reading).toBeUndefined()
    expect(await readSession(app, 'user', id)).toBeUndefined()
  })

  it('that was just read counts while the journal is away, and one that never was read does not', async () => {
    let away = false
    const { records } = world.app
    const app: App = {
      ...world.app,
      records: {
        ...records,
        get: (collection, id) =>
          away
            ? Promise.reject(new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 })))
            : records.get(collection, id),
      },
    }
    const known = await startSession(app, 'user', undefined)
    const unread = await startSession(app, 'user', undefined)
    await readSession(app, 'user', known.id)
    away = true
    world.clock.now += 5000
    expect(await readSession(app, 'user', known.id)).toMatchObject({ id: known.id })
    expect(await refusalOf(readSession(app, 'user', unread.id))).toBe('unavailable')
  })

  it('that was just read counts while the journal hangs, which is asked once; its end counts as soon as it is read', async () => {
    let asked = 0
    let hanging = false
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    const { records } = world.app
    const app: App = {
      ...world.app,
      records: {
        ...records,
        get: async (collection, id) => {
          asked += 1
          if (hanging) await held
          return records.get(collection, id)
        },
      },
    }
    const known = await startSession(app, 'user', undefined)
    await readSession(app, 'user', known.id)
    hanging = true
    asked = 0
    for (let second = 0; second < 5; second += 1) {
      world.clock.now += 5000
      expect(await readSession(app, 'user', known.id)).toMatchObject({ id: known.id })
    }
    expect(asked).toBe(1)
    // By another node, which this one has not heard of.
    await endSession(world.app, 'user', known.id)
    letGo()
    hanging = false
    world.clock.now += 5000
    await expect.poll(() => readSession(app, 'user', known.id), { timeout: 20_000 }).toBeUndefined()
  })

  it('is not opened for a password that was changed meanwhile', async () => {
    const { app } = world
    const user = await createUser(app, { email: 'a@acme.example', password })
    const found = await readUser(app, user.id)
    if (found === undefined) throw new Error('there is one')
    await replacePassword(app, found, 'another password')
    expect(await refusalOf(openTokens(app, user, undefined))).toBe('login_failed')
    expect(await sessionsOf(app, user.id)).toEqual([])
  })
})
